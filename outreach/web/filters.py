"""Template filters and globals: dates as Norwegians write them, and the installation's own names and contacts."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import get_locale
from markupsafe import Markup

from outreach.formats import norwegian_dates, phone_number
from outreach.formats.unbroken import whole_words
from outreach.web.headers import settings_of_app

_DATE_FILTERS: dict[str, Callable[..., Any]] = {
    "date_time": norwegian_dates.date_time,
    "short_date_time": norwegian_dates.short_date_time,
    "calendar_leaf": norwegian_dates.calendar_leaf,
    "short_date": norwegian_dates.short_date,
    "date_only": norwegian_dates.long_date,
    "time_only": norwegian_dates.time_of_day,
    "time_span": norwegian_dates.time_span,
}


def install_filters(app: Flask) -> None:
    """Give the templates of `app` the filters of dates, numbers and words, and the name `site`."""
    for name, written in _DATE_FILTERS.items():
        app.add_template_filter(_in_force(written), name)
    app.add_template_filter(phone_link)
    app.add_template_filter(email_link)
    app.add_template_filter(whole_words)
    app.context_processor(lambda: {"site": settings_of_app()})


def phone_link(number: str) -> Markup:
    """Return `number` as a link that dials it, for running text."""
    return Markup('<a class="ds-link" href="tel:{}">{}</a>').format(
        phone_number.dialled(number), phone_number.shown(number)
    )


def email_link(address: str) -> Markup:
    """Return `address` as a link that writes to it, for running text."""
    return Markup('<a class="ds-link" href="mailto:{0}">{0}</a>').format(address)


def _in_force(written: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: written(*values, language_in_force())


def language_in_force() -> str:
    """Return the code of the language that this request is answered in."""
    locale = get_locale()
    return locale.language if locale else "nb"
