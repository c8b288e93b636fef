"""One event on one page, and as files for those outside the office."""
