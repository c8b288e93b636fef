"""Views of invitations."""

from outreach.invitations.blueprint import blueprint

__all__ = ["blueprint"]
