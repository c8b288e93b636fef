"""Views of accounts."""

from outreach.accounts.blueprint import blueprint

__all__ = ["blueprint"]
