"""Who gets a letter in this run. Never commits.

A reminder whose household has answered since it was queued is not printed, and yet belongs to what was released: a
release is of the whole set, and answers come in every hour. It is withheld once the others are handed over.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from outreach.clock import OSLO
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.events.series import queries as series
from outreach.invitations.letters import queries
from outreach.invitations.letters.batch import content_hash
from outreach.invitations.letters.composing.service import Household, decided
from outreach.invitations.letters.faults import LettersTooEarlyError, LettersTooLateError, ReminderTooLateError
from outreach.invitations.letters.planning.queries import not_due
from outreach.invitations.letters.queries import LetterRow
from outreach.messages.sending.service import require_permit
from outreach.outbox import service as outbox
from outreach.outbox.message import FIRST_WAVE
from outreach.outbox.states import Reason
from outreach.register.freshness.queries import fresh_import

BY_HAND, NOT_PRINTABLE = "by_hand", "not_printable"


@dataclass(frozen=True)
class NotPrintable:
    """A letter to be written by hand: reference and the characters that no font has."""

    reference: int
    chars: str


@dataclass
class Plan:
    """Who gets a letter in this run. `stopped`: message ids by reason; `waiting`: how many stay in the queue.

    `identities` are those of the whole set, `languages` by invitation too, `passed_over` the message ids of those in it
    that need no reminder now, `choice` the revisions of the meetups that its letters offer.
    """

    is_reprint: bool
    wave: int = FIRST_WAVE
    rows: list[LetterRow] = field(default_factory=list)
    identities: list[tuple[int, int]] = field(default_factory=list)
    languages: dict[int, tuple[str, ...]] = field(default_factory=dict)
    not_printable: list[NotPrintable] = field(default_factory=list)
    stopped: dict[Reason, list[int]] = field(default_factory=dict)
    passed_over: dict[Reason, list[int]] = field(default_factory=dict)
    waiting: int = 0
    choice: tuple[str, ...] = ()

    def add(self, row: LetterRow, found: Household | Reason | None, *, not_due: Reason | None = None) -> None:
        """Put a decided row where it belongs; `not_due`: why its household needs no reminder any more."""
        if found is None:
            self.waiting += 1
        elif isinstance(found, Reason):
            self.stopped.setdefault(found, []).append(row.message_id)
        elif missing := found.unprintable():
            self.not_printable.append(NotPrintable(row.message_id, missing))
        else:
            self.identities.append((found.invitation.id, found.invitation.generation))
            self.languages[row.invitation_id] = found.languages
            if not_due is None:
                self.rows.append(row)
            else:
                self.passed_over.setdefault(not_due, []).append(row.message_id)

    def left_out(self) -> dict[str, int]:
        """Return how many letters do not leave in this run, by reason."""
        counts = Counter({str(reason): len(ids) for reason, ids in self.stopped.items()})
        counts.update({str(reason): len(ids) for reason, ids in self.passed_over.items()})
        counts[BY_HAND] += self.waiting
        counts[NOT_PRINTABLE] += len(self.not_printable)
        return {reason: number for reason, number in sorted(counts.items()) if number}

    def content(self, event: Event) -> str:
        """Return the hash of the set for `event` as it is now."""
        return content_hash(
            self.identities,
            event_sequence=event.revision,
            is_reprint=self.is_reprint,
            wave=self.wave,
            languages=self.languages,
            choice=self.choice,
        )


def plan(event: Event, *, is_reprint: bool, now: datetime, wave: int = FIRST_WAVE) -> Plan:
    """Decide on each letter of `event` that waits, or with `is_reprint` that was printed, by what is true now.

    Raises LettersTooEarlyError, LettersTooLateError, ReminderTooLateError, NoExtractError, ExtractTooOldError,
    SendingNotConfirmedError.
    """
    refuse(event, now, wave=wave)
    require_permit(now)
    today = now.astimezone(OSLO).date()
    offered = series.choice(event.id, today)
    made = Plan(is_reprint, wave, choice=tuple(offered.revision) if offered and offered.offers_several else ())
    rows = queries.letter_rows(event.id, queries.PRINTED if is_reprint else queries.WAITING, wave=wave)
    passed = not_due(event.id, now) if wave != FIRST_WAVE and rows else {}
    for row, found in decided(rows, today=today):
        made.add(row, found, not_due=passed.get(row.invitation_id))
    return made


def stop(found: Plan) -> None:
    """Withhold what the plan says must never leave. What was printed once stays as it was."""
    _withhold(found, found.stopped)


def pass_over(found: Plan) -> None:
    """Withhold the reminders that are not due any more, when the rest of the set was handed over."""
    _withhold(found, found.passed_over)


def refuse(event: Event, now: datetime, *, wave: int = FIRST_WAVE) -> None:
    """Raise what `plan` raises when no letters of `wave` are made now."""
    if event.state == EventState.DRAFT:
        raise LettersTooEarlyError
    if event.state == EventState.CANCELLED or event.ends_at_utc <= now:
        raise LettersTooLateError
    if wave != FIRST_WAVE and now.astimezone(OSLO).date() > event.answer_by:
        raise ReminderTooLateError(answer_by=event.answer_by.strftime("%d.%m.%Y"))
    fresh_import(now)


def _withhold(found: Plan, reasons: dict[Reason, list[int]]) -> None:
    if not found.is_reprint:
        for reason, ids in reasons.items():
            outbox.withhold_these(ids, reason=reason)
