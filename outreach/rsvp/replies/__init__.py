"""Answers that guests give in their calendar, which come by mail (iMIP, RFC 6047)."""
