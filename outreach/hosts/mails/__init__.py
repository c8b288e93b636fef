"""What hosts get by e-mail and SMS."""
