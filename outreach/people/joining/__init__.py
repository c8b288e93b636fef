"""Two records of one person become one; two of a name and birth date are told apart. By hand, or by both numbers."""
