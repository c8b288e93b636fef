"""Names for the phones, sealed so that only the shift's PIN opens them (ADR 0018)."""
