"""Asks the contact and reservation register on behalf of messages that are about to be written."""
