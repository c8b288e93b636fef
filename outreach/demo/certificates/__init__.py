"""Keeps the local certificate of `make run-https` in a folder."""
