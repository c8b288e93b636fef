"""Who has moved in, when and from where. Pure: one person's residences in, a verdict with its date and origin out.

The register has no such field. "Innflytting" means moved to NORWAY; a move between municipalities shows only as a
current `bostedsadresse` whose predecessor lies elsewhere, on `flyttedato` (promises.md 9, FREG docs @ de3cabb9).
Renumbering and corrections from the cadastre make fresh entries with an unchanged date: those are no moves. Shared
residence (`deltBosted`) and temporary addresses are no residence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from outreach.errors import N_
from outreach.people.national_id import parts_of
from outreach.register.register_row import Immigration, RegisterRow, Stay

RESIDENT = "bosatt"
DEAD = "doed"
EMIGRATED = "utflyttet"
# How late the move to Norway may be entered after the first address.
_LATE = timedelta(days=31)
# A child's first address may be dated some time after birth.
_NEWBORN = timedelta(days=365)


class MoveVerdict(StrEnum):
    """Why a person counts as moved in (the first three) or not."""

    FROM_MUNICIPALITY = "from_municipality"
    FROM_ABROAD = "from_abroad"
    FROM_UNKNOWN = "from_unknown"
    BORN_HERE = "born_here"
    MOVED_WITHIN = "moved_within"
    NO_MOVE_DATE = "no_move_date"
    LIVES_ELSEWHERE = "lives_elsewhere"
    NO_RESIDENCE = "no_residence"
    NOT_RESIDENT = "not_resident"
    DEAD = "dead"
    NOT_IN_EXTRACT = "not_in_extract"


REASONS: dict[MoveVerdict, str] = {
    MoveVerdict.FROM_MUNICIPALITY: N_("Flyttet hit fra en annen kommune."),
    MoveVerdict.FROM_ABROAD: N_("Flyttet hit fra utlandet."),
    MoveVerdict.FROM_UNKNOWN: N_("Flyttet hit. Registeret sier ikke hvor fra."),
    MoveVerdict.BORN_HERE: N_("Født her, ikke flyttet hit."),
    MoveVerdict.MOVED_WITHIN: N_("Flyttet innenfor kommunen."),
    MoveVerdict.NO_MOVE_DATE: N_("Registeret har ingen flyttedato."),
    MoveVerdict.LIVES_ELSEWHERE: N_("Bor i en annen kommune."),
    MoveVerdict.NO_RESIDENCE: N_("Registeret har ingen bostedsadresse."),
    MoveVerdict.NOT_RESIDENT: N_("Er ikke bosatt i Norge."),
    MoveVerdict.DEAD: N_("Er død."),
    MoveVerdict.NOT_IN_EXTRACT: N_("Er ikke lenger i uttrekket."),
}
MOVED_IN = frozenset({MoveVerdict.FROM_MUNICIPALITY, MoveVerdict.FROM_ABROAD, MoveVerdict.FROM_UNKNOWN})


@dataclass(frozen=True, slots=True)
class MoveDecision:
    """The verdict. `moved_in_on` is the date of the latest move into the municipality, None when not moved in.

    `moved_from` is a folded municipality number, a country code or country name of at most eight characters, or empty.
    """

    verdict: MoveVerdict
    moved_in_on: date | None = None
    moved_from: str = ""

    @property
    def is_resident(self) -> bool:
        """Say whether the person lives in the municipality."""
        return self.verdict not in _GONE


_GONE = frozenset(
    {MoveVerdict.LIVES_ELSEWHERE, MoveVerdict.NO_RESIDENCE, MoveVerdict.NOT_RESIDENT, MoveVerdict.DEAD},
)


def decide(row: RegisterRow, *, own: str) -> MoveDecision:
    """Return whether and when the person of `row` moved into the municipality with the folded number `own`."""
    if row.status != RESIDENT:
        return MoveDecision(MoveVerdict.DEAD if row.status == DEAD else MoveVerdict.NOT_RESIDENT)
    if row.municipality != own:
        return MoveDecision(MoveVerdict.LIVES_ELSEWHERE if row.municipality else MoveVerdict.NO_RESIDENCE)
    return _by_history(row, own) if row.came_from is None else _by_table(row, own)


def has_lived_in(row: RegisterRow, own: str) -> bool:
    """Say whether any registered residence of the person lies in `own`: a former resident, when not a present one."""
    return any(stay.municipality == own for stay in row.stays)


def _by_table(row: RegisterRow, own: str) -> MoveDecision:
    assert row.came_from is not None
    if row.moved_on is None:
        return MoveDecision(MoveVerdict.NO_MOVE_DATE)
    if row.came_from.municipality == own:
        return MoveDecision(MoveVerdict.MOVED_WITHIN)
    if row.came_from.municipality:
        return MoveDecision(MoveVerdict.FROM_MUNICIPALITY, row.moved_on, row.came_from.municipality)
    if not row.came_from.country and _is_born_on(row, row.moved_on):
        return MoveDecision(MoveVerdict.BORN_HERE)
    return MoveDecision(MoveVerdict.FROM_ABROAD, row.moved_on, row.came_from.country[:8])


def _by_history(row: RegisterRow, own: str) -> MoveDecision:
    stays = _moves_only(row.stays, row.immigrations)
    at = max(index for index, stay in enumerate(stays) if stay.is_current)
    while at and _is_within(stays[at - 1], stays[at], own, row.immigrations):
        at -= 1
    entry, previous = stays[at], stays[at - 1] if at else None
    if entry.since is None:
        return MoveDecision(MoveVerdict.NO_MOVE_DATE)
    if previous is None:
        return _without_predecessor(row, entry.since)
    return _after(previous, entry.since, own, row.immigrations)


def _moves_only(stays: Sequence[Stay], immigrations: Sequence[Immigration]) -> list[Stay]:
    """Return the residences in order of date, one for each real move.

    Of several entries with one date the register's last word counts. An entry at the same address as the one before
    is a correction, and keeps the date of that, unless the person was abroad between them.
    """
    moves: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (stay.since or date.min, stay.is_current, stay.updated)):
        if moves and stay.since == moves[-1].since:
            moves[-1] = _in_force(stay) if moves[-1].is_current else stay
        elif moves and _is_same_address(stay, moves[-1]) and not _was_abroad(moves[-1], stay.since, immigrations):
            moves[-1] = _in_force(moves[-1]) if stay.is_current else moves[-1]
        else:
            moves.append(stay)
    return moves


def _in_force(stay: Stay) -> Stay:
    return stay if stay.is_current else replace(stay, is_current=True)


def _is_same_address(one: Stay, other: Stay) -> bool:
    return bool(one.address_key) and (one.address_key, one.municipality) == (other.address_key, other.municipality)


def _is_within(previous: Stay, stay: Stay, own: str, immigrations: Sequence[Immigration]) -> bool:
    """Say whether `stay` follows `previous` by a move inside the municipality, with no time abroad between."""
    return previous.municipality == own and not _was_abroad(previous, stay.since, immigrations)


def _was_abroad(previous: Stay, until: date | None, immigrations: Sequence[Immigration]) -> bool:
    if previous.is_ended:
        return True
    since = previous.since or date.min
    return any(move.on - since > _LATE and move.on - until <= _LATE for move in immigrations if move.on and until)


def _after(previous: Stay, since: date, own: str, immigrations: Sequence[Immigration]) -> MoveDecision:
    if previous.municipality == own or _was_abroad(previous, since, immigrations):
        return MoveDecision(MoveVerdict.FROM_ABROAD, since, _country(immigrations))
    if previous.municipality:
        return MoveDecision(MoveVerdict.FROM_MUNICIPALITY, since, previous.municipality)
    return MoveDecision(MoveVerdict.FROM_UNKNOWN, since)


def _without_predecessor(row: RegisterRow, since: date) -> MoveDecision:
    if row.immigrations:
        return MoveDecision(MoveVerdict.FROM_ABROAD, since, _country(row.immigrations))
    if _is_born_on(row, since) or _is_newborn(row.birth_date, since):
        return MoveDecision(MoveVerdict.BORN_HERE)
    return MoveDecision(MoveVerdict.FROM_UNKNOWN, since)


def _country(immigrations: Sequence[Immigration]) -> str:
    latest = max(immigrations, key=lambda move: move.on or date.min, default=None)
    return latest.country if latest else ""


def _is_newborn(birth_date: date | None, since: date) -> bool:
    return birth_date is not None and since - birth_date < _NEWBORN


def _is_born_on(row: RegisterRow, day: date) -> bool:
    if row.birth_date is not None:
        return row.birth_date == day
    # Without a birth date the number tells day, month and the year's last digits; the century stays open.
    return bool(row.national_ids) and parts_of(row.national_ids[0]).may_be_born_on(day)
