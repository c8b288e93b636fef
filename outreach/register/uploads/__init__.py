"""The bytes of an uploaded file while its columns are chosen and a worker reads it: compressed, sealed, for an hour."""
