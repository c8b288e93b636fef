"""Households as staff see and change them: find, split, join, release and hold back."""
