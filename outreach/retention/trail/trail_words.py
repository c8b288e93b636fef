"""What the audit trail's actors and records are called on its page, and its details said in words: bokmål source texts.

Every kind of record stands here, as every act in `acts.py`; `tests/retention/trail/test_trail_words.py` holds it so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from outreach.errors import N_
from outreach.retention.trail.detail_words import DETAIL_WORDS, VALUE_WORDS, VALUES_OF

ACTOR_WORDS = {
    "command": N_("Kommandolinje"),
    "device": N_("Telefon ved døra"),
    "guest": N_("Gjest"),
    "host": N_("Vert"),
    "partner": N_("Partner"),
    "staff": N_("Ansatt uten konto"),
    "system": N_("Treffpunkt selv"),
}

SUBJECT_WORDS = {
    "audience_list": N_("Liste for et arrangement"),
    "audit_link": N_("Logg"),
    "door_device": N_("Telefon"),
    "door_pairing": N_("Dør"),
    "event": N_("Arrangement"),
    "event_host": N_("Vert på et arrangement"),
    "event_question": N_("Spørsmål til gjestene"),
    "goal": N_("Mål"),
    "household": N_("Husstand"),
    "instance": N_("Installasjon"),
    "calendar_answer": N_("Svar fra kalenderen"),
    "calendar_feed": N_("Egen kalender"),
    "invitation": N_("Invitasjon"),
    "letter_batch": N_("Brevbunke"),
    "mailing": N_("Utsending"),
    "letter_job": N_("Arbeid med brev"),
    "opportunity": N_("Mulighet"),
    "outbox_message": N_("Melding"),
    "participation": N_("Partner på et arrangement"),
    "partner": N_("Partner"),
    "partner_contact": N_("Kontakt hos en partner"),
    "person": N_("Person"),
    "question": N_("Spørsmål"),
    "receipt": N_("Kvittering"),
    "register_feed": N_("Hendelser fra Folkeregisteret"),
    "register_import": N_("Innlesing"),
    "returned_letter": N_("Brev i retur"),
    "rsvp": N_("Svar"),
    "segment": N_("Utvalg"),
    "series": N_("Serie"),
    "social_group": N_("Gruppe i sosiale medier"),
    "staff_user": N_("Konto"),
    "sign_up": N_("Påmelding til kontaktpunktet"),
    "stand_interest": N_("Interesse ved en stand"),
    "staged_extract": N_("Uttrekk"),
    "suppression": N_("Vil ikke ha meldinger"),
    "ticket": N_("Billett"),
}

# Details that hold several words in one, with commas between.
_SEVERAL = frozenset({"languages", "needs"})


def details_in_words(details: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (name, what, values) of the details of a row: source texts where there are words, else as recorded."""
    for name, value in details.items():
        if name == "page" and not value:
            continue  # a look at one row of a list
        yield name, DETAIL_WORDS.get(name, name), [_value(name, part) for part in _parts(name, value)]


def _parts(name: str, value: Any) -> list[Any]:
    if name in _SEVERAL and isinstance(value, str):
        return value.split(",")
    return [part for part in (value if isinstance(value, list) else [value]) if part is not None]


def _value(name: str, part: Any) -> str:
    return VALUES_OF.get(name, VALUE_WORDS).get(str(part), str(part))
