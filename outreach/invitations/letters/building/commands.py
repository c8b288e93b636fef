"""Builds a print batch step by step, with a commit between the steps; see service.py for what each commit protects.

Letters are composed and set some hundred at a time, each file in a process of its own, so memory stays flat.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from outreach import clock
from outreach.audit.actor import Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations.letters import queries, service
from outreach.invitations.letters.address_list import address_row
from outreach.invitations.letters.batch import worker_name
from outreach.invitations.letters.building.typesetters.service import Typesetters, picture, typeset
from outreach.invitations.letters.composing import service as composing
from outreach.invitations.letters.composing.service import Household
from outreach.invitations.letters.faults import BatchChangedError
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.planning.service import Plan
from outreach.invitations.letters.print_folder import PrintFolder
from outreach.invitations.letters.sheet import PAGES_A_LETTER, file_name, own_part, parts
from outreach.invitations.letters.wording import Occasion
from outreach.messages.models import LetterBatch
from outreach.messages.sending.service import lock_folder
from outreach.outbox.message import FIRST_WAVE
from outreach.outbox.states import State
from outreach.outbox.worker_lock import held_lock
from outreach.web.workers import committed

T = TypeVar("T")
_PICTURES_AT_ONCE = 200


@dataclass
class Built:
    """What a build did, for the person and for `--json`."""

    batch: LetterBatch | None
    plan: Plan
    recovered: dict[State, int]
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self, folder: Path) -> dict[str, Any]:
        """Return the object that `flask letters build --json` prints."""
        return {
            "reference": self.batch.release_reference if self.batch else None,
            "folder": str(folder),
            "count": sum(file["letters"] for file in self.files),
            "pages": sum(file["pages"] for file in self.files),
            "files": self.files,
            "reprint": self.plan.is_reprint,
            "wave": self.plan.wave,
            "left_out": self.plan.left_out(),
            "not_printable": [
                {"reference": str(letter.reference), "reason": letter.chars} for letter in self.plan.not_printable
            ],
            "recovered": {state.value: number for state, number in self.recovered.items()},
        }


def build(
    event: Event,
    *,
    out: Path,
    is_reprint: bool,
    made_by_id: int | None,
    actor: Actor,
    wave: int = FIRST_WAVE,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Built:
    """Print what waits of `wave` (or once more what was printed) into `out`; `tell` hears how many are done of all.

    Raises what planning.plan and print_folder raise, ReleaseNeededError, BatchChangedError and TypesettingError.
    """
    out = out.resolve()
    recovered = committed(lambda: service.recover(event, actor=actor, now=clock.now_utc()))
    found = committed(lambda: _planned(event, is_reprint, wave))
    if not found.rows:
        committed(lambda: planning.pass_over(found))
        return Built(None, found, recovered)
    batch = committed(lambda: service.batch_of(event, found, made_by_id=made_by_id, now=clock.now_utc()))
    service.require_release(batch)
    folder = PrintFolder(out, batch.release_reference)
    with held_lock(lock_folder(), worker_name(batch.id)):
        _print(_Job(event, batch, found, folder, actor), tell)
    return Built(batch, found, recovered, folder.files)


def preview(household: Household, about: Occasion) -> bytes:
    """Return one letter as PDF, as it would be printed now."""
    return typeset(_job(composing.common(about, [household.languages]), [household], about, is_trial=True), None)


def draw(event: Event, found: Plan, *, folder: Path, tell: Callable[[int, int], None]) -> list[int]:
    """Picture the front of every letter of `found` into `folder`, `<invitation id>.png`; return the invitations in the
    order of printing. Raises BatchChangedError and TypesettingError."""
    about = composing.occasion(event, clock.now_utc(), wave=found.wave)
    common, drawn = _common(about, found), []
    for rows in parts(found.rows, _PICTURES_AT_ONCE):
        households = _households(rows, about, found)
        job = _job(common, households, about)
        for letter, household in zip(job["letters"], households, strict=True):
            letter["picture"] = f"{household.invitation.id}.png"
        picture({**job, "fronts_only": True}, folder)
        drawn += [household.invitation.id for household in households]
        tell(len(drawn), len(found.rows))
    return drawn


@dataclass(frozen=True)
class _Job:
    event: Event
    batch: LetterBatch
    plan: Plan
    folder: PrintFolder
    actor: Actor


def _planned(event: Event, is_reprint: bool, wave: int) -> Plan:
    found = planning.plan(event, is_reprint=is_reprint, now=clock.now_utc(), wave=wave)
    planning.stop(found)
    return found


def _print(job: _Job, tell: Callable[[int, int], None]) -> None:
    job.folder.open()
    try:
        committed(lambda: service.begin(job.batch, job.plan, folder=job.folder.out, now=clock.now_utc()))
        _make_files(job, tell)
        committed(lambda: service.attempt(job.batch, clock.now_utc()))
    except BaseException:
        # Nothing was moved yet, so nothing was handed over.
        job.folder.discard()
        committed(lambda: service.give_back(job.batch, clock.now_utc()))
        raise
    job.folder.publish()
    uncertain = [row.message_id for row in job.plan.rows] if job.plan.is_reprint else []
    committed(lambda: service.hand_over(job.batch, uncertain=uncertain, actor=job.actor, now=clock.now_utc()))
    committed(lambda: planning.pass_over(job.plan))


def _make_files(job: _Job, tell: Callable[[int, int], None]) -> None:
    now = clock.now_utc()
    about = composing.occasion(job.event, now, wave=job.plan.wave)
    common, addresses, done, tried = _common(about, job.plan), [], 0, set[tuple[str, ...]]()
    with Typesetters() as typesetters:
        for number, rows in enumerate(parts(job.plan.rows), start=1):
            households, name = _households(rows, about, job.plan), file_name(number)
            _try_longest(households, common, about, tried)
            addresses += _address_rows(households, name)
            typesetters.set(_job(common, households, about), job.folder.draft / name)
            done = _close_files(job, typesetters.finished(), done, tell)
        _close_files(job, typesetters.finished(wait=True), done, tell)
    facts = {"event": job.event.slug, "reprint": job.plan.is_reprint, "made_at_utc": now.isoformat()}
    job.folder.finish(addresses, {**facts, "wave": job.plan.wave})


def _close_files(job: _Job, finished: Iterable[tuple[str, int]], done: int, tell: Callable[[int, int], None]) -> int:
    for name, letters in finished:
        job.folder.close_file(name, letters=letters, pages=letters * PAGES_A_LETTER)
        done += letters
        tell(done, len(job.plan.rows))
    return done


def _common(about: Occasion, found: Plan) -> dict[str, Any]:
    return composing.common(about, {found.languages[row.invitation_id] for row in found.rows})


def _households(rows: Sequence[queries.LetterRow], about: Occasion, found: Plan) -> list[Household]:
    """Return the households of `rows`. Raises BatchChangedError when one of them may no longer be written to, or in
    other languages."""
    now = [household for _, household in composing.decided(rows, today=about.today)]
    db.session.rollback()
    households = [household for household in now if isinstance(household, Household)]
    if len(households) != len(rows):
        raise BatchChangedError
    if any(household.languages != found.languages[household.row.invitation_id] for household in households):
        raise BatchChangedError
    return households


def _try_longest(
    households: Sequence[Household], common: dict[str, Any], about: Occasion, tried: set[tuple[str, ...]]
) -> None:
    """Set the letter with the most text of each choice of languages not `tried` yet: one sheet must be enough."""
    longest: dict[tuple[str, ...], Household] = {}
    for household in sorted(households, key=_length_of_names):
        longest[household.languages] = household
    trials = [household for languages, household in longest.items() if languages not in tried]
    if trials:
        typeset(_job(common, trials, about, is_trial=True), None)
    tried |= set(longest)


def _length_of_names(household: Household) -> int:
    return sum(len(guest.name.first) + 2 for guest in household.guests)


def _job(
    common: dict[str, Any], households: Sequence[Household], about: Occasion, *, is_trial: bool = False
) -> dict[str, Any]:
    return {
        "common": common,
        "letters": [own_part(about, composing.letter(household)) for household in households],
        "is_trial": is_trial,
    }


def _address_rows(households: Sequence[Household], name: str) -> list[Sequence[object]]:
    return [
        address_row(
            household.row.message_id,
            household.name,
            household.address,
            file=name,
            number_in_file=number,
            pages_a_letter=PAGES_A_LETTER,
        )
        for number, household in enumerate(households)
    ]
