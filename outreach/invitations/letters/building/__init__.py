"""Makes the files of a print batch: one process a file, in the order that service.py sets out."""
