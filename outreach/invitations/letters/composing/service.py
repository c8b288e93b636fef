"""Composes letters from what is true now. Reads only, a chunk of rows at a time, so memory stays flat."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app

from outreach.clock import OSLO
from outreach.errors import N_, OutreachError
from outreach.events.event import Kind
from outreach.events.models import Event
from outreach.events.series import queries as series
from outreach.events.series.meetups import Choice
from outreach.formats import qr
from outreach.formats.colour_scale import light_scale
from outreach.formats.short_code import grouped
from outreach.invitations.invitation import State
from outreach.invitations.letters import queries
from outreach.invitations.letters.addressing import MOST_LINES, Guest, name_lines, window_lines
from outreach.invitations.letters.eligibility import Greets, Marks, Stopped, Verdict, judge
from outreach.invitations.letters.languages.catalogues import brief_languages, full_languages
from outreach.invitations.letters.languages.choice import of_household, offered
from outreach.invitations.letters.queries import LetterRow, PersonNow
from outreach.invitations.letters.sheet import Letter, common_part, texts_in
from outreach.invitations.letters.wording import Occasion
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import qr_url
from outreach.invitations.queries import code_of
from outreach.outbox.message import FIRST_WAVE
from outreach.outbox.states import Reason
from outreach.people.models import Person
from outreach.people.person import PersonName, is_adult
from outreach.people.postal_address import PostalAddress
from outreach.printing.glyphs import unprintable
from outreach.printing.service import logo_of
from outreach.register.moves import DEAD
from outreach.settings import Settings

_ROWS_AT_ONCE = 500


class WordsNotPrintableError(OutreachError):
    """What all letters say has a character that our fonts lack."""

    message = N_("Teksten om arrangementet har tegn som ikke kan trykkes: %(chars)s. Endre arrangementet først.")


class LetterStoppedError(OutreachError):
    """One letter that would not be printed as things stand."""

    message = N_("Dette brevet blir ikke skrevet ut slik det står nå. Det må håndteres manuelt.")
    http_status = 409


@dataclass(frozen=True)
class Household:
    """A household that a letter can be written to now; `person_ids` are those of the guests, in their order.

    `languages`: those of its letter, the front's first.
    """

    row: LetterRow
    invitation: Invitation
    guests: tuple[Guest, ...]
    address: PostalAddress
    person_ids: tuple[int, ...]
    languages: tuple[str, ...]

    @property
    def content(self) -> tuple[object, ...]:
        """Return what the letter says and to whom, to be compared with what it would say later."""
        asked = self.invitation
        return (asked.id, asked.generation, self.guests, self.address, self.person_ids, self.languages)

    @property
    def name(self) -> str:
        """Return the name for a list of addresses, on one line."""
        return " ".join(name_lines(self.guests, room=MOST_LINES - len(self.address.letter_lines())))

    def unprintable(self) -> str:
        """Return the characters of names and address that no letter font has."""
        return unprintable([*(guest.name.full for guest in self.guests), *self.address.letter_lines()])


def decided(rows: Sequence[LetterRow], *, today: date) -> Iterator[tuple[LetterRow, Household | Reason | None]]:
    """Yield each row with its household, or with the reason why it never leaves, or None where it waits."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        ids = [row.invitation_id for row in part]
        known, persons = queries.invitations(ids), queries.persons_now(ids)
        typed = queries.typed_addresses(ids)
        for row in part:
            asked, address = persons.get(row.invitation_id, []), typed.get(row.invitation_id)
            yield row, _decide(row, known.get(row.invitation_id), asked, address, today)


def household(row: LetterRow, now: datetime) -> Household:
    """Return the household of one letter. Raises LetterStoppedError when it would not be printed now."""
    for _, found in decided([row], today=now.astimezone(OSLO).date()):
        if isinstance(found, Household) and not found.unprintable():
            return found
    raise LetterStoppedError


def today(now: datetime) -> date:
    """Return the day in Oslo, by which ages are reckoned."""
    return now.astimezone(OSLO).date()


def letter(household: Household) -> Letter:
    """Return the letter to `household`, with its code computed anew."""
    settings = _settings()
    code = code_of(household.invitation.selector, household.invitation.generation)
    url = qr_url(settings.public_url, code, keeps_case=settings.public_url_has_path)
    return Letter(
        reference=household.row.message_id,
        window=window_lines(household.guests, household.address.letter_lines()),
        first_names=tuple(guest.name.first for guest in household.guests),
        code=grouped(code),
        qr_png=qr.png(url, scale=1),
        languages=household.languages,
    )


