"""Checks a row against itself and the rows before it, and decides its fate. Pure: a row in, a record and problems out.

All problems of a row are collected. A protected person with a readable number is protected whatever else is wrong with
the row, and none of its problems is shown.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from outreach.people.national_id import NumberFault, fault_of
from outreach.register import moves
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.problems import WARNINGS, Code, Problem
from outreach.register.register_row import ExtractContext, RegisterRow, UnreadableRow
from outreach.register.seen_numbers import SeenNames, SeenNumbers

LONGEST_TEXT = 200
_EARLIEST_BIRTH_YEAR = 1890
FAULTS = {
    NumberFault.NOT_ELEVEN_DIGITS: Code.NATIONAL_ID_INVALID,
    NumberFault.IMPOSSIBLE_DATE: Code.NATIONAL_ID_INVALID,
    NumberFault.WRONG_CHECK_DIGIT: Code.NATIONAL_ID_INVALID,
    NumberFault.SYNTHETIC: Code.NATIONAL_ID_SYNTHETIC,
}


class CheckedRow(NamedTuple):
    """The outcome for one row. `record` is None when nobody can be recognised in it."""

    record: PersonRecord | None
    problems: tuple[Problem, ...]
    is_accepted: bool


class RowChecker:
    """Checks the rows of one extract in their order."""

    def __init__(self, context: ExtractContext) -> None:
        self._context = context
        self._seen = SeenNumbers()
        self._seen_names = SeenNames()
        self._latest = context.latest_possible

    def check(self, row: RegisterRow | UnreadableRow) -> CheckedRow:
        """Return what becomes of `row`."""
        if isinstance(row, UnreadableRow):
            return CheckedRow(None, (row.problem,), False)
        faults = [fault_of(number, synthetic_allowed=self._context.synthetic_allowed) for number in row.national_ids]
        numbers = row.national_ids
        if any(faults):
            numbers = tuple(number for number, fault in zip(numbers, faults, strict=True) if fault is None)
        if row.is_protected and (numbers or not row.national_ids):
            return self._protected(row, numbers)
        problems = (*row.problems, *_number_problems(row, faults), *self.own_problems(row))
        if not problems or all(problem.code in WARNINGS for problem in problems):
            return self._once(row, _record(row, numbers, self._context), problems)
        return CheckedRow(_held(numbers), problems, False)

    def own_problems(self, row: RegisterRow) -> list[Problem]:
        """Return what is wrong with the texts, dates and postcode of `row`, whatever the rows before."""
        found = _text_problems(row)
        if row.birth_date is not None or row.moved_on is not None:
            found += _date_problems(row, self._latest)
        if row.postcode and not self._context.postcodes.knows(row.postcode):
            is_number = len(row.postcode) == 4 and row.postcode.isascii() and row.postcode.isdigit()
            code = Code.POSTCODE_UNKNOWN if is_number else Code.POSTCODE_INVALID
            found.append(Problem(row.row, row.columns.postcode, code))
        return found

    def _protected(self, row: RegisterRow, numbers: tuple[str, ...]) -> CheckedRow:
        if numbers:
            self._seen.add(numbers[0], row.row, 0)
        record = _record(row, numbers, self._context, fate=Fate.PROTECT)
        if not numbers and not record.weak_key:
            # Nobody can be recognised, so nobody can be suppressed: the row is returned to whoever made the file.
            return CheckedRow(None, (Problem(row.row, row.columns.national_id, Code.NATIONAL_ID_MISSING),), False)
        return CheckedRow(record, (), True)

    def _once(self, row: RegisterRow, record: PersonRecord, problems: tuple[Problem, ...]) -> CheckedRow:
        """Return the outcome for a row without faults of its own: each person counts once."""
        said = _said_by(row)
        if record.national_ids:
            repeated = self._seen.add(record.national_ids[0], row.row, said)
            code, column = Code.DUPLICATE_NUMBER, row.columns.national_id
        else:
            repeated = self._seen_by_name(record, row.row, said)
            code, column = Code.DUPLICATE_NAME, row.columns.name
        if repeated is None:
            return CheckedRow(record, (*problems, *self._namesakes(row, record)), True)
        first_row, says_the_same = repeated
        # When the two rows differ nobody knows which is right, so no letter goes out on either.
        held = None if says_the_same else _held(record.national_ids) or _held_by_name(record)
        return CheckedRow(held, (*problems, Problem(row.row, column, code, first_row)), False)

    def _seen_by_name(self, record: PersonRecord, row: int, said: int) -> tuple[int, bool] | None:
        """Return where a person without a number stood first: the same name and birth date, living in one place."""
        if record.birth_date is None:
            return None
        home = record.dwelling.key if record.dwelling else ""
        return self._seen_names.add(f"{record.weak_key}|{home}", record.birth_date, row, said)

    def _namesakes(self, row: RegisterRow, record: PersonRecord) -> list[Problem]:
        """Return a warning when a row before had the same name and birth date, without a number, somewhere else."""
        if record.national_ids or record.birth_date is None:
            return []
        found = self._seen_names.add(record.weak_key, record.birth_date, row.row, 0)
        return [Problem(row.row, row.columns.name, Code.NAMESAKE, found[0])] if found else []


def _said_by(row: RegisterRow) -> int:
    """Return a mark of what `row` says of its person: two rows with the same mark say the same."""
    name, address = row.name, row.address
    place = (address.lines, address.postcode, address.place, address.country) if address else None
    return hash(
        (name.given, name.middle, name.family, row.birth_date, row.status, row.municipality, place, row.moved_on)
    )


def _number_problems(row: RegisterRow, faults: Sequence[NumberFault | None]) -> Sequence[Problem]:
    column = row.columns.national_id
    if faults:
        # An old number may be from before any rule; the one in use must be right.
        return () if faults[0] is None else (Problem(row.row, column, FAULTS[faults[0]]),)
    if (row.birth_date is None or not row.name.family) and not _has_number_problem(row):
        return (Problem(row.row, column or row.columns.birth_date, Code.NATIONAL_ID_MISSING),)
    return ()


def _has_number_problem(row: RegisterRow) -> bool:
    return any(problem.column == row.columns.national_id for problem in row.problems)


def _text_problems(row: RegisterRow) -> list[Problem]:
    name, address = row.name, row.address
    found = []
    if not (name.family or name.given):
        found.append(Problem(row.row, row.columns.name, Code.NAME_MISSING))
    if max(len(name.given), len(name.middle), len(name.family)) > LONGEST_TEXT:
        found.append(Problem(row.row, row.columns.name, Code.TEXT_TOO_LONG))
    if address is not None and max(len(address.place), *map(len, address.lines), 0) > LONGEST_TEXT:
        found.append(Problem(row.row, row.columns.address, Code.TEXT_TOO_LONG))
    return found


def _date_problems(row: RegisterRow, latest: date) -> Iterator[Problem]:
    born, moved = row.birth_date, row.moved_on
    if born is not None and born.year < _EARLIEST_BIRTH_YEAR:
        yield Problem(row.row, row.columns.birth_date, Code.DATE_INVALID)
    if born is not None and born > latest:
        yield Problem(row.row, row.columns.birth_date, Code.DATE_IN_FUTURE)
    if moved is not None and moved > latest:
        yield Problem(row.row, row.columns.moved_on, Code.DATE_IN_FUTURE)


def _held(numbers: tuple[str, ...]) -> PersonRecord | None:
    return PersonRecord(Fate.HOLD, numbers) if numbers else None


def _held_by_name(record: PersonRecord) -> PersonRecord:
    return PersonRecord(
        Fate.HOLD,
        (),
        given_name=record.given_name,
        family_name=record.family_name,
        birth_date=record.birth_date,
        dwelling=record.dwelling,
    )


def _record(
    row: RegisterRow, numbers: tuple[str, ...], context: ExtractContext, *, fate: Fate | None = None
) -> PersonRecord:
    own = context.municipalities.own
    decision = moves.decide(row, own=own)
    belongs = decision.is_resident or (row.status == moves.RESIDENT and moves.has_lived_in(row, own))
    return PersonRecord(
        fate=fate or (Fate.KEEP if belongs else Fate.FORGET),
        national_ids=numbers,
        given_name=row.name.given,
        middle_name=row.name.middle,
        family_name=row.name.family,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        status=row.status,
        municipality=row.municipality,
        postcode=row.postcode,
        address=row.address,
        has_postal_address=row.has_postal_address,
        study_city=_study_city(row, context),
        dwelling=row.dwelling,
        moved_on=row.moved_on,
        moved_in_on=decision.moved_in_on,
        moved_from=decision.moved_from,
        verdict=decision.verdict,
        is_resident=decision.is_resident,
    )


def _study_city(row: RegisterRow, context: ExtractContext) -> str:
    """Return the student town that a postal address or a residence points to; the register has no field for it."""
    if row.has_postal_address and row.address and not row.address.is_foreign:
        postal = context.municipalities.study_city(context.postcodes.municipality(row.address.postcode))
        if postal:
            return postal
    return context.municipalities.study_city(row.municipality)
