"""Template filters and globals: dates as Norwegians write them, and the installation's own names and contacts."""

from flask import Flask
from flask_babel import get_locale

from outreach.formats import norwegian_dates
from outreach.web.headers import settings_of_app


def install_filters(app: Flask) -> None:
    """Give the templates of `app` the date filters, and the name `site`."""
    app.add_template_filter(lambda moment: norwegian_dates.date_time(moment, _language()), "date_time")
    app.add_template_filter(lambda moment: norwegian_dates.short_date_time(moment, _language()), "short_date_time")
    app.add_template_filter(lambda moment: norwegian_dates.calendar_leaf(moment, _language()), "calendar_leaf")
    app.add_template_filter(lambda day: norwegian_dates.short_date(day, _language()), "short_date")
    app.add_template_filter(lambda day: norwegian_dates.long_date(day, _language()), "date_only")
    app.add_template_filter(lambda moment: norwegian_dates.time_of_day(moment, _language()), "time_only")
    app.context_processor(lambda: {"site": settings_of_app()})


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "nb"
