"""What the audit trail's actors and records, and the details of its acts, are called on its page: bokmål source texts.

Every kind of record stands here, as every act in `acts.py`; `tests/retention/trail/test_trail_words.py` holds it so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from outreach.errors import N_
from outreach.rsvp.replies.judging import ASIDE_WORDS

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

DETAIL_WORDS = {
    "channel": N_("Kanal"),
    "event": N_("Arrangement"),
    "event_id": N_("Arrangement"),
    "fields": N_("Felter"),
    "found": N_("Treff"),
    "freed_by": N_("Frigjort av invitasjon"),
    "households": N_("Husstander"),
    "invitations": N_("Invitasjoner"),
    "invitation_id": N_("Invitasjon"),
    "is_free": N_("Uten personopplysninger"),
    "joined": N_("Slått sammen"),
    "kind": N_("Slag"),
    "letters": N_("Brev"),
    "list_id": N_("Liste"),
    "messages": N_("Meldinger"),
    "new": N_("Nye"),
    "number": N_("Antall"),
    "outcome": N_("Utfall"),
    "other_id": N_("Den andre"),
    "page": N_("Side"),
    "over_capacity": N_("Flere enn det var plass til"),
    "persons": N_("Personer"),
    "phones": N_("Telefoner"),
    "provider": N_("For"),
    "purpose": N_("Gjelder"),
    "questions": N_("Spørsmål"),
    "reason": N_("Grunn"),
    "rejected": N_("Avvist"),
    "revision": N_("Svar nummer"),
    "role": N_("Rolle"),
    "rule": N_("Regel"),
    "settlement": N_("Avgjort som"),
    "state": N_("Tilstand"),
    "texts": N_("Tekster"),
    "was": N_("Før"),
    "year": N_("År"),
    "why": N_("Hvorfor"),
    "way": N_("Hvordan"),
}
VALUE_WORDS = {
    "attending": N_("Kommer"),
    "cancelled": N_("Avlyst"),
    "confirmed": N_("Kommer"),
    "approved": N_("Godkjent"),
    "refused": N_("Ikke godkjent"),
    "declined": N_("Kommer ikke"),
    "draft": N_("Kladd"),
    "in_time": N_("De svarte i tide, på papir eller telefon"),
    "regret": N_("De kan ikke komme likevel"),
    "visit": N_("Kom innom"),
    "letter": N_("Brev"),
    "build": N_("Brev til utskrift"),
    "email": N_("E-post"),
    "phone": N_("Telefon"),
    "pictures": N_("Bilder av brevene"),
    "reprint": N_("Ny utskrift"),
    "published": N_("Publisert"),
    "taken": N_("Svaret er tatt inn"),
    "waitlisted": N_("På venteliste"),
    "kept": N_("Svaret står som før"),
    "set_aside": N_("Lagt til side"),
    "sms": N_("SMS"),
}
_REASONS = {**VALUE_WORDS, **{aside.value: words for aside, words in ASIDE_WORDS.items()}}


def details_in_words(details: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, what, value) of the details of a row: source texts where there are words, else as recorded."""
    for name, value in details.items():
        if name == "page" and not value:
            continue  # a look at one row of a list
        parts = value if isinstance(value, list) else [value]
        yield name, DETAIL_WORDS.get(name, name), ", ".join(_value(name, part) for part in parts)


def _value(name: str, part: Any) -> str:
    words = _REASONS if name == "reason" else VALUE_WORDS
    return "" if part is None else words.get(str(part), str(part))
