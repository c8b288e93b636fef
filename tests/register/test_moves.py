"""The moved-in rule, case by case, and against a slow definition of its own on random lives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.people.person import PersonName
from outreach.register.moves import MOVED_IN, MoveVerdict, decide
from outreach.register.register_row import CameFrom, Columns, Immigration, RegisterRow, Stay

OWN, DRAMMEN, OSLO = "3316", "3301", "0301"
BIRTH = date(1990, 4, 12)
COLUMNS = Columns("", "", "", "", "", "", "")


def row(
    *stays: Stay,
    birth: date | None = BIRTH,
    status: str = "bosatt",
    immigrations: tuple[Immigration, ...] = (),
    came_from: CameFrom | None = None,
    moved_on: date | None = None,
    number: str = "",
) -> RegisterRow:
    current = next((stay.municipality for stay in stays if stay.is_current), OWN if came_from else "")
    return RegisterRow(
        row=1,
        national_ids=(number,) if number else (),
        name=PersonName("Åse", "", "Lien"),
        birth_date=birth,
        birth_year=birth.year if birth else None,
        status=status,
        is_protected=False,
        municipality=current,
        postcode="",
        address=None,
        has_postal_address=False,
        dwelling=None,
        moved_on=moved_on,
        stays=stays,
        immigrations=immigrations,
        came_from=came_from,
        problems=(),
        columns=COLUMNS,
    )


def stay(since: str | None, municipality: str = OWN, key: str = "", *, now: bool = False, ended: bool = False) -> Stay:
    day = date.fromisoformat(since) if since else None
    return Stay(day, municipality, key or f"{municipality} {since}", now, ended)


CASES = {
    "from another municipality": (
        row(stay("2010-01-01", DRAMMEN), stay("2026-03-01", now=True)),
        (MoveVerdict.FROM_MUNICIPALITY, "2026-03-01", DRAMMEN),
    ),
    "within, counted from when the person came": (
        row(stay("2010-01-01", DRAMMEN), stay("2015-01-01"), stay("2026-03-01", now=True)),
        (MoveVerdict.FROM_MUNICIPALITY, "2015-01-01", DRAMMEN),
    ),
    "born here and moved within": (
        row(stay("1990-04-12"), stay("2026-03-01", now=True)),
        (MoveVerdict.BORN_HERE, None, ""),
    ),
    "renumbered: same date and address": (
        row(stay("2008-08-01", key="a"), stay("2008-08-01", key="a"), stay("2008-08-01", key="a", now=True)),
        (MoveVerdict.FROM_UNKNOWN, "2008-08-01", ""),
    ),
    "corrected: same address, later date": (
        row(stay("2000-01-01", DRAMMEN), stay("2008-08-01", key="a"), stay("2026-08-01", key="a", now=True)),
        (MoveVerdict.FROM_MUNICIPALITY, "2008-08-01", DRAMMEN),
    ),
    "border moved: other municipality on the same date": (
        row(stay("1990-04-12", DRAMMEN), stay("1990-04-12", now=True)),
        (MoveVerdict.BORN_HERE, None, ""),
    ),
    "came back": (
        row(stay("2000-01-01"), stay("2012-01-01", OSLO), stay("2026-05-01", now=True)),
        (MoveVerdict.FROM_MUNICIPALITY, "2026-05-01", OSLO),
    ),
    "in and out again": (
        row(stay("2010-01-01", DRAMMEN), stay("2026-01-01"), stay("2026-08-01", DRAMMEN, now=True)),
        (MoveVerdict.LIVES_ELSEWHERE, None, ""),
    ),
    "immigrated, no earlier address": (
        row(stay("2026-05-20", now=True), immigrations=(Immigration(date(2026, 5, 20), "POL"),)),
        (MoveVerdict.FROM_ABROAD, "2026-05-20", "POL"),
    ),
    "came back from abroad to where the person lived before": (
        row(
            stay("2000-01-01", key="a", ended=True),
            stay("2026-05-20", key="a", now=True),
            immigrations=(Immigration(date(2026, 5, 21), "DNK"),),
        ),
        (MoveVerdict.FROM_ABROAD, "2026-05-20", "DNK"),
    ),
    "immigrated to another address here, the old one not marked as ended": (
        row(
            stay("2000-01-01"),
            stay("2026-05-20", now=True),
            immigrations=(Immigration(date(2026, 5, 18), "DNK"),),
        ),
        (MoveVerdict.FROM_ABROAD, "2026-05-20", "DNK"),
    ),
    "immigrated long ago and moved within": (
        row(
            stay("2015-01-01"),
            stay("2026-03-01", now=True),
            immigrations=(Immigration(date(2015, 1, 10), "POL"),),
        ),
        (MoveVerdict.FROM_ABROAD, "2015-01-01", "POL"),
    ),
    "newborn": (row(stay("2026-05-02", now=True), birth=date(2026, 5, 2)), (MoveVerdict.BORN_HERE, None, "")),
    "newborn, address entered later": (
        row(stay("2026-06-20", now=True), birth=date(2026, 5, 2)),
        (MoveVerdict.BORN_HERE, None, ""),
    ),
    "infant who moved with the family": (
        row(stay("2026-05-02", DRAMMEN), stay("2026-06-20", now=True), birth=date(2026, 5, 2)),
        (MoveVerdict.FROM_MUNICIPALITY, "2026-06-20", DRAMMEN),
    ),
    "no predecessor, not born here": (
        row(stay("2026-06-20", now=True)),
        (MoveVerdict.FROM_UNKNOWN, "2026-06-20", ""),
    ),
    "unknown residence before": (
        row(stay("2020-01-01", ""), stay("2026-06-20", now=True)),
        (MoveVerdict.FROM_UNKNOWN, "2026-06-20", ""),
    ),
    "no date at all": (row(stay(None, now=True)), (MoveVerdict.NO_MOVE_DATE, None, "")),
    "dead": (row(stay("2026-01-05", now=True), status="doed"), (MoveVerdict.DEAD, None, "")),
    "temporary number": (row(status="midlertidig"), (MoveVerdict.NOT_RESIDENT, None, "")),
    "no residence": (row(), (MoveVerdict.NO_RESIDENCE, None, "")),
    "table: from a municipality": (
        row(came_from=CameFrom(DRAMMEN, ""), moved_on=date(2026, 3, 1)),
        (MoveVerdict.FROM_MUNICIPALITY, "2026-03-01", DRAMMEN),
    ),
    "table: within": (
        row(came_from=CameFrom(OWN, ""), moved_on=date(2026, 3, 1)),
        (MoveVerdict.MOVED_WITHIN, None, ""),
    ),
    "table: empty previous municipality": (
        row(came_from=CameFrom("", ""), moved_on=date(2026, 3, 1)),
        (MoveVerdict.FROM_ABROAD, "2026-03-01", ""),
    ),
    "table: empty, born on the date": (
        row(came_from=CameFrom("", ""), moved_on=BIRTH),
        (MoveVerdict.BORN_HERE, None, ""),
    ),
    "table: empty, born on the date by the number alone": (
        row(came_from=CameFrom("", ""), moved_on=BIRTH, birth=None, number="12849022499"),
        (MoveVerdict.BORN_HERE, None, ""),
    ),
    "table: from a country on the birth date": (
        row(came_from=CameFrom("", "Polen"), moved_on=BIRTH),
        (MoveVerdict.FROM_ABROAD, "1990-04-12", "Polen"),
    ),
    "table: no date": (row(came_from=CameFrom("", "")), (MoveVerdict.NO_MOVE_DATE, None, "")),
}


@pytest.mark.parametrize("name", CASES)
def test_decides(name: str) -> None:
    person, (verdict, moved_in_on, moved_from) = CASES[name]
    decision = decide(person, own=OWN)
    assert decision.verdict == verdict
    assert decision.moved_in_on == (date.fromisoformat(moved_in_on) if moved_in_on else None)
    assert decision.moved_from == moved_from
    assert (decision.moved_in_on is not None) == (verdict in MOVED_IN)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[tuple[date, str]], list[Stay]]:
    """Return a life as (date, municipality) of each real move, and the register's entries of it in any order."""
    count = draw(st.integers(1, 6))
    days = sorted(draw(st.lists(st.integers(400, 13_000), min_size=count, max_size=count, unique=True)))
    moves = [(BIRTH + timedelta(days=day), draw(st.sampled_from([OWN, OWN, DRAMMEN, OSLO]))) for day in days]
    entries = []
    for position, (since, municipality) in enumerate(moves):
        is_current = position == len(moves) - 1
        # Renumbering and corrections write the same residence again, with the date unchanged.
        for echo in range(draw(st.integers(0, 2))):
            entries.append(Stay(since, municipality, f"{position}", False, updated=f"{echo}"))
        entries.append(Stay(since, municipality, f"{position}", is_current, updated="9"))
    return moves, draw(st.permutations(entries))


@given(lives())
def test_holds_against_a_slow_definition(life: tuple[list[tuple[date, str]], list[Stay]]) -> None:
    moves, entries = life
    decision = decide(row(*entries), own=OWN)
    if moves[-1][1] != OWN:
        assert decision.verdict == MoveVerdict.LIVES_ELSEWHERE
        return
    arrivals = [
        (since, moves[position - 1][1] if position else "")
        for position, (since, municipality) in enumerate(moves)
        if municipality == OWN and (position == 0 or moves[position - 1][1] != OWN)
    ]
    assert (decision.moved_in_on, decision.moved_from) == arrivals[-1]
