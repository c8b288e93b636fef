"""Template filters and globals: dates as Norwegians write them, and the installation's own names and contacts."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import get_locale

from outreach.formats import norwegian_dates
from outreach.web.headers import settings_of_app

_DATE_FILTERS: dict[str, Callable[[Any, str], Any]] = {
    "date_time": norwegian_dates.date_time,
    "short_date_time": norwegian_dates.short_date_time,
    "calendar_leaf": norwegian_dates.calendar_leaf,
    "short_date": norwegian_dates.short_date,
    "date_only": norwegian_dates.long_date,
    "time_only": norwegian_dates.time_of_day,
}


def install_filters(app: Flask) -> None:
    """Give the templates of `app` the date filters, and the name `site`."""
    for name, written in _DATE_FILTERS.items():
        app.add_template_filter(_in_force(written), name)
    app.context_processor(lambda: {"site": settings_of_app()})


def _in_force(written: Callable[[Any, str], Any]) -> Callable[[Any], Any]:
    return lambda value: written(value, language_in_force())


def language_in_force() -> str:
    """Return the code of the language that this request is answered in."""
    locale = get_locale()
    return locale.language if locale else "nb"
