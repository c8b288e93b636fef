"""Views of events."""

from outreach.events.blueprint import blueprint

__all__ = ["blueprint"]
