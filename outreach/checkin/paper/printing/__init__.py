"""The list as a PDF and as a locked file."""
