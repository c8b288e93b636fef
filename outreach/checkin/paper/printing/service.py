"""Has the printed list set, as a PDF or as a locked file, from who may be shown now. Writes nothing."""

from datetime import datetime
from pathlib import Path

from flask_babel import get_locale
from flask_babel import gettext as _

from outreach.checkin.choices.queries import choices_of
from outreach.checkin.names.queries import parties
from outreach.checkin.names.service import pin_of
from outreach.checkin.names.shift_pin import SALT_BYTES, key_of
from outreach.checkin.paper import queries
from outreach.checkin.paper.guest_list import ListLine, printed, shown
from outreach.checkin.paper.locked_file import locked_file
from outreach.checkin.paper.marks import NoListError
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.formats import qr
from outreach.printing.service import set_pdf
from outreach.web.headers import settings_of_app

_TEMPLATE = Path(__file__).parent.parent / "list.typ"
_FILE = (Path(__file__).parent.parent / "list_file.html").read_text(encoding="utf-8")
NOT_SHOWN = "–"


def list_pdf(event: Event, *, now: datetime) -> bytes:
    """Return the list as a tagged PDF. Raises NoListError, DocumentError."""
    sheets = list_lines(event)
    origin = settings_of_app().public_url
    links = [f"{origin}/admin/arrangementer/{event.slug}/papir/ark/{number}" for number in range(1, len(sheets) + 1)]
    words = {
        "title": event.title,
        "organisation": settings_of_app().organisation_name,
        "language": str(get_locale()),
        "made": [now.year, now.month, now.day],
        "sheet_words": _("Gjesteliste, ark %(number)s av %(count)s", number="{number}", count="{count}"),
        "how": _(
            "Skriv hvor mange som kommer ved navnet. Skann koden etterpå for å føre inn arket. "
            "Lever arket til arrangøren."
        ),
        "qr_alt": _("QR-kode til siden der ark %(number)s føres inn", number="{number}"),
        "columns": [_("Nr."), _("Navn"), _("Venter"), _("Kom")],
        "others": _("Andre som kom, antall:"),
    }
    return set_pdf(_TEMPLATE, printed(sheets, [qr.png(link, scale=6) for link in links], words))


def list_file(event: Event) -> str:
    """Return the list as a locked HTML file. Raises NoListError."""
    lines = [line for sheet in list_lines(event) for line in sheet]
    choices = choices_of(event.id)
    salt = key_ring().link_mac("guest list salt", str(event.id), choices.pin_generation)[:SALT_BYTES]
    words = {
        "language": str(get_locale()),
        "title": _("Gjesteliste: %(event)s", event=event.title),
        "no_script": _("Lista trenger JavaScript. Slå det på i nettleseren."),
        "pin_label": _("PIN-koden for vakten"),
        "open": _("Åpne lista"),
        "search_label": _("Søk etter navn"),
        "caption": _("Gjester, etter etternavn"),
        "column_number": _("Nr."),
        "column_name": _("Navn"),
        "column_persons": _("Venter"),
    }
    told = {
        "opening": _("Åpner lista. Det kan ta noen sekunder."),
        "wrong": _("PIN-koden åpner ikke lista. Be arrangøren om den."),
        "too_old": _("Nettleseren kan ikke åpne lista. Prøv en nyere."),
    }
    key = key_of(pin_of(event.id, choices), salt)
    return locked_file(_FILE, lines, key=key, salt=salt, words=words, told=told)


def list_lines(event: Event) -> list[list[ListLine]]:
    """Return the lines of the list, sheet by sheet, with names that may be shown now. Raises NoListError."""
    known = {party.ticket_id: party for party in parties(event.id, year=event.starts_at_utc.year)}
    found = [
        [
            ListLine(line.number, line.ticket_id, shown(known[line.ticket_id]), known[line.ticket_id].persons)
            if line.ticket_id in known
            else ListLine(line.number, line.ticket_id, NOT_SHOWN, 0)
            for line in queries.lines(sheet.id)
        ]
        for sheet in queries.sheets(event.id)
    ]
    if not found:
        raise NoListError
    return found
