"""The audit trail as staff read it: acts, records and details in words, with the titles of records that still exist."""
