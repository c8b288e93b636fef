"""Views of retention."""

from outreach.retention.blueprint import blueprint

__all__ = ["blueprint"]
