"""Has a ticket set for print."""

from pathlib import Path

from flask_babel import gettext as _
from flask_babel import ngettext

from outreach.events.getting_there import PARKING, STOP
from outreach.formats import phone_number
from outreach.formats.colour_scale import light_scale
from outreach.printing.service import logo_of, set_pdf
from outreach.tickets.printed.sheet import Words, sheet
from outreach.tickets.ticket import TicketFacts
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language

_TEMPLATE = Path(__file__).parent / "ticket.typ"


def ticket_pdf(ticket: TicketFacts) -> bytes:
    """Return the ticket as a tagged PDF on A4, in the language in force. Raises DocumentError."""
    settings = settings_of_app()
    return set_pdf(
        _TEMPLATE,
        sheet(
            ticket,
            _words(ticket, settings.contact_phone),
            public_url=settings.public_url,
            organisation=settings.organisation_name,
            logo=logo_of(settings),
            colours=light_scale(settings.organisation_colour),
        ),
    )


def _words(ticket: TicketFacts, phone: str) -> Words:
    return Words(
        language=current_language(),
        heading=_("Billett"),
        persons=ngettext("Gjelder %(num)s person", "Gjelder %(num)s personer", ticket.persons),
        show_this=_("Vis dette i døra, eller les opp koden:"),
        qr_alt=_("QR-kode til døra. Koden står også med bokstaver og tall."),
        access_label=_("Å komme inn"),
        stop_label=_(STOP),
        parking_label=_(PARKING),
        cards_heading=_("Til lommeboka"),
        cards_hint=_("Klipp ut. Hvert kort er hele billetten: Dere kan komme sammen eller hver for dere.")
        if ticket.persons > 1
        else _("Klipp ut kortet, og ta det med."),
        contact=_("Spørsmål? Ring %(phone)s", phone=phone_number.shown(phone)),
    )
