"""What dimensions, buckets and measures are called, in bokmål source texts. Pure."""

from collections.abc import Mapping
from typing import Any

from outreach.audience.segment import SEGMENT_WORDS
from outreach.errors import N_
from outreach.messages.outbox_words import CHANNEL_WORDS
from outreach.partners.opportunity import KIND_WORDS as OFFER_WORDS
from outreach.partners.organisation import KIND_WORDS
from outreach.partners.participation import ROLE_WORDS
from outreach.reports.beside import CONFIRMED, DECLINED, INTERESTS, LISTED, OFFERS, SILENT
from outreach.reports.figures import ANSWERS, ARRIVED, HOUSEHOLDS, NO, YES, Dimension
from outreach.rsvp.waitlist.place_words import STATE_WORDS as PLACE_WORDS

DIMENSION_WORDS = {
    Dimension.POSTCODE: N_("Postnummer"),
    Dimension.CHANNEL: N_("Hvordan invitasjonen gikk"),
    Dimension.LANGUAGE: N_("Språk de svarte på"),
    Dimension.WAVE: N_("Påminnelse i brev"),
    Dimension.SEGMENT: N_("Utvalg"),
    Dimension.CHILDREN: N_("Husstander med barn"),
    Dimension.DAY: N_("Svar dag for dag"),
    Dimension.ARRIVAL: N_("Når de kom"),
    Dimension.WAITLIST: N_("Ventelista"),
    Dimension.PARTNER: N_("Partnere etter rolle"),
    Dimension.PARTNER_KIND: N_("Partnere som kom, etter slag"),
    Dimension.OFFER: N_("Muligheter som ble tilbudt"),
    Dimension.INTEREST: N_("Henvendelser ved standene"),
}
MEASURE_WORDS = {
    HOUSEHOLDS: N_("Husstander"),
    "invited": N_("Invitert"),
    "delivered": N_("Levert"),
    "answered": N_("Har svart"),
    "attending": N_("Kommer"),
    "attended": N_("Møtte opp"),
    ANSWERS: N_("Svar"),
    ARRIVED: N_("Personer"),
    LISTED: N_("På lista"),
    CONFIRMED: N_("Sa ja"),
    DECLINED: N_("Sa nei"),
    SILENT: N_("Svarte ikke"),
    OFFERS: N_("Muligheter"),
    INTERESTS: N_("Henvendelser"),
}


def _by_value(words: Mapping[Any, str]) -> dict[str, str]:
    return {str(name): text for name, text in words.items()}


_UNKNOWN, _ALL = N_("Ukjent"), N_("I alt")
_BUCKETS: dict[Dimension, Mapping[str, str]] = {
    Dimension.POSTCODE: {"": _UNKNOWN},
    Dimension.CHANNEL: {**CHANNEL_WORDS, "": N_("Ikke sendt")},
    Dimension.LANGUAGE: {"nb": N_("bokmål"), "nn": N_("nynorsk"), "en": N_("engelsk"), "": N_("Har ikke svart")},
    Dimension.WAVE: {"1": N_("Uten påminnelse"), "2": N_("Fikk påminnelse")},
    Dimension.SEGMENT: {**{name.value: words for name, words in SEGMENT_WORDS.items()}, "": N_("Lagt til for hånd")},
    Dimension.CHILDREN: {YES: N_("Med barn"), NO: N_("Uten barn")},
    Dimension.ARRIVAL: {"": N_("Feil klokke")},
    Dimension.PARTNER: {**_by_value(ROLE_WORDS), "": _ALL},
    Dimension.PARTNER_KIND: _by_value(KIND_WORDS),
    Dimension.OFFER: {**_by_value(OFFER_WORDS), "": _ALL},
    # Those of `partner_page.interest.Purpose`, which comes later than reports.
    Dimension.INTEREST: {
        "work": N_("Jobb, læreplass eller oppgave"),
        "join": N_("Bli med i laget, eller frivillig"),
        "plot": N_("Tomt eller bolig"),
        "other": N_("Noe annet"),
        "": _ALL,
    },
    Dimension.WAITLIST: {str(state): words for state, words in PLACE_WORDS.items()},
}


def bucket_words(dimension: Dimension, bucket: str) -> str:
    """Return the source text of a bucket, or the bucket itself where it needs no words."""
    return _BUCKETS.get(dimension, {}).get(bucket, bucket)
