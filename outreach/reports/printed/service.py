"""Has the report of one event set for print, in the language in force."""

from datetime import date
from pathlib import Path

from flask_babel import gettext as _

from outreach.clock import OSLO
from outreach.events.models import Event
from outreach.formats.colour_scale import light_scale
from outreach.formats.norwegian_dates import long_date, on_paper
from outreach.printing.service import logo_of, set_pdf
from outreach.reports.beside import MEASURES_BESIDE
from outreach.reports.figures import BY_HOUSEHOLD, MEASURES
from outreach.reports.funnel_words import FIGURE_WORDS
from outreach.reports.printed.sheet import Table, Words, sheet
from outreach.reports.published import Published
from outreach.reports.report_words import DIMENSION_WORDS, MEASURE_WORDS, bucket_words
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language

_TEMPLATE = Path(__file__).parent / "report.typ"


def report_pdf(event: Event, published: Published, *, made: date) -> bytes:
    """Return the report as a tagged PDF on A4. `made`: the day that it bears. Raises DocumentError."""
    site = settings_of_app()
    colours = light_scale(site.organisation_colour)
    data = sheet(published, _words(event), _tables(published), _tables_beside(published))
    paper = {
        "organisation": site.organisation_name,
        "logo": logo_of(site),
        "colours": {"ink": colours.text_default, "line": colours.drawing, "bar": colours.drawing},
        "made": [made.year, made.month, made.day],
    }
    return set_pdf(_TEMPLATE, {**data, **paper})


def _tables(published: Published) -> list[Table]:
    columns = [_("Gruppe"), *(_(MEASURE_WORDS[name]) for name in MEASURES)]
    found = []
    for dimension in BY_HOUSEHOLD:
        buckets = published.table(dimension)
        rows = [
            (_(words) if (words := bucket_words(dimension, name)) else "–", [values.get(one) for one in MEASURES])
            for name, values in buckets.items()
        ]
        if rows:
            found.append(Table(_(DIMENSION_WORDS[dimension]), columns, rows))
    return found


def _tables_beside(published: Published) -> list[Table]:
    """Return the tables of partners, of what they offered and of what guests left."""
    found = []
    for dimension, measures in MEASURES_BESIDE.items():
        buckets = published.table(dimension)
        rows = [
            (_(bucket_words(dimension, name)), [values.get(one, 0) for one in measures])
            for name, values in buckets.items()
        ]
        if rows:
            columns = [_("Gruppe"), *(_(MEASURE_WORDS[name]) for name in measures)]
            found.append(Table(_(DIMENSION_WORDS[dimension]), columns, rows))
    return found


def _words(event: Event) -> Words:
    language = current_language()
    day = long_date(event.starts_at_utc.astimezone(OSLO).date(), language)
    return Words(
        language=language,
        title=_("Rapport"),
        subtitle=on_paper(f"{event.title}, {day}"),
        walk=_("Fra invitasjon til oppmøte"),
        losses=_("Hva som ble av alle"),
        reached=_("Hvem vi nådde"),
        partners=_("Partnere og muligheter"),
        group=_("Gruppe"),
        persons=_("Personer"),
        hidden=_("skjult"),
        note=_("Tall under fem er skjult, og noen ganger et tall til, så ingen kan regnes fram."),
        figures={name: _(words) for name, words in FIGURE_WORDS.items()},
    )
