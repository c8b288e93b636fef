"""Template filters and globals: dates as Norwegians write them, and the installation's own names and contacts."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from flask_babel import get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from outreach.formats import norwegian_dates, phone_number
from outreach.formats.unbroken import whole_words
from outreach.national_services import is_of_own_machine
from outreach.web.headers import settings_of_app
from outreach.web.languages import direction

_DATE_FILTERS: dict[str, Callable[..., Any]] = {
    "date_time": norwegian_dates.date_time,
    "short_date_time": norwegian_dates.short_date_time,
    "calendar_leaf": norwegian_dates.calendar_leaf,
    "short_date": norwegian_dates.short_date,
    "date_only": norwegian_dates.long_date,
    "time_only": norwegian_dates.time_of_day,
    "time_span": norwegian_dates.time_span,
}
# In which of them something is typed we do not know; who reads one of them reads the other.
_NORWEGIAN = ("nb", "nn")
_OUTGOING = "outgoing/"
# The blank after "kl.", and the one between a day and its month.
_TORN = re.compile(r"(\bkl\.|(?<![\d.:])\d{1,2}\.) (?=\w)")


def install_filters(app: Flask) -> None:
    """Give the templates of `app` the filters of dates, numbers and words, and the name `site`."""
    for name, written in _DATE_FILTERS.items():
        app.add_template_filter(_in_force(written), name)
    app.add_template_filter(phone_link)
    app.add_template_filter(email_link)
    app.add_template_filter(from_left)
    app.add_template_filter(whole_words)
    app.add_template_filter(typed)
    app.jinja_env.tests["of_own_machine"] = is_of_own_machine
    app.context_processor(lambda: {"site": settings_of_app(), "typed_marks": _typed_marks()})


def phone_link(number: str) -> Markup:
    """Return `number` as a link that dials it, for running text; read from the left in every language."""
    marks = Markup(' dir="ltr"') if _is_from_right() else ""
    return Markup('<a class="ds-link" href="tel:{}"{}>{}</a>').format(
        phone_number.dialled(number), marks, phone_number.shown(number)
    )


def email_link(address: str) -> Markup:
    """Return `address` as a link that writes to it, for running text."""
    return Markup('<a class="ds-link" href="mailto:{0}">{0}</a>').format(address)


def from_left(text: str) -> str:
    """Return `text` so that it keeps its order in a plain text from the right too, between isolates (UAX #9, 2.4.2)."""
    return f"\u2066{text}\u2069" if text and _is_from_right() else text


def kept_apart(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fills the places of a text, each word in it isolated where the text is read from the right."""
    if not _is_from_right():
        return dict(values)
    return {name: f"\u2068{value}\u2069" if isinstance(value, str) else value for name, value in values.items()}


def typed(text: str) -> str | Markup:
    """Return what staff have typed as a page shows it: in Norwegian, whatever the language of the page."""
    if not text or language_in_force() in _NORWEGIAN:
        return text
    return Markup('<bdi lang="no">{}</bdi>').format(text)


def _typed_marks() -> Markup:
    """Return the attributes of an element that holds longer text of staff."""
    return Markup("") if language_in_force() in _NORWEGIAN else Markup(' lang="no" dir="auto"')


def _is_from_right() -> bool:
    return direction(language_in_force()) == "rtl"


def _in_force(written: Callable[..., Any]) -> Callable[..., Any]:
    @pass_context
    def filtered(context: Context, *values: Any) -> Any:
        shown = written(*values, language_in_force())
        # A text message has no unbreakable blank in its alphabet, and a mail breaks its own lines.
        is_page = isinstance(shown, str) and not (context.name or "").startswith(_OUTGOING)
        return _TORN.sub("\\1\u00a0", shown) if is_page else shown

    return filtered


def language_in_force() -> str:
    """Return the code of the language that this request is answered in."""
    locale = get_locale()
    return locale.language if locale else "nb"
