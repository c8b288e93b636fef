"""A person as somebody of staff types one: the checks of an import, and the record that is stored. Pure.

In: what was typed, and the tables that an import has too. Out: faults by field, all at once, or a record. That nobody
protects the person's address cannot be checked here: a named person says that they asked (`service.py`).
"""

from dataclasses import dataclass
from datetime import date

from outreach.errors import N_
from outreach.people.household import dwelling
from outreach.people.national_id import fault_of, parts_of
from outreach.people.person import PersonName
from outreach.people.postal_address import PostalAddress
from outreach.register.moves import RESIDENT, MoveVerdict
from outreach.register.person_record import Fate, PersonRecord
from outreach.register.problems import TEXTS
from outreach.register.register_row import Columns, ExtractContext, RegisterRow
from outreach.register.row_checks import FAULTS, RowChecker

_EARLIEST_BIRTH_YEAR = 1890
_FIELDS = Columns("national_id", "family_name", "birth_date", "", "postcode", "line", "")
_BIRTH_MISSING = N_("Skriv fødselsdatoen, eller fødselsåret hvis du ikke vet datoen.")
_BIRTH_YEAR_WRONG = N_("Skriv fødselsåret med fire siffer. Det kan ikke ligge fram i tid.")
_BIRTH_DIFFERS = N_("Fødselsnummeret og fødselsdatoen passer ikke sammen.")
_YEARS_DIFFER = N_("Fødselsåret er et annet enn i fødselsdatoen.")


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What was typed, cleaned. `national_id` is eleven digits or empty; of birth date and year one may be None."""

    name: PersonName
    birth_date: date | None
    birth_year: int | None
    address: PostalAddress
    national_id: str = ""

    @property
    def year(self) -> int | None:
        """Return the year of birth."""
        return self.birth_date.year if self.birth_date else self.birth_year


def faults_of(one: Addition, context: ExtractContext) -> list[tuple[str, str]]:
    """Return (field, untranslated text) of everything that is wrong with `one`, in no order."""
    found = [(problem.column, TEXTS[problem.code]) for problem in RowChecker(context).own_problems(_row(one))]
    # On the phone one can ask again, so a postcode that the table lacks is a fault here.
    return [*found, *_birth_faults(one, context), *_number_faults(one, context)]


def record_of(one: Addition, context: ExtractContext) -> PersonRecord:
    """Return what is stored of `one`, who has no faults. Who lives here counts as resident, not as moved in."""
    municipality = context.municipalities.fold(context.postcodes.municipality(one.address.postcode))
    lives_here = municipality == context.municipalities.own
    return PersonRecord(
        fate=Fate.KEEP,
        national_ids=(one.national_id,) if one.national_id else (),
        given_name=one.name.given,
        middle_name=one.name.middle,
        family_name=one.name.family,
        birth_date=one.birth_date,
        birth_year=one.year,
        status=RESIDENT,
        municipality=municipality,
        postcode=one.address.postcode,
        address=one.address,
        study_city=context.municipalities.study_city(municipality),
        dwelling=dwelling(street=one.address.lines[-1], postcode=one.address.postcode, number=""),
        verdict=MoveVerdict.NO_MOVE_DATE if lives_here else MoveVerdict.LIVES_ELSEWHERE,
        is_resident=lives_here,
    )


def _birth_faults(one: Addition, context: ExtractContext) -> list[tuple[str, str]]:
    if one.year is None:
        return [("birth_date", _BIRTH_MISSING)]
    if one.birth_date and one.birth_year and one.birth_date.year != one.birth_year:
        return [("birth_year", _YEARS_DIFFER)]
    is_possible = _EARLIEST_BIRTH_YEAR <= one.year <= context.today.year
    return [] if is_possible or one.birth_date else [("birth_year", _BIRTH_YEAR_WRONG)]


def _number_faults(one: Addition, context: ExtractContext) -> list[tuple[str, str]]:
    if not one.national_id:
        return []
    if fault := fault_of(one.national_id, synthetic_allowed=context.synthetic_allowed):
        return [("national_id", TEXTS[FAULTS[fault]])]
    parts = parts_of(one.national_id)
    is_theirs = one.year is None or parts.year_of_century == one.year % 100
    if one.birth_date:
        is_theirs = parts.may_be_born_on(one.birth_date)
    return [] if is_theirs else [("national_id", _BIRTH_DIFFERS)]


def _row(one: Addition) -> RegisterRow:
    return RegisterRow(
        row=1,
        national_ids=(),
        name=one.name,
        birth_date=one.birth_date,
        birth_year=one.year,
        status=RESIDENT,
        is_protected=False,
        municipality="",
        postcode=one.address.postcode,
        address=one.address,
        has_postal_address=False,
        dwelling=None,
        moved_on=None,
        stays=(),
        immigrations=(),
        came_from=None,
        problems=(),
        columns=_FIELDS,
    )
