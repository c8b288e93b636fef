"""What people ask us not to send: by a link in an e-mail, a word to staff, or STOP in an SMS."""
