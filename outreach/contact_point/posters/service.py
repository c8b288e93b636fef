"""Has the poster of a study city set: the event's poster without an event, its QR leads to the city's own link."""

from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from outreach.contact_point.sign_up import short_link
from outreach.events.posters.poster import Form, laid_out
from outreach.events.posters.service import TEMPLATE
from outreach.events.study_place import PLACE_WORDS, StudyPlace
from outreach.formats.colour_scale import light_scale
from outreach.printing.service import logo_of, set_pdf
from outreach.web.headers import settings_of_app

# Where posters hang. Somebody elsewhere comes by a friend, a letter or a group.
CITIES = tuple(place for place in StudyPlace if place != StudyPlace.OTHER)


def poster_pdf(city: StudyPlace, form: Form, language: str, *, today: date) -> bytes:
    """Return the poster for `city`, A3 or A4, as a tagged PDF. Raises UnprintableError, DocumentError."""
    settings = settings_of_app()
    url = short_link(settings.public_url, city.value)
    with force_locale(language):
        texts = {
            "title": _("Studerer du i %(city)s?", city=PLACE_WORDS[city]),
            "when": "",
            "venue": _("Bli med i kontaktpunktet for unge fra %(place)s", place=settings.municipality_name),
            "address": "",
            "ways": "",
            "lead": _(
                "Meld deg på, så hører du om jobber, treff og tomter i %(place)s. Det tar ett minutt.",
                place=settings.municipality_name,
            ),
            "url": url.split("://", 1)[-1],
            "lead_to_page": _("Skann koden og meld deg på"),
            "qr_alt": _("QR-kode til skjemaet. Adressen står ved siden av."),
            "contact": _("Spørsmål? Ring %(phone)s", phone=settings.contact_phone),
        }
    data = laid_out(
        texts,
        form,
        language=language,
        leads_to=url,
        made_on=today,
        organisation=settings.organisation_name,
        logo=logo_of(settings),
        colours=light_scale(settings.organisation_colour),
    )
    return set_pdf(TEMPLATE, data)
