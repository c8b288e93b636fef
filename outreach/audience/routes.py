"""Views of audience."""

from outreach.audience.blueprint import blueprint

__all__ = ["blueprint"]
