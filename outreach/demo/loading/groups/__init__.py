"""The made-up groups in social media."""
