"""An import of the made-up municipality finds what the people's stories say, in every format."""

import io
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.demo.expected import Expected
from outreach.demo.extract_writers import ExtractFormat, write_extract
from outreach.demo.population import households
from outreach.people.models import Person
from outreach.register import service
from outreach.register.formats.extract import ReadOptions

AS_OF = date(2026, 11, 2)
SINCE = date(2025, 11, 2)
PEOPLE = 2_500


def imported(app: Flask, kind: ExtractFormat) -> tuple[service.ImportResult, Expected]:
    stream, expected = io.BytesIO(), Expected(since=SINCE, until=AS_OF)
    everybody = expected.watch(households(people=PEOPLE, seed=7, as_of=AS_OF))
    write_extract(everybody, stream, kind=kind, as_of=AS_OF, encoding="utf-8-sig")
    stream.seek(0)
    settings = app.extensions["treffpunkt.settings"]
    context = service.context_for(settings, as_of=AS_OF, today=AS_OF)
    act = service.Act(as_of=AS_OF, actor=COMMAND, now=datetime(2026, 11, 2, 11, tzinfo=UTC))
    return service.import_extract(stream, options=ReadOptions(), context=context, act=act), expected


def has_moved_in() -> tuple[ColumnElement[bool], ...]:
    return (Person.moved_in_on.between(SINCE, AS_OF), Person.is_resident)


@pytest.mark.parametrize("kind", list(ExtractFormat))
def test_an_import_finds_those_who_moved_in_and_leaves_out_the_protected(app: Flask, kind: ExtractFormat) -> None:
    result, expected = imported(app, kind)
    counts = expected.counts
    assert (result.summary.rows, result.summary.accepted) == (PEOPLE, PEOPLE)
    assert result.counts.protected == counts["protected"]
    assert result.counts.deceased == counts["deceased"]
    wanted = counts["moved_in"] if kind is ExtractFormat.NDJSON else counts["moved_in_by_table"]
    assert db.session.scalar(select(func.count()).select_from(Person).where(*has_moved_in())) == wanted


def test_an_import_groups_the_newcomers_into_the_households_they_came_as(app: Flask) -> None:
    _result, expected = imported(app, ExtractFormat.NDJSON)
    found = db.session.scalar(select(func.count(Person.household_id.distinct())).where(*has_moved_in()))
    assert found == expected.counts["moved_in_households"]


def test_no_canary_is_stored_in_any_name(app: Flask) -> None:
    imported(app, ExtractFormat.NDJSON)
    names = {person.family_name for person in db.session.scalars(select(Person).order_by(Person.id))}
    assert len(names) > 100
    assert not any("kanari" in name.casefold() for name in names if name)
