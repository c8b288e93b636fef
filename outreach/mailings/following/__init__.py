"""What becomes of the mailings of a household that moves to another event of its series."""
