"""Asks Enhetsregisteret who has an organisation number."""
