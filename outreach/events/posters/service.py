"""Has an event's posters set. The picture that is shared is kept in this process until the event changes."""

from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _

from outreach.events.event import City, page_path
from outreach.events.getting_there import ways
from outreach.events.models import Event
from outreach.events.posters.poster import About, Form, Words, post, poster
from outreach.events.words import CITY_WORDS
from outreach.formats.colour_scale import light_scale
from outreach.printing.service import logo_of, set_pdf, set_png
from outreach.web.headers import settings_of_app
from outreach.web.languages import LANGUAGES

TEMPLATE = Path(__file__).parent / "poster.typ"
# One point is one pixel: the picture is 1200 wide and 630 high, as social media ask for.
_SHARE_PIXELS_AN_INCH = 72.0
_PREVIEW_PIXELS_AN_INCH = 60.0


def paper_pdf(event: Event, form: Form, language: str) -> bytes:
    """Return the poster or flyers of `event` as a tagged PDF. Raises UnprintableError, DocumentError."""
    return set_pdf(TEMPLATE, _data(event, form, language))


def paper_picture(event: Event, form: Form, language: str) -> bytes:
    """Return the same as a small PNG to look at. Raises UnprintableError, DocumentError."""
    return set_png(TEMPLATE, _data(event, form, language), pixels_an_inch=_PREVIEW_PIXELS_AN_INCH)


def share_picture(event: Event, language: str) -> bytes:
    """Return the picture for social media, 1200 x 630. Raises DocumentError."""
    return picture(event, Form.SHARE, language)


def picture(event: Event, form: Form, language: str) -> bytes:
    """Return one of the PICTURES, 1200 x 630 or 1080 x 1080, to post by hand. Raises DocumentError."""
    return set_png(TEMPLATE, _data(event, form, language), pixels_an_inch=_SHARE_PIXELS_AN_INCH)


def ready_texts(event: Event) -> dict[str, str]:
    """Return the words of a post by language code: what, when, where and the link."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = _post(_about(event, settings_of_app().public_url), language, event.is_open_sign_up)
    return found


def _post(about: About, language: str, is_open: bool) -> str:
    """Return the words of a post in the language in force."""
    ask = _("Meld deg på: %(link)s", link=about.page_url) if is_open else _("Les mer: %(link)s", link=about.page_url)
    return post(about, language, ask)


def _data(event: Event, form: Form, language: str) -> dict[str, object]:
    settings = settings_of_app()
    with force_locale(language):
        words = Words(
            language=language,
            lead_to_page=_("Skann koden og meld deg på") if event.is_open_sign_up else _("Skann koden og les mer"),
            qr_alt=_("QR-kode til siden om %(title)s", title=event.title),
            contact=_("Spørsmål? Ring %(phone)s", phone=settings.contact_phone),
            ways=ways(event, _),
        )
    return poster(
        _about(event, settings.public_url),
        words,
        form,
        organisation=settings.organisation_name,
        logo=logo_of(settings),
        colours=light_scale(settings.organisation_colour),
    )


def _about(event: Event, public_url: str) -> About:
    return About(
        title=event.title,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        venue_address=event.venue_address,
        city=CITY_WORDS[City(event.city)],
        description=event.description,
        page_url=public_url + page_path(event.slug, is_open_sign_up=event.is_open_sign_up),
    )
