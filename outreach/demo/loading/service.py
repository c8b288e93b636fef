"""Fills an empty database with the made-up municipality: staff, extract, two evenings with letters, answers and scans.

Everything goes through the services that staff and guests use, at moments in the past where the story lies there.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from outreach.accounts.roles import Role
from outreach.accounts.service import create_staff
from outreach.audit.actor import COMMAND
from outreach.checkin import service as checkin
from outreach.checkin.admission import ScanKind
from outreach.checkin.choices import service as choosing
from outreach.checkin.in_charge.in_charge import InCharge
from outreach.checkin.pairing import secret_hash
from outreach.checkin.paper.service import make_list
from outreach.checkin.scan_report import ScanReport, Upload
from outreach.checkin.uploads.service import store_scans
from outreach.clock import OSLO
from outreach.contact_point import service as contact_point
from outreach.contact_point.home import service as home
from outreach.database import db
from outreach.demo import evenings, replies, students
from outreach.demo.answering.service import answer_in_calendars
from outreach.demo.extract_writers import ExtractFormat, write_extract
from outreach.demo.loading import queries
from outreach.demo.loading.meetups import service as meetups
from outreach.demo.loading.partners.service import load_partners
from outreach.demo.looking_back import service as looking_back
from outreach.demo.population import households
from outreach.errors import N_, OutreachError
from outreach.events.event import EventDetails
from outreach.events.models import Event
from outreach.events.service import create_event
from outreach.invitations.letters.languages import service as letter_languages
from outreach.invitations.service import create_invitations
from outreach.outbox import service as outbox
from outreach.outbox.states import Channel, State
from outreach.outbox.trying import service as trying
from outreach.register import service as register
from outreach.register.formats.extract import ReadOptions
from outreach.retention.queries import clocks_in_force
from outreach.rsvp import queries as rsvp_queries
from outreach.rsvp import service as rsvp
from outreach.rsvp.answer import Brought
from outreach.rsvp.open_sign_up import service as open_sign_up
from outreach.rsvp.open_sign_up.confirming import service as confirming
from outreach.rsvp.open_sign_up.open_form import Party
from outreach.rsvp.own_questions import queries as own_question_queries
from outreach.rsvp.own_questions import service as own_questions
from outreach.tickets.models import Ticket
from outreach.tickets.queries import code_of

STAFF = {
    "admin@modum.example": Role.ADMIN,
    "organiser@modum.example": Role.ORGANISER,
    "release@modum.example": Role.ORGANISER,
    "privacy@modum.example": Role.PRIVACY,
    "dor@modum.example": Role.DOOR_LEAD,
}
# What was answered last is left for the worker of `make run` to send.
_SENT_WITHIN = timedelta(minutes=20)
_PRINTED_AFTER = timedelta(hours=3)
Progress = Callable[[str], None]


class DatabaseInUseError(OutreachError):
    """The demo would mix made-up people with what is there."""

    message = N_("Databasen er i bruk. Demoen kan bare lastes i en tom database.")


@dataclass(frozen=True)
class Loading:
    """One loading: how many people, from which seed, at which moment, and who hears how far it has come."""

    people: int
    seed: int
    now: datetime
    settings: register.RegisterSettings
    tell: Progress

    @property
    def today(self) -> date:
        """Return the day of loading in Oslo."""
        return self.now.astimezone(OSLO).date()


def load(loading: Loading, *, password: str) -> Event:
    """Fill the database and return the coming event. Raises DatabaseInUseError."""
    if not queries.is_empty():
        raise DatabaseInUseError
    for email, role in STAFF.items():
        create_staff(email, role=role, password=password, now=loading.now)
    loading.tell(N_("Leser inn det oppdiktede Folkeregisteret …"))
    _import_extract(loading)
    loading.tell(N_("Lager en kveld som har vært, med svar og skanninger …"))
    looking_back.ask_guests(_past_evening(loading), seed=loading.seed)
    looking_back.look_back(loading.today, seed=loading.seed, clocks=clocks_in_force())
    looking_back.set_goals(loading.today, now=loading.now)
    loading.tell(N_("Lager påmeldte til kontaktpunktet …"))
    _contact_point(loading)
    _meetups(loading)
    loading.tell(N_("Lager kvelden som kommer, med invitasjoner og svar …"))
    return _coming_evening(loading)


def _import_extract(loading: Loading) -> None:
    stream = io.BytesIO()
    everybody = households(people=loading.people, seed=loading.seed, as_of=loading.today)
    write_extract(everybody, stream, kind=ExtractFormat.NDJSON, as_of=loading.today, encoding="utf-8")
    stream.seek(0)
    context = register.context_for(loading.settings, as_of=loading.today, today=loading.today)
    act = register.Act(as_of=loading.today, actor=COMMAND, now=loading.now)
    register.import_extract(stream, options=ReadOptions(), context=context, act=act)
    db.session.flush()


def _past_evening(loading: Loading) -> Event:
    details = evenings.past_evening(loading.today)
    event = _invited(loading, details, asked_at=details.starts_at_utc - timedelta(days=evenings.DAYS_INVITED_BEFORE))
    _answer(loading, event, first=details.starts_at_utc - timedelta(days=20), span=timedelta(days=14))
    _hand_over(Channel.EMAIL, details.starts_at_utc - timedelta(days=5))
    _scan(loading, event)
    return event


def _meetups(loading: Loading) -> None:
    """Ask the young to the meetups of the coming weeks, and let some answer for themselves or by a parent."""
    asked_at = loading.now - timedelta(days=10)
    events = meetups.ask_the_young(
        evenings.meetups(loading.today), asked_at=asked_at, now=loading.now, seed=loading.seed
    )
    _hand_over(Channel.LETTER, asked_at + _PRINTED_AFTER)
    meetups.answer(events, first=loading.now - timedelta(days=7), span=timedelta(days=6))


def _contact_point(loading: Loading) -> None:
    """Let young people sign up with the contact point during the last weeks, and confirm."""
    random = Random(f"{loading.seed}:students")  # noqa: S311 - made-up guests
    year = loading.today.year
    for number, person in enumerate(queries.young(year - 27, year - 19, limit=students.COUNT)):
        told = students.student(number, person.full_name, person.birth_year or year - 22, year, random)
        at = loading.now - timedelta(days=40 - number)
        contact_point.ask_to_confirm(told, now=at)
        for waiting in queries.waiting_sign_ups():
            row = contact_point.confirm(waiting, now=at + timedelta(minutes=5))
        if number in students.HAVE_COME_HOME:
            home.move_over(row, loading.today - timedelta(days=number), now=loading.now - timedelta(days=1))
    for channel in (Channel.EMAIL, Channel.SMS):
        _hand_over(channel, loading.now - _SENT_WITHIN)


def _coming_evening(loading: Loading) -> Event:
    details = evenings.coming_evening(loading.today)
    event = _invited(loading, details, asked_at=loading.now - timedelta(days=6))
    for wording in replies.QUESTIONS:
        own_questions.make(event.id, wording, actor=COMMAND, now=loading.now - timedelta(days=6))
    _tell_languages(loading, event)
    _answer(loading, event, first=loading.now - timedelta(days=4), span=timedelta(days=4))
    _sign_up(event, loading.now - timedelta(days=1))
    load_partners(event, now=loading.now)
    _hand_over(Channel.EMAIL, loading.now - _SENT_WITHIN)
    answer_in_calendars(event.id, now=loading.now)
    looking_back.note_at_desk(event, now=loading.now)
    choosing.search_names(event, is_on=True, actor=COMMAND, now=loading.now)
    choosing.tell_needs(event, ["wheelchair"], actor=COMMAND, now=loading.now)
    choosing.put_in_charge(event, InCharge("Solveig", "+4799900902"), actor=COMMAND, now=loading.now)
    make_list(event, actor=COMMAND, now=loading.now)
    return event


def _sign_up(event: Event, now: datetime) -> None:
    """Let some sign up by the poster and confirm, and one more who has yet to confirm."""
    for number, (names, children) in enumerate(replies.SIGNED_UP, start=1):
        told = Party(names, Brought(school=children), (), (), f"pamelding{number}@gjest.example", None, "nb")
        waiting = open_sign_up.ask_to_confirm(event.id, told, now=now)
        if number < len(replies.SIGNED_UP):
            confirming.confirm(waiting, now=now + timedelta(minutes=5))


def _invited(loading: Loading, details: EventDetails, *, asked_at: datetime) -> Event:
    """Make and publish an event, ask everybody who had moved in by then, and have the letters printed."""
    event = create_event(details, asked_at - timedelta(days=7), publish=True)
    until = asked_at.astimezone(OSLO).date()
    create_invitations(event, segment="moved-in", since=None, until=until, now=asked_at, actor=COMMAND)
    _hand_over(Channel.LETTER, asked_at + _PRINTED_AFTER)
    return event


def _tell_languages(loading: Loading, event: Event) -> None:
    """Give the letters three languages, and let some households have said which one they read."""
    letter_languages.choose(event, ("nb", "en", "uk"), actor=COMMAND, now=loading.now)
    for number, invitation in enumerate(queries.invitations(event.id)):
        if language := replies.letter_language_of(number):
            letter_languages.note(invitation, language, actor=COMMAND, now=loading.now)


def _hand_over(channel: Channel, at: datetime) -> None:
    """Note that the printer or the mail server took what was queued, as a worker does after they answered."""
    worker = "demo"
    for message_id in outbox.claim(channel, worker=worker, now=at, lease_seconds=600, limit=100_000):
        trying.attempt(message_id, worker=worker, now=at, lease_seconds=600)
        trying.finish(message_id, worker=worker, state=State.HANDED_OVER, now=at)


def _answer(loading: Loading, event: Event, *, first: datetime, span: timedelta) -> None:
    """Let households answer, one after the other, within `span` from `first`."""
    random = Random(f"{loading.seed}:{event.slug}")  # noqa: S311 - made-up guests
    asked, questions = queries.invitations(event.id), own_question_queries.asked(event.id)
    for number, invitation in enumerate(asked):
        given = replies.reply(rsvp_queries.guests(invitation.id), number, random, questions)
        if given is not None:
            at = first + span * (number / len(asked))
            rsvp.answer(invitation, given, now=at, language=replies.language_of(number))


def _scan(loading: Loading, event: Event) -> None:
    """Let those who came in by two doors; some tickets are shown at both."""
    random = Random(f"{loading.seed}:{event.slug}:doors")  # noqa: S311 - made-up guests
    opened = event.starts_at_utc - timedelta(minutes=20)
    tokens = [_phone(event, door, opened) for door in replies.DOORS]
    uploads: list[list[ScanReport]] = [[] for _ in tokens]
    for number, ticket in enumerate(queries.tickets(event.id)):
        if random.random() < replies.STAYS_AWAY:
            continue
        at = opened + timedelta(seconds=9 * number)
        door = random.randrange(len(tokens))
        uploads[door].append(_scanned(ticket, at, replies.DOORS[door], random))
        if random.random() < replies.TWO_DOORS:
            other = (door + 1) % len(tokens)
            uploads[other].append(_scanned(ticket, at + timedelta(minutes=4), replies.DOORS[other], random))
    for token, scans in zip(tokens, uploads, strict=True):
        closing = event.ends_at_utc
        upload = Upload(clock_utc=closing, scans=scans)
        store_scans(secret_hash(token), upload, db.session.connection(), now=closing)


def _phone(event: Event, door: str, now: datetime) -> str:
    """Pair a phone at `door` and return the token that it shows."""
    pairing = checkin.open_door(event, door, actor=COMMAND, now=now)
    return checkin.pair(pairing.secret, f"Telefon {door}", phone_utc=now, now=now).token


def _scanned(ticket: Ticket, at: datetime, door: str, random: Random) -> ScanReport:
    return ScanReport(
        scan_id=f"{random.getrandbits(128):032x}",
        counter=1,
        ticket=code_of(ticket),
        kind=ScanKind.IN,
        persons=ticket.persons,
        phone_at_utc=at,
        light="green",
        roster_version="",
        door=door,
        undoes="",
    )
