"""What a poster says. In: an event's details and who invites. Out: the data of `poster.typ`, words and colours only.

A poster leads to the event's public page; there is nothing personal in its QR. Characters that no font of ours has are
left out of the shared picture and refused on paper, where a gap in a name would be printed a hundred times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from outreach.errors import N_, OutreachError
from outreach.events.getting_there import on_one_line
from outreach.events.rich_text import to_plain
from outreach.formats import qr
from outreach.formats.colour_scale import ColourScale
from outreach.formats.norwegian_dates import date_time, on_paper, time_span
from outreach.formats.unbroken import whole_words
from outreach.printing.glyphs import unprintable

LONGEST_LEAD = 320
_QR_SCALE = 6


class Form(StrEnum):
    """What can be made: a poster in two sizes, two flyers to a sheet, and pictures for social media: wide, square."""

    A3 = "a3"
    A4 = "a4"
    FLYER = "flygeblad"
    SHARE = "deling"
    SQUARE = "kvadrat"


PAPER = (Form.A3, Form.A4, Form.FLYER)
PICTURES = (Form.SHARE, Form.SQUARE)


class UnprintableError(OutreachError):
    """The event's words have characters that cannot be printed."""

    message = N_("Disse tegnene kan ikke trykkes: %(characters)s. Ta dem bort fra tekstene om arrangementet.")


@dataclass(frozen=True)
class About:
    """What an event's poster is made of. Moments are UTC; `description` is Markdown."""

    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    city: str
    description: str
    page_url: str


@dataclass(frozen=True)
class Words:
    """The words around it, in the poster's language: what to do, the QR in words, and whom to ask. `ways`: stop and
    parking, a line each, for flyers, which go home with people."""

    language: str
    lead_to_page: str
    qr_alt: str
    contact: str
    ways: str = ""


def poster(
    about: About, words: Words, form: Form, *, organisation: str, logo: Mapping[str, Any], colours: ColourScale
) -> dict[str, Any]:
    """Return the data of `poster.typ`. Raises UnprintableError on paper when a character has no glyph."""
    return laid_out(
        _texts(about, words, form),
        form,
        language=words.language,
        leads_to=about.page_url,
        made_on=about.starts_at_utc,
        organisation=organisation,
        logo=logo,
        colours=colours,
    )


def laid_out(
    texts: dict[str, str],
    form: Form,
    *,
    language: str,
    leads_to: str,
    made_on: date,
    organisation: str,
    logo: Mapping[str, Any],
    colours: ColourScale,
) -> dict[str, Any]:
    """Return the data of `poster.typ` with `texts`, of which all but the title may be empty; the QR `leads_to` a URL.

    Raises UnprintableError on paper when a character has no glyph."""
    if missing := unprintable([*texts.values(), organisation]):
        if form in PAPER:
            raise UnprintableError(characters=" ".join(missing))
        texts = {name: _without(text, missing) for name, text in texts.items()}
    base, on_base, ink = colours.base_default, colours.base_contrast_default, colours.text_default
    return {
        **texts,
        "form": form.value,
        "language": language,
        "organisation": organisation,
        "logo": dict(logo),
        "qr": list(qr.png(leads_to, _QR_SCALE)),
        "made": [made_on.year, made_on.month, made_on.day],
        "colours": {"base": base, "on_base": on_base, "ink": ink},
    }


def post(about: About, language: str, ask: str) -> str:
    """Return the words of a post: what, when and where, a line each; then `ask`, which has the link."""
    when = time_span(about.starts_at_utc, about.ends_at_utc, language)
    return f"{about.title}\n{when}\n{on_one_line(about.venue, _place(about))}\n\n{ask}"


def _texts(about: About, words: Words, form: Form) -> dict[str, str]:
    return {
        "title": whole_words(about.title),
        "when": _when(about, words.language, form),
        "venue": about.venue,
        "address": _place(about),
        "ways": words.ways if form is Form.FLYER else "",
        "lead": "" if form in PICTURES else _lead(about.description),
        "url": about.page_url.split("://", 1)[-1],
        "lead_to_page": words.lead_to_page,
        "qr_alt": words.qr_alt,
        "contact": words.contact,
    }


def _when(about: About, language: str, form: Form) -> str:
    is_short = form in PICTURES
    starts, ends = about.starts_at_utc, about.ends_at_utc
    text = date_time(starts, language) if is_short else time_span(starts, ends, language)
    return on_paper(text)


def _place(about: About) -> str:
    """Return the address with the city, once: "Storgata 2, 3370 Vikersund" need not say where it is."""
    parts = [about.venue_address] if about.venue_address else []
    told = f"{about.venue} {about.venue_address}".casefold()
    if about.city.casefold() not in told and not any(char.isdigit() for char in about.venue_address):
        parts.append(about.city)
    return ", ".join(parts)


def _lead(description: str) -> str:
    """Return the paragraphs of `description` that a passer-by has time for, whole ones only, else its first words."""
    chosen: list[str] = []
    for line in to_plain(description).splitlines():
        if sum(map(len, chosen)) + len(line) > LONGEST_LEAD:
            break
        chosen.append(line)
    return "\n".join(chosen) or _first_sentence(to_plain(description))


def _first_sentence(text: str) -> str:
    head = " ".join(text.split())[:LONGEST_LEAD]
    cut = head.rfind(". ")
    return head[: cut + 1] if cut > 0 else head.rsplit(" ", 1)[0]


def _without(text: str, missing: str) -> str:
    kept = "".join(char for char in text if char not in missing)
    return " ".join(part for part in kept.split(" ") if part)
