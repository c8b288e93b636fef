"""Random lives, told by the register with all its noise, against a slow definition of moving in that looks day by day.

A life is a list of places with the day on which each begins. The slow definition asks for each day back from today
where the person lived, and knows nothing of entries, codes or how the rule works.
"""

import io
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.register import moves
from outreach.register.formats.extract import ReadOptions, open_extract
from outreach.register.moves import MOVED_IN, MoveDecision, MoveVerdict
from outreach.register.register_row import ExtractContext, RegisterRow
from tests.factories.people import national_number

TODAY = date(2026, 11, 2)
OWN = "3316"
ABROAD = "abroad"
UNBORN = "unborn"
BIRTH = date(1990, 4, 12)
NUMBER = national_number(BIRTH)
OLD_NUMBER = national_number(date(1991, 1, 1))
# Numbers that a municipality had: from which day on, newest last. Those without are the same throughout.
NUMBERS = {
    OWN: ((date.min, "0623"), (date(2020, 1, 1), "3047"), (date(2024, 1, 1), "3316")),
    "3301": ((date.min, "0602"), (date(2020, 1, 1), "3005"), (date(2024, 1, 1), "3301")),
    "0301": ((date.min, "0301"),),
    "4601": ((date.min, "1201"), (date(2020, 1, 1), "4601")),
}
STREETS = ("Storgata", "Fjellveien", "Elvegata")


@dataclass(frozen=True)
class Spell:
    """A time at one place: a municipality or ABROAD, and the street, "" when the residence is unknown."""

    since: date
    place: str
    street: str


def place_on(life: list[Spell], day: date) -> str:
    """Return where the person lived on `day`, by looking through the whole life."""
    here = [spell.place for spell in life if spell.since <= day]
    return here[-1] if here else UNBORN


def slowly(life: list[Spell]) -> tuple[date | None, str]:
    """Return since when the person has lived here without a break, and where before; None when never moved in."""
    day = TODAY
    if place_on(life, day) != OWN:
        return None, ""
    while place_on(life, day - timedelta(days=1)) == OWN:
        day -= timedelta(days=1)
    before = place_on(life, day - timedelta(days=1))
    return (None, "") if before == UNBORN else (day, before)


@st.composite
def lives(draw: st.DrawFn) -> list[Spell]:
    """Draw a life in which each spell lasts at least forty days, so that a late entry is not taken for another one."""
    count = draw(st.integers(1, 7))
    day = BIRTH if draw(st.booleans()) else date(2015, 1, 1)
    life: list[Spell] = []
    born_abroad = day != BIRTH
    if born_abroad:
        life.append(Spell(BIRTH, ABROAD, ""))
    for _ in range(count):
        place = draw(st.sampled_from((OWN, OWN, "3301", "0301", "4601", ABROAD)))
        if place == ABROAD and (not life or life[-1].place == ABROAD):
            place = OWN
        street = "" if place == ABROAD else draw(st.sampled_from((*STREETS, "")))
        if not life or (life[-1].place, life[-1].street) != (place, street):
            life.append(Spell(day, place, street))
        day += timedelta(days=draw(st.integers(40, 1500)))
        if day > TODAY:
            break
    return life


def told(draw: st.DrawFn, life: list[Spell]) -> dict[str, Any]:
    """Return the person document of `life`, with entries that are no moves, in any order."""
    homes: list[dict[str, Any]] = []
    arrivals: list[dict[str, Any]] = []
    for at, spell in enumerate(life):
        following = life[at + 1] if at + 1 < len(life) else None
        if spell.place == ABROAD:
            continue
        before = life[at - 1] if at else None
        if before and before.place == ABROAD:
            arrivals.append(_arrival(draw, spell.since))
        entries = _entries(draw, spell, following.since if following else TODAY, is_last=following is None)
        if following and following.place == ABROAD:
            entries[-1]["opphoerstidspunkt"] = f"{following.since}T00:00:00+01:00"
            if _is_followed(life, at) and draw(st.booleans()):
                del entries[-1]["opphoerstidspunkt"]  # then the move to Norway tells
        homes += entries
    numbers = [{"foedselsEllerDNummer": NUMBER, "status": "iBruk", "erGjeldende": True}]
    if draw(st.booleans()):
        numbers.insert(0, {"foedselsEllerDNummer": OLD_NUMBER, "status": "OPPHOERT", "erGjeldende": False})
    shared = {"vegadresse": _street(OWN, "Delt vei"), "adressegradering": "ugradert", "erGjeldende": True}
    return {
        "identifikasjonsnummer": numbers,
        "navn": [{"fornavn": "STILLE", "etternavn": "TIRSDAG", "erGjeldende": True}],
        "foedsel": [{"foedselsdato": BIRTH.isoformat(), "erGjeldende": True}],
        "status": [{"status": draw(st.sampled_from(("bosatt", "BOSATT"))), "erGjeldende": True}],
        "bostedsadresse": draw(st.permutations(homes)),
        "innflytting": arrivals,
        "deltBosted": [shared] if draw(st.booleans()) else [],
    }


def _is_followed(life: list[Spell], at: int) -> bool:
    return any(spell.place != ABROAD for spell in life[at + 1 :])


