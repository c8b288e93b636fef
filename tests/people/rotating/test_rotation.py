"""A new register key: everything is brought under it, nobody is lost, and a run that dies is made good."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import create_app
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.checkin.choices import service as choosing
from outreach.checkin.in_charge.in_charge import InCharge, phone_of
from outreach.checkin.in_charge.queries import in_charge_of
from outreach.database import KeyedHash, db, new_id
from outreach.database.keys import KeyRing
from outreach.database.sealed import key_ring
from outreach.invitations.queries import suppressed
from outreach.messages.models import Suppression
from outreach.messages.queries import purposes_against
from outreach.messages.service import address_hash, suppress
from outreach.people.models import Household, Person, ProtectedIdentity
from outreach.people.rotating import queries as rotating
from outreach.retention.models import ContactMemory
from outreach.settings import Settings
from tests.factories.events import make_event
from tests.factories.people import table_row
from tests.people.rotating.extracts import ANNE, BJORN, CILLE, DAG, EMIL, NOW, extract, load, rotate

pytestmark = pytest.mark.own_database
ROOT = Path(__file__).parents[3]
# Hashes of what is no person and no extract, or of what is gone in hours or with its event.
NOT_WRAPPED = {
    "attempt_counter.subject_hash",
    "door_device.token_hash",
    "door_pairing.secret_hash",
    "letter_batch.content_hash",
    "mailing.content_hash",
    "open_request.token_hash",
    "scan.ticket_hash",
    "sign_up_request.token_hash",
    "used_ballot.ballot_hash",
    "staff_session.token_hash",
    "staff_user.password_hash",
}


def fill(app: Flask) -> None:
    load(app, extract())
    suppress(key_ring().identity_hash(CILLE), source="guest", now=NOW)
    suppress(address_hash("Cille@gjest.example"), source="guest", now=NOW)
    event = make_event()
    for number in (CILLE, EMIL):
        values = {"event_id": event.id, "year": 2026, "has_attended": False}
        db.session.add(ContactMemory(id=new_id(), identity_hash=key_ring().identity_hash(number), **values))
    db.session.commit()


def person(number: str) -> Person | None:
    hashes = key_ring().identity_candidates(number)
    found: Person | None = db.session.scalar(select(Person).where(Person.identity_hash.in_(hashes)))
    return found


def everybody() -> dict[int, int | None]:
    db.session.expire_all()
    return dict(db.session.execute(select(Person.id, Person.household_id).order_by(Person.id)).all())  # type: ignore[arg-type]


def test_the_same_extract_after_a_new_key_finds_everybody_again(app: Flask) -> None:
    fill(app)
    before, names = everybody(), sorted(one.full_name for one in db.session.scalars(select(Person)))
    rotate(app)
    assert rotating.stale_counts(key_ring()) == {}
    assert sorted(one.full_name for one in db.session.scalars(select(Person))) == names
    trial = load(app, extract(), is_dry_run=True).counts
    assert (trial.new, trial.changed, trial.unchanged, trial.protected) == (0, 0, 4, 1)
    again = load(app, extract()).counts
    assert (again.new, again.changed, again.unchanged, again.protected) == (0, 0, 4, 1)
    assert everybody() == before
    assert person(DAG) is None


def test_who_asked_not_to_be_written_to_stays_so_before_and_after_being_seen_again(app: Flask) -> None:
    fill(app)
    for _ in range(3):
        cille = person(CILLE)
        assert cille is not None
        assert list(db.session.scalars(suppressed(1))) == [cille.id]
        candidates = key_ring().keyed_candidates("address", "cille@gjest.example")
        assert purposes_against(candidates) == ["all"]
        rotate(app)
        assert list(db.session.scalars(suppressed(1))) == [cille.id]
        load(app, extract())


def test_who_is_not_in_the_register_any_more_is_known_when_coming_back(app: Flask) -> None:
    """Emil is remembered and Cille has asked not to be written to; neither is in the register when the key changes."""
    fill(app)
    db.session.execute(db.delete(Person))
    db.session.commit()
    rotate(app)
    rotate(app)
    load(app, [*extract(), table_row(EMIL, Adresse="Nygata 4", Fødselsdato="12.04.1990")])
    cille, emil = person(CILLE), person(EMIL)
    assert cille is not None
    assert emil is not None
    assert list(db.session.scalars(suppressed(1))) == [cille.id]
    remembered = db.session.scalars(select(ContactMemory.identity_hash)).all()
    assert {cille.identity_hash, emil.identity_hash} == set(remembered)


def test_a_tombstone_still_suppresses_and_can_still_be_lifted(app: Flask) -> None:
    fill(app)
    rotate(app)
    rotate(app)
    rows = extract()
    rows[3] = {**rows[3], "Gradering": ""}
    old = [{**row, "Gradering": "nei"} for row in rows]
    assert load(app, old, days=-1).counts.protected == 1
    assert person(DAG) is None
    assert load(app, rows, days=1).counts.protected == 0
    assert person(DAG) is not None
    assert db.session.scalars(select(ProtectedIdentity)).all() == []


def test_whoever_is_seen_again_needs_no_old_key(app: Flask) -> None:
    fill(app)
    rotate(app)
    load(app, extract())
    newest = f"{key_ring().register_keys[0].key_id}:"
    for column in (Person.identity_hash, Person.weak_hash, Person.dwelling_hash, Person.content_hash):
        assert all(value is None or value.startswith(newest) for value in db.session.scalars(select(column)))
    assert all(
        value.removeprefix("weak:").startswith(newest)
        for value in db.session.scalars(select(ProtectedIdentity.identity_hash))
    )


def test_a_newcomer_joins_a_household_whose_hash_an_older_key_made(app: Flask) -> None:
    fill(app)
    rotate(app)
    child = table_row(EMIL, Fornavn="Emil", Bolignr="", Adresse="Bakkegata 3", Fødselsdato="12.04.1990")
    load(app, [*extract()[2:], child], days=1)
    emil = person(EMIL)
    load(app, [*extract(), child], days=2)
    db.session.expire_all()
    assert emil is not None
    assert person(ANNE).household_id == person(EMIL).household_id == person(BJORN).household_id  # type: ignore[union-attr]


def test_the_new_key_is_the_owners_alone_and_the_act_is_audited(app: Flask, tmp_path: Path) -> None:
    fill(app)
    out = rotate(app)
    held = (tmp_path / "register_key").read_text(encoding="ascii").strip()
    assert [part.split(":")[0] for part in held.split(",")] == ["2", "1"]
    assert stat.S_IMODE((tmp_path / "register_key").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".register_key*"))
    assert "Nøkkel 2 er i bruk." in out
    assert held.split(",")[0].split(":")[1] not in out
    acts = db.session.scalars(select(AuditEntry.act)).all()
    assert "key.rotate" in acts


def test_keys_from_the_environment_are_changed_there(app: Flask, environ: dict[str, str]) -> None:
    given = {**environ, "REGISTER_KEY": f"7:{'a' * 64}"}
    other = create_app(Settings.from_env(given))
    with other.app_context():
        result = other.test_cli_runner().invoke(args=["people", "rotate-key"])
        db.session.remove()
        db.engine.dispose()
    assert result.exit_code == 1
    assert "REGISTER_KEY kommer fra miljøet" in result.output
    assert "8:NY" in result.output


def test_a_running_process_follows_the_new_key(app: Flask, environ: dict[str, str]) -> None:
    fill(app)
    running = create_app(Settings.from_env(environ))
    rotate(app)
    with running.app_context():
        assert person(ANNE).full_name == "Anne Sofapute"  # type: ignore[union-attr]
        assert key_ring().register_keys[0].key_id == 2
        db.session.remove()
        db.engine.dispose()


def test_a_run_that_is_killed_changes_nothing_and_the_next_one_ends_it(app: Flask, environ: dict[str, str]) -> None:
    fill(app)
    before = everybody()
    first = key_ring().register_keys[0].key_id
    db.session.commit()
    command = [sys.executable, "-m", "flask", "people", "rotate-key"]
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    assert " …" in running.stderr.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()
    db.session.rollback()
    waiting = rotating.stale_counts(key_ring())
    assert {"person.identity_hash", "person.content_hash", "suppression.subject_hash"} <= set(waiting)
    assert key_ring().register_keys[0].key_id == first + 1
    assert load(app, extract(), is_dry_run=True).counts.unchanged == 4
    assert list(db.session.scalars(suppressed(1))) == [person(CILLE).id]  # type: ignore[union-attr]
    rotate(app)
    assert key_ring().register_keys[0].key_id == first + 1
    assert rotating.stale_counts(key_ring()) == {}
    assert load(app, extract()).counts.unchanged == 4
    assert everybody() == before


def test_every_stored_hash_of_a_person_is_wrapped() -> None:
    wrapped = {f"{column.table.name}.{column.name}" for column in rotating.hash_columns()}
    stored = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_hash")
    }
    assert stored - wrapped == NOT_WRAPPED
    assert all(isinstance(column.type, KeyedHash) for column in rotating.hash_columns())


def test_every_generation_of_a_number_is_a_candidate() -> None:
    keys = [f"{number}:{str(number) * 64}" for number in (1, 2, 3)]
    rings = [KeyRing(secret_key="s" * 32, register_key=",".join(reversed(keys[:count]))) for count in (1, 2, 3)]
    newest = rings[-1]
    stored = rings[0].identity_hash(ANNE)
    wrapped = rings[1].wrapped(stored)
    twice = newest.wrapped(wrapped)
    made = [stored, wrapped, twice, rings[1].identity_hash(ANNE), newest.identity_hash(ANNE)]
    assert set(made) <= set(newest.identity_candidates(ANNE))
    assert [value.split(":")[0] for value in made] == ["1", "1.2", "1.2.3", "2", "3"]
    assert newest.identity_candidates(ANNE)[0] == newest.identity_hash(ANNE)
    assert newest.wrapped(twice) == twice
    assert newest.wrapped("test:1") == "test:1"
    assert newest.wrapped(f"weak:{stored}") == f"weak:{newest.wrapped(stored)}"
    assert set(newest.identity_candidates(ANNE)).isdisjoint(newest.identity_candidates(BJORN))
    content = rings[1].wrapped(rings[0].keyed_hash("content", "x"))
    assert newest.is_hash_of(content, "content", "x")
    assert not newest.is_hash_of(content, "content", "y")
    assert not rings[0].is_hash_of(content, "content", "x")


def test_suppressions_of_two_generations_are_one_wish(app: Flask) -> None:
    fill(app)
    rotate(app)
    suppress(address_hash("cille@gjest.example"), source="guest", now=NOW)
    db.session.commit()
    rotate(app)
    assert len(db.session.scalars(select(Suppression)).all()) == 3
    assert db.session.scalars(select(Household)).all()


def test_who_is_in_charge_at_the_doors_is_read_with_the_new_key(app: Flask) -> None:
    """Its row is named by the event, not by an id of its own."""
    event, kari = make_event(), InCharge("Kari", phone_of("912 34 567"))
    choosing.put_in_charge(event, kari, actor=COMMAND, now=NOW)
    db.session.commit()
    number = event.id
    rotate(app)
    assert rotating.stale_counts(key_ring()) == {}
    assert in_charge_of(number) == kari
