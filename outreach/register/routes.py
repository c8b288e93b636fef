"""Views of register."""

from outreach.register.blueprint import blueprint

__all__ = ["blueprint"]
