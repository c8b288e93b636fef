"""Newsletters: mailings to those who signed up with the contact point and said yes to news."""
