"""An audit row goes in with the act or not at all, and holds no personal text."""

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import GUEST, Actor
from outreach.audit.models import AuditEntry
from outreach.audit.service import record
from outreach.database import db
from tests.conftest import NOW


def test_a_row_holds_who_did_what_to_which_record(app: Flask) -> None:
    record("rsvp.answer", subject_kind="rsvp", subject_id=5, actor=GUEST, now=NOW, persons=3, excluded={"by_hand": 2})
    db.session.commit()
    row = db.session.scalars(select(AuditEntry)).one()
    assert (row.actor_kind, row.act, row.at_utc) == ("guest", "rsvp.answer", NOW)
    assert (row.subject_kind, row.subject_id) == ("rsvp", 5)
    assert row.details == '{"excluded":{"by_hand":2},"persons":3}'


def test_a_row_is_gone_when_the_act_is_undone(app: Flask) -> None:
    record("rsvp.answer", subject_kind="rsvp", actor=GUEST, now=NOW)
    db.session.flush()
    db.session.rollback()
    assert db.session.scalars(select(AuditEntry)).all() == []


PERSONAL = ["Kari Nordmann", "kari@modum.example", "Storgata 3", "x" * 121, {"navn": ["Åse"]}, 1.5]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_text_is_refused(app: Flask, text: object) -> None:
    with pytest.raises(ValueError, match="neither a reference nor a count"):
        record("people.look", subject_kind="person", actor=Actor("staff", 1), now=NOW, name=text)