def _arrival(draw: st.DrawFn, since: date) -> dict[str, Any]:
    entered = since + timedelta(days=draw(st.integers(0, 31)))
    return {"fraflyttingsland": "SWE", "gyldighetstidspunkt": f"{entered}T00:00:00+01:00", "erGjeldende": True}


def _entries(draw: st.DrawFn, spell: Spell, until: date, *, is_last: bool) -> list[dict[str, Any]]:
    """Return the entries of one residence, oldest first: one for each number, and corrections."""
    days = [since for since, _ in NUMBERS[spell.place] if spell.since < since < until]
    # A newborn's first address may be dated some weeks after birth.
    late = draw(st.integers(0, 39)) if spell.since == BIRTH else 0
    told_since = spell.since + timedelta(days=late)
    entries = [_entry(spell, day, told_since) for day in (spell.since, *days)]
    if draw(st.booleans()):
        # First entered in a wrong municipality, then put right with the same date.
        wrong = Spell(spell.since, draw(st.sampled_from(tuple(NUMBERS))), "Feilveien")
        entries.insert(0, _entry(wrong, spell.since - timedelta(days=1), told_since))
    if spell.street and draw(st.booleans()):
        # A correction keeps the date of the move, or comes with one of its own at the same address, before the next
        # move: of two entries with the same date and the same stamp nobody could say which one holds.
        fixed = spell.since + timedelta(days=draw(st.integers(0, max(0, (until - spell.since).days - 1))))
        entries.append(_entry(spell, until, draw(st.sampled_from((told_since, max(told_since, fixed))))))
    if is_last:
        entries[-1]["erGjeldende"] = True
    return entries


def _entry(spell: Spell, number_day: date, moved: date) -> dict[str, Any]:
    number = next(number for since, number in reversed(NUMBERS[spell.place]) if since <= number_day)
    entry = {
        "erGjeldende": False,
        "adressegradering": "UGRADERT",
        "flyttedato": moved.isoformat(),
        "ajourholdstidspunkt": f"{number_day}T10:00:00+01:00",
    }
    if not spell.street:
        return {**entry, "ukjentBosted": {"bostedskommune": number}}
    return {**entry, "vegadresse": _street(number, spell.street)}


def _street(number: str, street: str) -> dict[str, Any]:
    town = {"postnummer": "3370", "poststedsnavn": "VIKERSUND"}
    return {"kommunenummer": number, "adressenavn": street, "adressenummer": {"husnummer": "1"}, "poststed": town}


Story = tuple[list[Spell], dict[str, Any]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a life and what the register tells of it."""
    life = draw(lives())
    return life, told(draw, life)


def decision_of(document: dict[str, Any], context: ExtractContext) -> MoveDecision:
    stream = io.BytesIO(json.dumps(document).encode())
    (row,) = open_extract(stream, ReadOptions(), context).rows
    assert isinstance(row, RegisterRow)
    assert row.problems == ()
    assert row.national_ids[0] == NUMBER
    return moves.decide(row, own=OWN)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
def test_the_rule_agrees_with_looking_day_by_day(context: ExtractContext, story: Story) -> None:
    life, document = story
    moved_in_on, before = slowly(life)
    decision = decision_of(document, context)
    assert decision.moved_in_on == moved_in_on
    assert decision.is_resident == (place_on(life, TODAY) == OWN)
    assert (decision.verdict in MOVED_IN) == (moved_in_on is not None)
    if moved_in_on and before == ABROAD:
        assert (decision.verdict, decision.moved_from) == (MoveVerdict.FROM_ABROAD, "SWE")
    elif moved_in_on:
        assert (decision.verdict, decision.moved_from) == (MoveVerdict.FROM_MUNICIPALITY, before)


def test_the_slow_definition_by_example() -> None:
    life = [
        Spell(BIRTH, "3301", "Storgata"),
        Spell(date(2020, 5, 1), OWN, "Storgata"),
        Spell(date(2024, 5, 1), OWN, ""),
    ]
    assert slowly(life) == (date(2020, 5, 1), "3301")
    assert slowly(life[1:2]) == (None, "")
    assert slowly(life[:1]) == (None, "")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives())
def test_a_table_agrees_when_the_last_move_was_the_one_in(context: ExtractContext, life: list[Spell]) -> None:
    last, before = life[-1], place_on(life, life[-1].since - timedelta(days=1))
    if last.place != OWN:
        return
    previous = {UNBORN: "", ABROAD: ""}.get(before, NUMBERS.get(before, ((date.min, ""),))[0][1])
    header = "Fnr;Navn;Født;Adresse;Postnr;Kommunenr;Flyttedato;Fraflyttet kommune;Fraflyttingsland;Gradering"
    country = "SWE" if before == ABROAD else ""
    cells = f"{NUMBER};Tirsdag, Stille;{BIRTH:%d.%m.%Y};Veien 1;3370;3316;{last.since:%d.%m.%Y};{previous};{country};"
    (row,) = open_extract(io.BytesIO(f"{header}\n{cells}\n".encode()), ReadOptions(), context).rows
    assert isinstance(row, RegisterRow)
    decision = moves.decide(row, own=OWN)
    assert decision.is_resident
    if before == OWN:
        assert decision.verdict is MoveVerdict.MOVED_WITHIN
    else:
        assert (decision.moved_in_on, before) == (slowly(life)[0], slowly(life)[1] or UNBORN)
