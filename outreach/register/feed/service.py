"""Applies a feed of events to the register copy: a few bulk statements in the caller's transaction.

Reading a feed again changes nothing. A protected person becomes a tombstone until an extract shows the person open
again, whether or not we hold the person: an extract that was made before the event may still be accepted after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import Table, update

from outreach.audit import service as audit
from outreach.database import db, new_id
from outreach.database.sealed import key_ring
from outreach.people.models import Person
from outreach.people.national_id import fault_of
from outreach.people.rotating.service import wait_for_rotation
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

PROGRESS_EVENTS = 2_000
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
    result = FeedResult()
    judged = judge(read_news(stream, options=options, context=context, into=result), act)
    result.deceased, result.emigrated = len(judged.told[Meaning.DIED]), len(judged.told[Meaning.EMIGRATED])
    result.protected, result.held_back = judged.protected, len(judged.told[Meaning.STALE]) + judged.held_and_protected
    if not act.is_dry_run:
        judged.write()
        if result.accepted:
            told = {"rows": result.rows, "rejected": result.rejected, "last_sequence": result.last_sequence}
            audit.record("register.feed", subject_kind="register_feed", actor=act.actor, now=act.now, **told)
    return result


def read_news(
    stream: BinaryIO,
    *,
    options: ReadOptions,
    context: ExtractContext,
    into: FeedResult,
    progress: Callable[[], None] = lambda: None,
) -> dict[str, PersonNews]:
    """Return what the feed in `stream` says of each number, and fill `into` with counts of events and problems.

    `progress` hears of every PROGRESS_EVENTS events. Raises UnusableFileError.
    """
    if kind_in(stream, options) is not Kind.FEED:
        raise NotPersonsError
    news: dict[str, PersonNews] = {}
    with open_text(stream, encoding_in(stream, options), Kind.FEED) as text:
        for event in feed.read(text):
            into.rows += 1
            problem = _problem(event, context)
            if problem is not None or isinstance(event, UnreadableRow):
                _reject(into, problem)
            else:
                into.accepted += 1
                _add(event, news, into)
            if into.rows % PROGRESS_EVENTS == 0:
                progress()
    return news


def judge(news: Mapping[str, PersonNews], act: Act) -> "Judged":
    """Return what `news`, by number, mean for those whom we hold; nothing is written."""
    wait_for_rotation()
    judged = Judged(act)
    hashes = {number: key_ring().identity_candidates(number) for number in news}
    known = queries.known_by_identity([found for mine in hashes.values() for found in mine])
    for number, said in news.items():
        person = next((known[found] for found in hashes[number] if found in known), None)
        judged.take(Recognised(PersonRecord(Fate.PROTECT, (number,)), hashes[number], (), person), said)
    return judged


class Judged:
    """What a feed means: `told` has the ids of those whom each meaning concerns, with its day; `write` marks them.

    Counts are of persons: the `protected`, of them the `newly_protected` and those whom we hold; the others whom we
    hold and of whom nothing changes (`unchanged_ids`); the `strangers`, whom we do not hold.
    """

    def __init__(self, act: Act) -> None:
        self.told: dict[Meaning, dict[int, date]] = {meaning: {} for meaning in Meaning}
        self.unchanged_ids: list[int] = []
        self.protected = self.newly_protected = self.held_and_protected = self.strangers = 0
        self._as_of = act.as_of
        self._protecting = Protecting(_terms(act))

    def take(self, one: Recognised, said: PersonNews) -> None:
        """Sort a person of whom `said` is told; the record of `one` counts only when the person is protected."""
        person = one.known
        if Meaning.PROTECTED in said.last_days:
            self.protected += 1
            self.newly_protected += self._protecting.is_news(one)
            self.held_and_protected += person is not None
            self._protecting.note(one, person_id=person.id if person else None, dwelling="")
        elif person is None:
            self.strangers += 1
        elif not _sort(person, said, self.told, as_of=self._as_of):
            self.unchanged_ids.append(person.id)

    def marks(self) -> frozenset[str]:
        """Return the mark of everybody who is protected, by this feed or before it."""
        return self._protecting.marks()

    def write(self) -> None:
        """Mark those whom the feed concerns, and erase the protected."""
        self._protecting.finish()
        # Without content hash the person counts as changed when an extract has them again.
        gone = {"is_resident": False, "household_id": None, "is_grouped": False, "content_hash": ""}
        _mark(self.told[Meaning.DIED], status=DEAD, move_verdict=MoveVerdict.DEAD.value, **gone)
        _mark(self.told[Meaning.EMIGRATED], status=EMIGRATED, move_verdict=MoveVerdict.NOT_RESIDENT.value, **gone)
        _mark(self.told[Meaning.STALE], is_held_back=True)


def _add(event: feed.Event, news: dict[str, PersonNews], into: FeedResult) -> None:
    news.setdefault(event.number, PersonNews()).add(event)
    if event.sequence is not None:
        into.last_sequence = max(event.sequence, into.last_sequence or 0)


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


def _sort(person: Known, said: PersonNews, told: dict[Meaning, dict[int, date]], *, as_of: date) -> set[Meaning]:
    """Put down what holds for `person`, with its day, and return it.

    An event without a time counts from the feed's day `as_of`.
    """
    meanings = said.since(person.seen_as_of)
    if Meaning.DIED in meanings:
        meanings = {Meaning.DIED} if person.status != DEAD else set()
    elif Meaning.EMIGRATED in meanings and person.status == EMIGRATED:
        meanings.remove(Meaning.EMIGRATED)
    for meaning in meanings:
        day = said.last_days[meaning]
        told[meaning][person.id] = as_of if day == date.max else max(day, person.seen_as_of)
    return meanings


def _mark(days: Mapping[int, date], **values: Any) -> None:
    """Write `values` to persons, and that we know of them up to the event's day: no extract from before undoes it."""
    for day in sorted(set(days.values())):
        person_ids = sorted(person_id for person_id, told_on in days.items() if told_on == day)
        for part in queries.chunks(person_ids):
            told = update(_PERSONS).where(_PERSONS.c.id.in_(part))
            db.session.execute(told.values(seen_as_of=day, **values))
