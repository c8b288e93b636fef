"""The e-mail by which a sign-up is confirmed."""
