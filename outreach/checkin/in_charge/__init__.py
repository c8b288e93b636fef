"""Whom phones at the doors say that a volunteer shall fetch this evening."""
