"""A feed on a real database: who is marked, who is erased, and that reading it again changes nothing."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import Person, ProtectedIdentity
from outreach.register.feed.service import FeedResult, apply_feed
from outreach.register.formats.extract import ReadOptions
from outreach.register.problems import BrokenJsonError, Code, NoEventAcceptedError, NotPersonsError
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act, import_extract
from tests.factories.people import national_number, ndjson, person_document, residence

EXTRACTS = Path(__file__).parents[2] / "extracts"
ACT = Act(as_of=date(2026, 11, 2), actor=COMMAND, now=datetime(2026, 11, 3, 11, 0, tzinfo=UTC))
ANNE, BJORN, CILLE, DAG, STRANGER = (national_number(date(1990, 4, 12), serial) for serial in range(5))
Apply = Callable[..., FeedResult]


def event(number: str, type_name: str, *, sequence: int = 1, at: str = "2026-11-03T09:15:00.123+01:00") -> Any:
    facts = {"folkeregisteridentifikator": number, "hendelsetype": type_name, "ajourholdstidspunkt": at}
    return {"sekvensnummer": sequence, "hendelse": facts}


@pytest.fixture
def load(app: Flask, context: ExtractContext) -> Callable[[], None]:
    def run(act: Act = ACT) -> None:
        lines = ndjson([person_document(number, residence("2026-03-01")) for number in (ANNE, BJORN, CILLE, DAG)])
        surroundings = replace(context, as_of=act.as_of)
        import_extract(io.BytesIO(lines.encode()), options=ReadOptions(), context=surroundings, act=act)
        db.session.commit()

    return run


@pytest.fixture
def apply(context: ExtractContext, load: Callable[[], None]) -> Apply:
    load()

    def run(*events: Any, act: Act = ACT) -> FeedResult:
        stream = io.BytesIO(json.dumps(list(events)).encode())
        result = apply_feed(stream, options=ReadOptions(), context=context, act=act)
        db.session.commit()
        db.session.expunge_all()
        return result

    return run


def person(number: str) -> Person | None:
    wanted = select(Person).where(Person.identity_hash == key_ring().identity_hash(number))
    found: Person | None = db.session.scalar(wanted)
    return found


def state(number: str) -> tuple[str, bool, bool]:
    found = person(number)
    assert found is not None
    return found.status, found.is_resident, found.is_held_back


def test_marks_the_dead_the_emigrated_and_those_who_may_have_moved(apply: Apply) -> None:
    result = apply(
        event(ANNE, "personErDoed", sequence=5),
        event(BJORN, "personErUtflyttet", sequence=9),
        event(CILLE, "endringIBostedsadresse", sequence=7),
        event(DAG, "endringIBostedsadresseUtenFlytting"),
        event(STRANGER, "endringIBostedsadresse"),
    )
    assert (state(ANNE), state(BJORN)) == (("doed", False, False), ("utflyttet", False, False))
    assert (state(CILLE), state(DAG)) == (("bosatt", True, True), ("bosatt", True, False))
    assert (result.deceased, result.emigrated, result.held_back, result.last_sequence) == (1, 1, 1, 9)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "register.feed")).one()
    assert "protected" not in entry.details


def test_an_unknown_type_holds_the_person_back(apply: Apply) -> None:
    apply(event(ANNE, "noeHeltNytt"))
    assert state(ANNE) == ("bosatt", True, True)


def test_protection_erases_and_suppresses_until_an_extract_shows_the_person_again(
    apply: Apply, load: Callable[..., None]
) -> None:
    result = apply(event(ANNE, "endringIAdressebeskyttelse"), event(STRANGER, "endringIAdressebeskyttelse"))
    assert person(ANNE) is None
    assert (result.protected, result.held_back) == (2, 1)
    assert db.session.scalar(select(func.count(ProtectedIdentity.id))) == 2
    load(replace(ACT, as_of=date(2026, 11, 10)))
    assert state(ANNE) == ("bosatt", True, False)
    assert db.session.scalar(select(func.count(ProtectedIdentity.id))) == 1


def test_reading_a_feed_again_changes_nothing(apply: Apply) -> None:
    events = (
        event(ANNE, "personErDoed"),
        event(BJORN, "personErUtflyttet"),
        event(CILLE, "endringIBostedsadresse"),
        event(DAG, "endringIAdressebeskyttelse"),
    )
    apply(*events)
    before = [state(number) for number in (ANNE, BJORN, CILLE)]
    again = apply(*events)
    assert [state(number) for number in (ANNE, BJORN, CILLE)] == before
    assert (again.deceased, again.emigrated) == (0, 0)
    assert db.session.scalar(select(func.count(ProtectedIdentity.id))) == 1


def test_a_fresh_extract_releases_and_an_old_event_then_holds_nobody(apply: Apply, load: Callable[..., None]) -> None:
    moved = event(ANNE, "endringIBostedsadresse")
    apply(moved)
    assert state(ANNE) == ("bosatt", True, True)
    load(replace(ACT, as_of=date(2026, 11, 10)))
    assert state(ANNE) == ("bosatt", True, False)
    assert apply(moved).held_back == 0
    assert state(ANNE) == ("bosatt", True, False)


def test_a_trial_counts_and_changes_nothing(apply: Apply) -> None:
    trial = replace(ACT, is_dry_run=True)
    result = apply(event(ANNE, "personErDoed"), event(BJORN, "endringIAdressebeskyttelse"), act=trial)
    assert (result.deceased, result.protected) == (1, 1)
    assert (state(ANNE), state(BJORN)) == (("bosatt", True, False), ("bosatt", True, False))


def test_collects_the_problems_of_all_events(apply: Apply) -> None:
    result = apply(event(ANNE, "personErDoed"), event("12345678901", "personErDoed"), "tull", {"hendelse": 7})
    found = [(problem.row, problem.column, problem.code) for problem in result.problems]
    assert found == [
        (2, "hendelse.folkeregisteridentifikator", Code.NATIONAL_ID_INVALID),
        (3, "hendelse", Code.NOT_AN_EVENT),
        (4, "hendelse", Code.NOT_AN_EVENT),
    ]
    assert (result.rows, result.accepted, result.rejected) == (4, 1, 3)


def test_the_published_sample_is_read_and_its_numbers_are_refused(app: Flask, context: ExtractContext) -> None:
    with (EXTRACTS / "knowit-hendelser.json").open("rb") as stream:
        result = apply_feed(stream, options=ReadOptions(), context=context, act=ACT)
    assert result.rows == result.rejected > 5
    with pytest.raises(NoEventAcceptedError):
        result.refuse_fruitless()


def test_our_own_sample_is_accepted_whole(app: Flask, context: ExtractContext) -> None:
    with (EXTRACTS / "hendelser-feed.json").open("rb") as stream:
        result = apply_feed(stream, options=ReadOptions(), context=context, act=ACT)
    assert (result.rejected, result.last_sequence) == (0, 900026)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (ndjson([person_document(ANNE)]), NotPersonsError),
        ('[{"sekvensnummer": 1, "hendelse": {"hendelsetype": "personErDoed"', BrokenJsonError),
    ],
)
def test_refuses_what_is_no_feed(app: Flask, context: ExtractContext, content: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        apply_feed(io.BytesIO(content.encode()), options=ReadOptions(), context=context, act=ACT)


def test_no_extract_from_before_an_event_undoes_it(apply: Apply, load: Callable[[Act], None]) -> None:
    apply(
        event(ANNE, "personErDoed"),
        event(BJORN, "endringIBostedsadresse"),
        event(CILLE, "endringIAdressebeskyttelse"),
    )
    load(ACT)  # counts as the newest, and shows all of them as they were the day before
    assert state(ANNE) == ("doed", False, False)
    assert state(BJORN) == ("bosatt", True, True)
    assert person(CILLE) is None
    assert state(DAG) == ("bosatt", True, False)


def test_an_extract_from_after_an_event_is_believed(apply: Apply, load: Callable[[Act], None]) -> None:
    apply(event(BJORN, "endringIBostedsadresse"), event(CILLE, "endringIAdressebeskyttelse"))
    load(replace(ACT, as_of=date(2026, 11, 3), now=datetime(2026, 11, 3, 13, 0, tzinfo=UTC)))
    assert state(BJORN) == ("bosatt", True, False)
    assert person(CILLE) is None, "of the very day: it may be from before the event"
    load(replace(ACT, as_of=date(2026, 11, 4), now=datetime(2026, 11, 4, 11, 0, tzinfo=UTC)))
    assert person(CILLE) is not None
