"""The ledger of scans: appended to, each scan once, and read back with what is known of the same tickets."""
