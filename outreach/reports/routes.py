"""Views of reports."""

from outreach.reports.blueprint import blueprint

__all__ = ["blueprint"]
