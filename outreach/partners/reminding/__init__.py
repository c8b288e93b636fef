"""Reminds partners of what they have not answered or done."""
