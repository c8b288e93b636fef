"""What a printed ticket says. In: a ticket's facts and the words around them. Out: the data of `ticket.typ`.

Like the ticket itself it names nobody, so it may lie on a printer. Every card is the whole party's ticket: the door
lets in as many as it is for, together or one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach.formats import qr
from outreach.formats.colour_scale import ColourScale
from outreach.formats.norwegian_dates import on_paper, time_span
from outreach.printing.glyphs import unprintable
from outreach.tickets.ticket import TicketFacts, qr_payload

MOST_CARDS = 4
_QR_SCALE = 8
_INSTEAD = "\u25a1"


@dataclass(frozen=True)
class Words:
    """The words around a ticket, in its reader's language."""

    language: str
    heading: str
    persons: str
    show_this: str
    qr_alt: str
    access_label: str
    stop_label: str
    parking_label: str
    cards_heading: str
    cards_hint: str
    contact: str


def sheet(
    ticket: TicketFacts,
    words: Words,
    *,
    public_url: str,
    organisation: str,
    logo: Mapping[str, Any],
    colours: ColourScale,
) -> dict[str, Any]:
    """Return the data of `ticket.typ`. A character that no font of ours has is printed as an empty square."""
    texts = {
        "title": ticket.event_title,
        "when": on_paper(time_span(ticket.starts_at_utc, ticket.ends_at_utc, words.language)),
        "venue": ticket.venue,
        "address": ticket.venue_address,
        "access": ticket.access_information,
        "stop": ticket.nearest_stop,
        "parking": ticket.parking,
        "code": ticket.printed_code,
        "organisation": organisation,
        **vars(words),
    }
    changed = ticket.changed_at_utc
    return {
        **_printable(texts),
        "cards": min(max(ticket.persons, 1), MOST_CARDS),
        "logo": dict(logo),
        "qr": list(qr.png(qr_payload(public_url, ticket.code), _QR_SCALE)),
        "made": [changed.year, changed.month, changed.day],
        "colours": {"ink": colours.text_default, "line": colours.drawing},
    }


def _printable(texts: Mapping[str, str]) -> dict[str, str]:
    missing = unprintable(texts.values())
    instead = str.maketrans(dict.fromkeys(missing, _INSTEAD if not unprintable([_INSTEAD]) else "?"))
    return {name: text.translate(instead) for name, text in texts.items()}
