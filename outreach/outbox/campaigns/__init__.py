"""What concerns all rows of one purpose: rows made by one statement, counts, and taking up what was on pause."""
