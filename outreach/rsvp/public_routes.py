"""Views of rsvp."""

from outreach.rsvp.blueprint import blueprint

__all__ = ["blueprint"]
