"""What becomes of letters that KS SvarUt took: its own id of each, and what it says of them later."""
