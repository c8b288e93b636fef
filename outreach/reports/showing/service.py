"""Makes files of figures in the language in force, and writes down who fetched one. Never commits."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.events.event import City
from outreach.events.words import CITY_WORDS
from outreach.formats.safe_csv import csv_text
from outreach.reports.figures import Figures
from outreach.reports.files import Naming, ReportedEvent, buckets_of, long_rows, workbook
from outreach.reports.funnel_words import FIGURE_WORDS
from outreach.reports.published import Published
from outreach.reports.report_words import DIMENSION_WORDS, MEASURE_WORDS, bucket_words

# A spreadsheet tells UTF-8 by it.
_BYTE_ORDER_MARK = "\ufeff"


def reported(title: str, day: date, city: str, figures: Figures) -> ReportedEvent:
    """Return what files may tell of an event."""
    return ReportedEvent(title, day, CITY_WORDS[City(city)], Published(figures))


def as_csv(events: Sequence[ReportedEvent]) -> bytes:
    """Return every number of `events` as CSV (UTF-8 with a byte order mark, semicolons as Norwegian spreadsheets)."""
    text = csv_text(_columns(), long_rows(events, _naming(events)), delimiter=";")
    return (_BYTE_ORDER_MARK + text).encode()


def as_xlsx(events: Sequence[ReportedEvent], title: str) -> bytes:
    """Return every number of `events` as a workbook."""
    return workbook(title, _columns(), long_rows(events, _naming(events)), hidden_note())


def hidden_note() -> str:
    """Return the sentence that explains hidden numbers."""
    return str(_("Tall under fem er skjult, og noen ganger et tall til, så ingen kan regnes fram."))


def note_fetched(event_id: int | None, form: str, *, actor: Actor, now: datetime) -> None:
    """Write down that `actor` fetched a report: of one event, or of all."""
    record("report.fetch", subject_kind="event", subject_id=event_id, actor=actor, now=now, kind=form)


def _columns() -> list[str]:
    return [_("Arrangement"), _("Dato"), _("By"), _("Fordelt på"), _("Gruppe"), _("Hva"), _("Antall")]


def _naming(events: Sequence[ReportedEvent]) -> Naming:
    return Naming(
        totals={name: _(words) for name, words in FIGURE_WORDS.items()},
        measures={name: _(words) for name, words in MEASURE_WORDS.items()},
        dimensions={name.value: _(words) for name, words in DIMENSION_WORDS.items()},
        buckets={key: _(words) if (words := bucket_words(*key)) else "" for key in buckets_of(events)},
        whole=_("Alle"),
    )
