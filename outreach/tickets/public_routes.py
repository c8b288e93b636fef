"""Views of tickets."""

from outreach.tickets.blueprint import blueprint

__all__ = ["blueprint"]
