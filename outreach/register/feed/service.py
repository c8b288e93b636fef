"""Applies a feed of events to the register copy: a few bulk statements in the caller's transaction.

Reading a feed again changes nothing. A protected person becomes a tombstone until an extract shows the person open
again, whether or not we hold the person: an extract that was made before the event may still be accepted after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import Table, update

from outreach.audit import service as audit
from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.people.models import Person
from outreach.people.national_id import fault_of
from outreach.register.changes import Known
from outreach.register.checking import MOST_PROBLEMS
from outreach.register.feed.meaning import Meaning, PersonNews
from outreach.register.formats import feed
from outreach.register.formats.detect import Kind
from outreach.register.formats.extract import ReadOptions, encoding_in, kind_in, open_text
from outreach.register.moves import DEAD, EMIGRATED, MoveVerdict
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.problems import NoEventAcceptedError, NotPersonsError, Problem
from outreach.register.protecting.service import Protecting
from outreach.register.recognised import Recognised, StoringTerms
from outreach.register.register_row import ExtractContext, UnreadableRow
from outreach.register.row_checks import FAULTS
from outreach.register.service import Act
from outreach.register.storing import queries

_PERSONS: Table = Person.__table__


@dataclass
class FeedResult:
    """What a feed did, or would do in a trial. rows = accepted + rejected, in events; the rest in persons.

    `protected` is for the role privacy; those that we hold are among `held_back` as well, so that the others cannot
    tell. `last_sequence` is the highest place in the feed, None when the file does not say.
    """

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    deceased: int = 0
    emigrated: int = 0
    held_back: int = 0
    protected: int = 0
    last_sequence: int | None = None
    problems: list[Problem] = field(default_factory=list)
    problems_left_out: int = 0

    def refuse_fruitless(self) -> None:
        """Raise NoEventAcceptedError when no event can be used."""
        if not self.accepted:
            raise NoEventAcceptedError


def apply_feed(stream: BinaryIO, *, options: ReadOptions, context: ExtractContext, act: Act) -> FeedResult:
    """Read the feed in `stream` and mark those whom it concerns, or only count when it is a trial.

    Raises UnusableFileError when the file as a whole cannot be used; the caller's rollback then undoes everything.
    When no event is accepted nothing is stored: `refuse_fruitless` raises, after the problems have been shown.
    """
    if kind_in(stream, options) is not Kind.FEED:
        raise NotPersonsError
    result = FeedResult()
    with open_text(stream, encoding_in(stream, options), Kind.FEED) as text:
        news = _news(feed.read(text), context, result)
    _apply(news, result, act)
    if result.accepted and not act.is_dry_run:
        told = {"rows": result.rows, "rejected": result.rejected, "last_sequence": result.last_sequence}
        audit.record("register.feed", subject_kind="register_feed", actor=act.actor, now=act.now, **told)
    return result


def _news(events: Iterable[feed.Event | UnreadableRow], context: ExtractContext, into: FeedResult) -> dict[str, Any]:
    """Return what is said of each number, and fill `into` with counts and problems."""
    news: dict[str, PersonNews] = {}
    for event in events:
        into.rows += 1
        problem = _problem(event, context)
        if problem is not None or isinstance(event, UnreadableRow):
            _reject(into, problem)
            continue
        into.accepted += 1
        news.setdefault(event.number, PersonNews()).add(event)
        if event.sequence is not None:
            into.last_sequence = max(event.sequence, into.last_sequence or 0)
    return news


def _problem(event: feed.Event | UnreadableRow, context: ExtractContext) -> Problem | None:
    if isinstance(event, UnreadableRow):
        return event.problem
    fault = fault_of(event.number, synthetic_allowed=context.synthetic_allowed)
    return Problem(event.row, feed.COLUMN, FAULTS[fault]) if fault else None


def _reject(into: FeedResult, problem: Problem | None) -> None:
    into.rejected += 1
    if problem is not None and len(into.problems) < MOST_PROBLEMS:
        into.problems.append(problem)
    else:
        into.problems_left_out += 1


def _apply(news: dict[str, PersonNews], result: FeedResult, act: Act) -> None:
    hashes = {number: key_ring().identity_candidates(number) for number in news}
    known = queries.known_by_identity([found for mine in hashes.values() for found in mine])
    protecting = Protecting(_terms(act))
    told: dict[Meaning, dict[int, date]] = {meaning: {} for meaning in Meaning}
    for number, said in news.items():
        person = next((known[found] for found in hashes[number] if found in known), None)
        if Meaning.PROTECTED in said.last_days:
            result.protected += 1
            result.held_back += person is not None
            record = PersonRecord(Fate.PROTECT, (number,))
            one = Recognised(record, hashes[number], (), person)
            protecting.note(one, person_id=person.id if person else None, dwelling="")
        elif person is not None:
            _sort(person, said, told, as_of=act.as_of)
    result.deceased, result.emigrated = len(told[Meaning.DIED]), len(told[Meaning.EMIGRATED])
    result.held_back += len(told[Meaning.STALE])
    if not act.is_dry_run:
        protecting.finish()
        _write(told)


def _terms(act: Act) -> StoringTerms:
    """Return the terms of a feed: it is no extract, so it takes no protection away and nobody's absence means much."""
    return StoringTerms(
        import_id=new_id(),
        as_of=act.as_of,
        now=act.now,
        may_lift_protection=False,
        is_newest=False,
        is_dry_run=act.is_dry_run,
        is_feed=True,
    )


def _sort(person: Known, said: PersonNews, told: dict[Meaning, dict[int, date]], *, as_of: date) -> None:
    """Put down what holds for `person`, with its day; an event without a time counts from the feed's day `as_of`."""
    meanings = said.since(person.seen_as_of)
    if Meaning.DIED in meanings:
        meanings = {Meaning.DIED} if person.status != DEAD else set()
    elif Meaning.EMIGRATED in meanings and person.status == EMIGRATED:
        meanings.remove(Meaning.EMIGRATED)
    for meaning in meanings:
        day = said.last_days[meaning]
        told[meaning][person.id] = as_of if day == date.max else max(day, person.seen_as_of)


def _write(told: dict[Meaning, dict[int, date]]) -> None:
    # Without content hash the person counts as changed when an extract has them again.
    gone = {"is_resident": False, "household_id": None, "is_grouped": False, "content_hash": ""}
    _mark(told[Meaning.DIED], status=DEAD, move_verdict=MoveVerdict.DEAD.value, **gone)
    _mark(told[Meaning.EMIGRATED], status=EMIGRATED, move_verdict=MoveVerdict.NOT_RESIDENT.value, **gone)
    _mark(told[Meaning.STALE], is_held_back=True)


def _mark(days: Mapping[int, date], **values: Any) -> None:
    """Write `values` to persons, and that we know of them up to the event's day: no extract from before undoes it."""
    for day in sorted(set(days.values())):
        person_ids = sorted(person_id for person_id, told_on in days.items() if told_on == day)
        for part in queries.chunks(person_ids):
            told = update(_PERSONS).where(_PERSONS.c.id.in_(part))
            db.session.execute(told.values(seen_as_of=day, **values))
