"""Has the sheet of a stand set for print."""

from datetime import date
from pathlib import Path

from flask_babel import gettext as _

from outreach.formats.colour_scale import light_scale
from outreach.partner_page.stands.sheet import Words, sheet
from outreach.partners.models import Participation
from outreach.partners.partner_link import stand_url
from outreach.printing.service import logo_of, set_pdf
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language

_TEMPLATE = Path(__file__).parent / "stand.typ"


def stand_pdf(row: Participation, *, today: date) -> bytes:
    """Return the sheet of a partner's stand as a tagged PDF on A4, in the language in force. Raises DocumentError."""
    settings, partner = settings_of_app(), row.organisation
    data = sheet(
        partner=partner.name,
        event=row.event.title,
        place=row.place,
        url=stand_url(settings.public_url, row.selector),
        partner_logo=partner.logo,
        words=Words(
            language=current_language(),
            lead=_("Se hva vi tilbyr, og skriv til oss hvis du vil høre mer."),
            scan=_("Skann koden"),
            qr_alt=_("QR-kode til siden om standen. Adressen står under."),
            logo_alt=_("Logoen til %(partner)s", partner=partner.name),
        ),
        organisation=settings.organisation_name,
        logo=logo_of(settings),
        colours=light_scale(settings.organisation_colour),
        made_on=today,
    )
    return set_pdf(_TEMPLATE, data)
