"""What a phone tells of itself with each call: that it is there, how its clock goes, how many scans wait on it."""