def occasion(event: Event, now: datetime, *, wave: int = FIRST_WAVE) -> Occasion:
    """Return what every letter of `wave` about `event` says alike, dated today."""
    settings, day = _settings(), now.astimezone(OSLO).date()
    found = series.choice(event.id, day)
    choice = found if found and found.offers_several else None
    return Occasion(
        kind=_kind(event, choice),
        title=choice.title if choice else event.title,
        starts_at_utc=event.starts_at_utc,
        ends_at_utc=event.ends_at_utc,
        venue=event.venue,
        venue_address=event.venue_address,
        access_information=event.access_information,
        answer_by=event.answer_by,
        organisation=settings.organisation_name,
        organisation_number=settings.organisation_number,
        organisation_address=settings.organisation_address,
        municipality=settings.municipality_name,
        phone=settings.contact_phone,
        hours=settings.front_desk_hours,
        email=settings.contact_email,
        public_url=settings.public_url,
        today=day,
        erased_on=event.ends_at_utc.astimezone(OSLO).date() + timedelta(days=settings.retention_event_days),
        is_reminder=wave != FIRST_WAVE,
        choice=choice,
    )


def common(about: Occasion, choices: Collection[tuple[str, ...]]) -> dict[str, Any]:
    """Return what all letters of a file share, whose languages are among `choices`. Raises WordsNotPrintableError."""
    colours = light_scale(_settings().organisation_colour)
    part = common_part(about, logo=logo_of(_settings()), ink=colours.text_default, choices=choices)
    words = [text for name, value in part.items() if name != "logo" for text in texts_in(value)]
    if missing := unprintable(words):
        raise WordsNotPrintableError(chars=" ".join(missing))
    return part


def _kind(event: Event, choice: Choice | None) -> Kind:
    """Return the kind that the letter's words are about: meetups in cities, although one of them is at home."""
    kinds = {meetup.kind for meetup in choice.meetups} if choice else set()
    return Kind.MEETUP if Kind.MEETUP.value in kinds else Kind(event.kind)


def _decide(
    row: LetterRow, invitation: Invitation | None, persons: Sequence[PersonNow], typed: str | None, today: date
) -> Household | Reason | None:
    """Decide on one letter. An address that somebody `typed` after a return goes before the register's."""
    if invitation is None:
        return Reason.ERASED
    verdict = _verdict(invitation, persons, today, has_address=typed is not None)
    if isinstance(verdict, Stopped):
        return verdict.reason
    if isinstance(verdict, Greets):
        asked = [persons[at].person for at in verdict.positions]
        address = PostalAddress.from_json(typed) if typed else _address(asked)
        guests = tuple(_guest(person, today) for person in asked)
        return Household(row, invitation, guests, address, tuple(person.id for person in asked), _languages(invitation))
    return None


def _languages(invitation: Invitation) -> tuple[str, ...]:
    texts = {"full": full_languages(), "brief": brief_languages()}
    return of_household(offered(invitation.event.letter_languages, **texts), invitation.language, **texts)


def _verdict(invitation: Invitation, persons: Sequence[PersonNow], today: date, *, has_address: bool) -> Verdict:
    return judge(
        [_marks(found, today, has_address=has_address) for found in persons],
        is_revoked=invitation.state == State.REVOKED,
        is_set_aside=any(found.is_set_aside for found in persons),
    )


def _marks(found: PersonNow, today: date, *, has_address: bool) -> Marks:
    person = found.person
    return Marks(
        is_protected=found.is_protected,
        is_suppressed=found.is_suppressed,
        is_held_back=person.is_held_back,
        is_resident=person.is_resident or found.was_asked_as_former,
        is_alive=person.status != DEAD,
        is_adult=_is_adult(person, today),
        has_address=has_address or person.address_sealed is not None,
    )


def _guest(person: Person, today: date) -> Guest:
    name = PersonName(person.given_name or "", person.middle_name or "", person.family_name or "")
    return Guest(name, _is_adult(person, today))


def _is_adult(person: Person, today: date) -> bool:
    """Say whether the person is of age. Of an unknown century it is left open, and the envelope may be theirs."""
    if person.birth_date:
        try:
            return is_adult(date.fromisoformat(person.birth_date), today)
        except ValueError:
            pass
    return person.birth_year is None or today.year - person.birth_year > 18


def _address(asked: Iterable[Person]) -> PostalAddress:
    sealed = next(person.address for person in asked if person.address_sealed is not None)
    assert sealed is not None
    return PostalAddress.from_json(sealed)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["treffpunkt.settings"]
    return settings
