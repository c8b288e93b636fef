"""National numbers, sealed, kept only while a service needs them (promises.md 5)."""
