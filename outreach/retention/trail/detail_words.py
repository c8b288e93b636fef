"""What the details of the audit trail's acts are called, and what their values mean: bokmål source texts.

Every name of a detail stands here; `tests/retention/trail/test_detail_words.py` reads the code and holds it so.
"""

from collections.abc import Mapping

from outreach.accounts.roles import ROLE_WORDS
from outreach.audience.exclusions import WORDS as LIST_WORDS
from outreach.checkin.evening.desk import Settlement
from outreach.contact_point.sign_up import Purpose
from outreach.errors import N_
from outreach.mailings.mailing import NOTE_WORDS
from outreach.messages.deciding.doubt import Doubt
from outreach.messages.suppression import PURPOSE_WORDS, SOURCE_WORDS
from outreach.partners import opportunity, participation
from outreach.register.diff import FEED_CHANGE_WORDS
from outreach.retention.rule_words import RULE_WORDS
from outreach.rsvp.desk.desk import LATE_WORDS
from outreach.rsvp.needs_list.needs import NEED_WORDS, PROVIDER_WORDS
from outreach.rsvp.replies.judging import ASIDE_WORDS
from outreach.rsvp.waitlist.override import REASON_WORDS
from outreach.rsvp.waitlist.queue_order import Why

DETAIL_WORDS: dict[str, str] = {
    **{change.value: words for change, words in FEED_CHANGE_WORDS.items()},
    "changed": N_("Endret"),
    "channel": N_("Kanal"),
    "event": N_("Arrangement"),
    "event_id": N_("Arrangement"),
    "events": N_("Arrangementer"),
    "fields": N_("Felter"),
    "form": N_("Slags fil"),
    "found": N_("Treff"),
    "freed_by": N_("Frigjort av invitasjon"),
    "households": N_("Husstander"),
    "instance": N_("Installasjon"),
    "invitations": N_("Invitasjoner"),
    "invitation_id": N_("Invitasjon"),
    "is_free": N_("Uten personopplysninger"),
    "joined": N_("Kom til"),
    "key_id": N_("Nøkkel"),
    "kind": N_("Slag"),
    "languages": N_("Språk"),
    "last_sequence": N_("Siste hendelse nummer"),
    "left": N_("Gikk fra"),
    "letters": N_("Brev"),
    "list_id": N_("Liste"),
    "messages": N_("Meldinger"),
    "need": N_("Behov"),
    "needs": N_("Behov"),
    "new": N_("Nye"),
    "new_id": N_("Ny husstand"),
    "note": N_("Merknad"),
    "number": N_("Antall"),
    "on": N_("Slått på"),
    "outcome": N_("Utfall"),
    "other_id": N_("Den andre"),
    "page": N_("Side"),
    "over_capacity": N_("Flere enn det var plass til"),
    "people": N_("Personer"),
    "person_answer": N_("Svar fra personer"),
    "person_id": N_("Person"),
    "persons": N_("Personer"),
    "phones": N_("Telefoner"),
    "provider": N_("For"),
    "purpose": N_("Gjelder"),
    "question_reply": N_("Svar på spørsmål"),
    "questions": N_("Spørsmål"),
    "reason": N_("Grunn"),
    "rejected": N_("Avvist"),
    "revision": N_("Svar nummer"),
    "role": N_("Rolle"),
    "row": N_("Rad"),
    "rows": N_("Rader"),
    "rsvp": N_("Svar"),
    "rule": N_("Regel"),
    "sequence": N_("Plass i loggen"),
    "settlement": N_("Avgjort som"),
    "sheet": N_("Ark nummer"),
    "sheets": N_("Antall ark"),
    "source": N_("Kom fra"),
    "state": N_("Tilstand"),
    "texts": N_("Tekster"),
    "values": N_("Opplysninger"),
    "was": N_("Før"),
    "wave": N_("Utsending nummer"),
    "way": N_("Hvordan"),
    "why": N_("Hvorfor"),
    "year": N_("År"),
}
VALUE_WORDS: dict[str, str] = {
    "True": N_("Ja"),
    "False": N_("Nei"),
    "attending": N_("Kommer"),
    "cancelled": N_("Avlyst"),
    "confirmed": N_("Kommer"),
    "approved": N_("Godkjent"),
    "refused": N_("Ikke godkjent"),
    "declined": N_("Kommer ikke"),
    "draft": N_("Kladd"),
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
_FIELDS = {
    "access_information": N_("Å komme inn"),
    "answer_by": N_("Siste dag for å svare"),
    "brings": N_("Hvem gjestene kan ta med"),
    "capacity": N_("Antall plasser"),
    "capacity_adults": N_("Høyst så mange voksne"),
    "capacity_children": N_("Høyst så mange barn"),
    "capacity_wheelchairs": N_("Høyst så mange rullestoler"),
    "city": N_("By"),
    "description": N_("Om arrangementet"),
    "ends_at_utc": N_("Slutter"),
    "is_open_sign_up": N_("Alle kan melde seg på"),
    "kind": N_("Slag"),
    "nearest_stop": N_("Nærmeste stopp"),
    "parking": N_("Parkering"),
    "programme": N_("Program"),
    "slug": N_("Nettadresse"),
    "starts_at_utc": N_("Starter"),
    "title": N_("Tittel"),
    "venue": N_("Sted"),
    "venue_address": N_("Adresse"),
}
_REASONS: dict[str, str] = {
    "in": N_("Er med"),
    "out": N_("Er ikke med"),
    **{str(reason): words for reason, words in LIST_WORDS.items()},
    **{aside.value: words for aside, words in ASIDE_WORDS.items()},
    **{late.value: words for late, words in LATE_WORDS.items()},
    **{reason.value: words for reason, words in REASON_WORDS.items()},
    # Both the front desk and the waiting list say so, each in a sentence of its own.
    "room": N_("Det er plass til dem"),
}
_STATES: dict[str, str] = {
    **{str(state): words for state, words in participation.STATE_WORDS.items()},
    **{str(state): words for state, words in opportunity.STATE_WORDS.items()},
    **VALUE_WORDS,
}
_WHY = {
    Why.CANCELLED.value: N_("Meldte avbud"),
    Why.FEWER.value: N_("Ble færre"),
    Why.TURNED_DOWN.value: N_("Sa nei takk"),
    Why.EXPIRED.value: N_("Tilbudet gikk ut"),
    Why.ERASED.value: N_("Gikk ut av lista"),
    Why.ROOM.value: N_("Det ble plass"),
}
# By the detail whose values they are; VALUE_WORDS where a detail is not here.
VALUES_OF: dict[str, Mapping[str, str]] = {
    "fields": _FIELDS,
    "needs": {str(need): words for need, words in NEED_WORDS.items()},
    "note": {str(note): words for note, words in NOTE_WORDS.items()},
    "provider": {str(provider): words for provider, words in PROVIDER_WORDS.items()},
    "purpose": {
        **PURPOSE_WORDS,
        Purpose.NEWS.value: N_("Nytt om det de har krysset av for"),
        Purpose.INVITATIONS.value: N_("Invitasjoner"),
    },
    "reason": _REASONS,
    "role": {str(role): words for role, words in ROLE_WORDS.items()},
    "rule": RULE_WORDS,
    "settlement": {Settlement.SAME.value: N_("Samme gjest"), Settlement.TWO.value: N_("To følger")},
    "source": SOURCE_WORDS,
    "state": _STATES,
    "was": {Doubt.MAY_HAVE_LEFT.value: N_("Usikkert"), Doubt.TOO_LATE.value: N_("For sent")},
    "way": {**VALUE_WORDS, "visit": N_("Kom innom")},
    "why": _WHY,
}
