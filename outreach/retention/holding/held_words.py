"""What the parts of an export are called on paper: bokmål source texts by part, by field, and of values. Pure.

The JSON has the field names themselves; here they are made readable, and what is empty is left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from outreach.audience.exclusions import WORDS as LIST_WORDS
from outreach.audience.interest import INTEREST_WORDS
from outreach.errors import N_
from outreach.events.study_place import PLACE_WORDS
from outreach.invitations.answer_words import ANSWER_WORDS
from outreach.invitations.invitation import STATE_WORDS as INVITATION_WORDS
from outreach.invitations.letters.returning.returned import OUTCOME_WORDS, REASON_WORDS
from outreach.messages.outbox_words import CHANNEL_WORDS
from outreach.messages.outbox_words import REASON_WORDS as MESSAGE_REASONS
from outreach.messages.outbox_words import STATE_WORDS as MESSAGE_STATES
from outreach.messages.suppression import PURPOSE_WORDS, SOURCE_WORDS
from outreach.outbox.message import FIRST_WAVE, LETTER_KINDS, REMINDER_WAVE
from outreach.register.feed.meaning import REASONS as FEED_WORDS
from outreach.rsvp.desk.desk import WAY_WORDS
from outreach.rsvp.waitlist.place_words import STATE_WORDS as PLACE_STATES
from outreach.tickets.ticket import TicketState

PART_WORDS = {
    "register": N_("Fra Folkeregisteret"),
    "waiting_files": N_("Filer som venter på ja"),
    "lists": N_("Lister til arrangementer"),
    "invitations": N_("Invitasjoner"),
    "messages": N_("Brev og meldinger"),
    "answers": N_("Svar"),
    "notes": N_("Merknader fra skranken"),
    "waiting": N_("Venteliste"),
    "tickets": N_("Billetter"),
    "arrivals": N_("Registrert i døra"),
    "questions": N_("Spørsmål"),
    "contact_point": N_("Kontaktpunktet"),
    "wishes": N_("Ønsker om å ikke få meldinger"),
    "memory": N_("Minne om tidligere invitasjoner"),
}
FIELD_WORDS = {
    "record": N_("Nummer hos oss"),
    "name": N_("Navn"),
    "birth_date": N_("Fødselsdato"),
    "birth_year": N_("Fødselsår"),
    "address": N_("Adresse"),
    "postcode": N_("Postnummer"),
    "municipality": N_("Kommune"),
    "study_city": N_("Studieby"),
    "person_status": N_("Personstatus"),
    "lives_here": N_("Bor i kommunen"),
    "moved_in_on": N_("Flyttet hit"),
    "moved_on": N_("Flyttet sist"),
    "moved_from": N_("Flyttet fra"),
    "is_left_out": N_("Holdes utenfor utsendinger"),
    "is_added_by_hand": N_("Lagt til for hånd"),
    "seen_as_of": N_("Sist sett i uttrekk"),
    "extract_as_of": N_("Filen er laget"),
    "fetched_at": N_("Hentet inn"),
    "erased_at": N_("Slettes senest"),
    "told": N_("Det filen sier"),
    "needs_a_command": N_("Filene er for store til å søke i her. Den som drifter Treffpunkt, må hente det."),
    "has_national_number": N_("Har vi fødselsnummeret?"),
    "has_mark_of_number": N_("Har vi et kjennetegn av fødselsnummeret?"),
    "has_mark_of_name": N_("Har vi et kjennetegn av navn og fødselsdato?"),
    "event": N_("Arrangement"),
    "list": N_("Liste"),
    "made_at": N_("Laget"),
    "criteria": N_("Vilkår for lista"),
    "is_in_list": N_("Er med i lista"),
    "reason": N_("Hvorfor"),
    "known": N_("Det lista så på"),
    "invited_at": N_("Invitert"),
    "invitation_state": N_("Invitasjonen"),
    "position_in_letter": N_("Plass i brevet"),
    "letters_returned": N_("Brev i retur"),
    "returned_at": N_("Kom i retur"),
    "return_reason": N_("Grunn"),
    "outcome": N_("Hva som ble gjort"),
    "typed_address": N_("Adresse som ble skrevet inn"),
    "channel": N_("Kanal"),
    "kind": N_("Slag"),
    "message_state": N_("Status"),
    "message_reason": N_("Hvorfor"),
    "queued_at": N_("Lagt i kø"),
    "handed_over_at": N_("Sendt"),
    "is_coming": N_("Kommer"),
    "answer_state": N_("Svaret"),
    "language": N_("Språk"),
    "answered_at": N_("Svarte"),
    "changed_at": N_("Endret"),
    "email": N_("E-post"),
    "mobile": N_("Mobilnummer"),
    "needs": N_("Behov"),
    "need": N_("Behov"),
    "words": N_("Med egne ord"),
    "own_needs": N_("Behov"),
    "extra_children": N_("Barn som blir med"),
    "extra_small": N_("Barn 0–5 år"),
    "extra_teens": N_("Barn 13–17 år"),
    "extra_adults": N_("Voksne som blir med"),
    "replies": N_("Svar på arrangørens spørsmål"),
    "own_replies": N_("Svar på arrangørens spørsmål"),
    "asked": N_("Arrangørens spørsmål"),
    "held_for_the_household": N_("Lagret for husstanden, vises ikke fordi det kan gjelde andre"),
    "ticket_state": N_("Billetten"),
    "persons": N_("Antall personer"),
    "issued_at": N_("Laget"),
    "door": N_("Dør"),
    "scan": N_("Slag"),
    "scanned_at": N_("Når"),
    "asked_at": N_("Når"),
    "status": N_("Status"),
    "question": N_("Spørsmål"),
    "answer": N_("Svar"),
    "answered_by": N_("Svart på"),
    "noted_at": N_("Notert"),
    "got_in_touch": N_("Tok kontakt"),
    "note": N_("Merknad"),
    "purpose": N_("Gjelder"),
    "asked_where": N_("Hvor det ble sagt"),
    "place_state": N_("Plassen i køen"),
    "joined_at": N_("Kom i køen"),
    "offered_at": N_("Fikk tilbud"),
    "offer_ends_at": N_("Tilbudet varer til"),
    "city": N_("By"),
    "school": N_("Skole"),
    "programme": N_("Studium"),
    "finishing_year": N_("Ferdig"),
    "interests": N_("Vil høre om"),
    "contact": N_("E-post eller mobil"),
    "heard_by": N_("Hørte om oss"),
    "is_matched_with_the_register": N_("Kjent igjen i registeret"),
    "confirmed_at": N_("Bekreftet"),
    "said_to_stay_at": N_("Ville fortsatt være med"),
    "erased_if_silent_at": N_("Slettes hvis vi ikke hører noe"),
    "consents": N_("Samtykker"),
    "wording": N_("Samtykket til"),
    "given_at": N_("Gitt"),
    "withdrawn_at": N_("Trukket"),
    "year": N_("År"),
    "has_attended": N_("Møtte opp"),
}
LANGUAGE_NAMES = {
    "nb": N_("bokmål"),
    "nn": N_("nynorsk"),
    "en": N_("engelsk"),
    "ar": N_("arabisk"),
    "pl": N_("polsk"),
    "uk": N_("ukrainsk"),
}
LETTER_NAMES = {
    LETTER_KINDS[FIRST_WAVE]: N_("Invitasjon i brev"),
    LETTER_KINDS[REMINDER_WAVE]: N_("Påminnelse i brev"),
}
_CITIES = {place.value: words for place, words in PLACE_WORDS.items()}
TICKET_STATES = {TicketState.VALID.value: N_("Gjelder"), TicketState.REVOKED.value: N_("Gjelder ikke lenger")}
# As the register and files call them (`register/formats`).
PERSON_STATUSES = {
    "bosatt": N_("Bosatt"),
    "aktiv": N_("Aktiv"),
    "utflyttet": N_("Utflyttet"),
    "forsvunnet": N_("Forsvunnet"),
    "doed": N_("Død"),
    "opphoert": N_("Opphørt"),
    "foedselsregistrert": N_("Fødselsregistrert"),
    "midlertidig": N_("Midlertidig"),
    "inaktiv": N_("Inaktiv"),
    "ikkebosatt": N_("Ikke bosatt"),
}
# What finds a row in a file again, and says nothing of the person.
_LEFT_OUT = frozenset({"reference"})
_MUNICIPALITIES = frozenset({"municipality", "moved_from"})
_VALUES: dict[str, Mapping[str, str]] = {
    "reason": {str(reason): words for reason, words in LIST_WORDS.items()},
    "invitation_state": {state.value: words for state, words in INVITATION_WORDS.items()},
    "return_reason": {reason.value: words for reason, words in REASON_WORDS.items()},
    "outcome": {outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "channel": CHANNEL_WORDS,
    "message_state": MESSAGE_STATES,
    "message_reason": MESSAGE_REASONS,
    "answer_state": ANSWER_WORDS,
    "ticket_state": TICKET_STATES,
    "kind": LETTER_NAMES,
    "language": LANGUAGE_NAMES,
    "place_state": PLACE_STATES,
    "city": _CITIES,
    "study_city": _CITIES,
    "person_status": PERSON_STATUSES,
    "interests": {interest.value: words for interest, words in INTEREST_WORDS.items()},
    "got_in_touch": {way.value: words for way, words in WAY_WORDS.items()},
    "purpose": PURPOSE_WORDS,
    "asked_where": SOURCE_WORDS,
    "told": {meaning.value: words for meaning, words in FEED_WORDS.items()},
}
YES, NO = N_("Ja"), N_("Nei")


@dataclass(frozen=True)
class Line:
    """One field on paper: bokmål source text of what it is; `word` a source text, else `moment`, else `text`."""

    label: str
    text: str = ""
    word: str = ""
    day: date | None = None
    moment: datetime | None = None


def lines_of(row: Mapping[str, Any], municipality_of: Callable[[str], str]) -> list[Line]:
    """Return the lines of one row of a part, in its order; what is empty is left out, rows inside are drawn out.

    `municipality_of` gives a municipality's name with its number.
    """
    named = {name: municipality_of(row[name]) for name in _MUNICIPALITIES if row.get(name)}
    return list(_lines({**row, **named}))


def _lines(row: Mapping[str, Any]) -> Iterator[Line]:
    for name, value in row.items():
        if name in _LEFT_OUT or (not value and not isinstance(value, bool)):
            continue
        if isinstance(value, Sequence) and not isinstance(value, str):
            yield from _inner(name, value)
        else:
            yield _line(name, value)


def _inner(name: str, values: Sequence[Any]) -> Iterator[Line]:
    for value in values:
        if isinstance(value, Mapping):
            yield from _lines(value)
        else:
            word = _VALUES.get(name, {}).get(str(value)) or FIELD_WORDS.get(str(value), str(value))
            yield Line(FIELD_WORDS[name], word=word)


def _line(name: str, value: Any) -> Line:
    label = FIELD_WORDS[name]
    if isinstance(value, bool):
        return Line(label, word=YES if value else NO)
    text = str(value)
    if name.endswith("_at"):
        return Line(label, moment=datetime.fromisoformat(text))
    if name.endswith(("_on", "_as_of", "_date")):
        return Line(label, day=date.fromisoformat(text))
    word = _VALUES.get(name, {}).get(text, "")
    return Line(label, text=text, word=word)
