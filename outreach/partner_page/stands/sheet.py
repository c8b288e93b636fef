"""What the sheet on a stand says. In: who stands there and the words around it. Out: the data of `stand.typ`.

Its QR leads to the stand's page, which is for everybody. A character that no font of ours has is printed as "?".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach.formats import qr
from outreach.formats.colour_scale import ColourScale
from outreach.formats.unbroken import whole_words
from outreach.printing.glyphs import unprintable

_QR_SCALE = 12


@dataclass(frozen=True)
class Words:
    """The words around a stand's code, in the language of the sheet."""

    language: str
    lead: str
    scan: str
    qr_alt: str
    logo_alt: str


def sheet(
    *,
    partner: str,
    event: str,
    place: str,
    url: str,
    partner_logo: bytes | None,
    words: Words,
    organisation: str,
    logo: Mapping[str, Any],
    colours: ColourScale,
    made_on: date,
) -> dict[str, Any]:
    """Return the data of `stand.typ`."""
    texts = {
        "partner": whole_words(partner),
        "event": event,
        "place": place,
        "url": url.split("://", 1)[-1],
        "organisation": organisation,
        **vars(words),
    }
    missing = str.maketrans(dict.fromkeys(unprintable(texts.values()), "?"))
    return {
        **{name: text.translate(missing) for name, text in texts.items()},
        "logo": dict(logo),
        "partner_logo": list(partner_logo or b""),
        "qr": list(qr.png(url, _QR_SCALE)),
        "made": [made_on.year, made_on.month, made_on.day],
        "colours": {"ink": colours.text_default, "line": colours.drawing},
    }
