"""Reads a mailbox of ours: each message in a transaction of its own."""
