"""Views of checkin."""

from outreach.checkin.blueprint import blueprint

__all__ = ["blueprint"]
