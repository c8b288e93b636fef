"""Views of messages."""

from outreach.messages.blueprint import blueprint

__all__ = ["blueprint"]
