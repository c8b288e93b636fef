"""Writes what somebody told into their row: details, interests, consents, and who of the register it may be."""
