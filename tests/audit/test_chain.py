"""Edit, delete, swap, insert and cut tail are each found, on real rows, with an untouched trail as control."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlcipher3 import dbapi2 as sqlite

from outreach.audit import queries, service
from outreach.audit.actor import Actor
from outreach.audit.chain import FaultKind
from outreach.audit.models import AuditEntry, AuditLink
from outreach.database import db
from tests.conftest import NOW

STAFF = Actor("staff", 7)


@pytest.fixture
def trail(app: Flask) -> Iterator[list[int]]:
    """Return the ids of ten linked and anchored rows, in the order of the chain."""
    _forget_anchor()
    _record(10)
    _link()
    yield [link.entry_id for link in queries.links()]
    _forget_anchor()


def _forget_anchor() -> None:
    service._anchor_path().unlink(missing_ok=True)


def _record(count: int) -> None:
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        service.record(
            "event.change", subject_kind="event", subject_id=number, actor=Actor("staff", 7), now=at, n=number
        )
    db.session.commit()


def _link() -> int:
    head, count = service.link_due()
    db.session.commit()
    service.anchor(head)
    return count


def _delete_row_under_its_link(entry_id: int) -> None:
    """Delete as somebody with the database file, or its superuser, would: no foreign key stands in the way."""
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        raw = sqlite.connect(db.engine.url.database)
        raw.execute("delete from audit_entry where id = ?", [entry_id])
        raw.commit()
        raw.close()
        return
    db.session.execute(text("set local session_replication_role = replica"))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == entry_id))
    db.session.commit()


def _kinds() -> set[FaultKind]:
    return {fault.kind for fault in service.find_faults()}


def test_an_untouched_trail_is_whole(trail: list[int]) -> None:
    _record(3)
    assert service.find_faults() == []
    assert _link() == 3
    assert _link() == 0
    assert service.find_faults() == []
    assert queries.head().sequence == 13


@pytest.mark.parametrize(
    "change",
    [{"act": "event.cancel"}, {"actor_id": 8}, {"subject_id": 99}, {"details": "{}"}, {"at_utc": NOW - timedelta(1)}],
    ids=lambda change: next(iter(change)),
)
def test_an_edit_is_found(trail: list[int], change: dict[str, object]) -> None:
    db.session.execute(update(AuditEntry).where(AuditEntry.id == trail[4]).values(**change))
    db.session.commit()
    found = service.find_faults()
    assert [(fault.kind, fault.sequence, fault.entry_id) for fault in found] == [(FaultKind.EDITED, 5, trail[4])]


def test_an_edit_before_linking_is_found(trail: list[int]) -> None:
    _record(1)
    db.session.execute(update(AuditEntry).where(AuditEntry.id.not_in(trail)).values(act="event.other"))
    db.session.commit()
    assert _kinds() == {FaultKind.EDITED}
    _link()
    assert _kinds() == {FaultKind.EDITED}


def test_a_deleted_row_is_found(trail: list[int]) -> None:
    _delete_row_under_its_link(trail[4])
    assert [(fault.kind, fault.sequence) for fault in service.find_faults()] == [(FaultKind.MISSING, 5)]


def test_a_row_deleted_with_its_link_is_found(trail: list[int]) -> None:
    db.session.execute(delete(AuditLink).where(AuditLink.entry_id == trail[4]))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == trail[4]))
    db.session.commit()
    assert [(fault.kind, fault.sequence) for fault in service.find_faults()] == [(FaultKind.MISSING, 5)]


def test_a_gap_closed_by_renumbering_is_found(trail: list[int]) -> None:
    db.session.execute(delete(AuditLink).where(AuditLink.entry_id == trail[4]))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == trail[4]))
    for sequence in range(6, 11):
        db.session.execute(update(AuditLink).where(AuditLink.sequence == sequence).values(sequence=sequence - 1))
    db.session.commit()
    assert _kinds() == {FaultKind.MOVED, FaultKind.CUT}


def test_two_swapped_links_are_found(trail: list[int]) -> None:
    one, other = trail[2], trail[3]
    db.session.execute(delete(AuditLink).where(AuditLink.sequence.in_([3, 4])))
    db.session.add_all(AuditLink(sequence=at, entry_id=entry, mac=bytes(32)) for at, entry in ((3, other), (4, one)))
    db.session.commit()
    assert _kinds() == {FaultKind.MOVED}


def test_two_rows_with_swapped_contents_are_found(trail: list[int]) -> None:
    one, other = (db.session.get(AuditEntry, trail[at]) for at in (2, 3))
    assert one
    assert other
    columns = ("at_utc", "subject_id", "details", "mac")
    kept = [(getattr(one, name), getattr(other, name)) for name in columns]
    for name, (first, second) in zip(columns, kept, strict=True):
        setattr(one, name, second)
        setattr(other, name, first)
    db.session.commit()
    assert FaultKind.EDITED in _kinds()


def test_an_inserted_row_is_found_before_and_after_linking(trail: list[int]) -> None:
    copied = db.session.get(AuditEntry, trail[4])
    assert copied
    values = {column.name: getattr(copied, column.name) for column in AuditEntry.__table__.columns}
    db.session.add(AuditEntry(**{**values, "id": 12345}))
    db.session.commit()
    assert _kinds() == {FaultKind.EDITED}
    _link()
    assert _kinds() == {FaultKind.EDITED}


def test_a_link_inserted_without_the_key_is_found(trail: list[int]) -> None:
    db.session.execute(update(AuditLink).where(AuditLink.sequence == 10).values(sequence=11))
    service.record("event.change", subject_kind="event", actor=STAFF, now=NOW)
    db.session.flush()
    new = db.session.scalars(select(AuditEntry.id).where(AuditEntry.id.not_in(trail))).one()
    db.session.add(AuditLink(sequence=10, entry_id=new, mac=bytes(32)))
    db.session.commit()
    assert FaultKind.MOVED in _kinds()


@pytest.mark.parametrize("rows_too", [True, False])
def test_a_cut_tail_is_found_and_not_linked_over(trail: list[int], rows_too: bool) -> None:
    db.session.execute(delete(AuditLink).where(AuditLink.sequence > 7))
    if rows_too:
        db.session.execute(delete(AuditEntry).where(AuditEntry.id.in_(trail[7:])))
    db.session.commit()
    assert _kinds() == {FaultKind.CUT}
    _record(1)
    with pytest.raises(service.ChainBrokenError):
        service.link_due()


def test_without_its_anchor_a_cut_tail_would_not_show(trail: list[int]) -> None:
    """The control of the test above: it is the anchor that finds it, so a lost anchor is a fault of its own."""
    db.session.execute(delete(AuditLink).where(AuditLink.sequence > 7))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id.in_(trail[7:])))
    db.session.commit()
    _forget_anchor()
    assert _kinds() == {FaultKind.UNANCHORED}
    db.session.rollback()
    with pytest.raises(service.ChainBrokenError):
        service.link_due()


def test_an_accepted_head_is_anchored_and_written_in_the_trail(trail: list[int]) -> None:
    db.session.execute(delete(AuditLink).where(AuditLink.sequence > 7))
    db.session.execute(delete(AuditEntry).where(AuditEntry.id.in_(trail[7:])))
    head = service.accept_head(NOW)
    db.session.commit()
    service.anchor(head)
    assert _link() == 1
    assert service.find_faults() == []
    assert [entry.act for entry in queries.entries(offset=0, limit=99)].count("audit.accept_head") == 1


def test_the_anchor_is_readable_by_its_owner_alone(trail: list[int]) -> None:
    assert service._anchor_path().stat().st_mode & 0o777 == 0o600
