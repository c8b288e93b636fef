"""Two invitations of one person in a series, moved to the same event at once."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.database import db
from outreach.formats.short_code import INVITATION, new_selector
from outreach.invitations.models import Invitation, Invitee
from tests.factories.rsvp import make_household, token_of
from tests.factories.series import make_series
from tests.pages import mark_of


@pytest.mark.parametrize("_again", range(3))
def test_one_gets_there_and_the_other_is_told_why(app: Flask, client: FlaskClient, _again: int) -> None:
    oslo, bergen, trondheim = make_series(10, 10, 10)
    first = make_household(oslo, ("Ola",))
    second = Invitation(event_id=bergen.id, selector=new_selector(INVITATION), created_at_utc=clock.now_utc())
    second.invitees.append(Invitee(event_id=bergen.id, person_id=first.invitees[0].person_id, position=1))
    db.session.add(second)
    db.session.commit()
    mark = mark_of(client)
    fields, statuses = {"csrf_token": mark, "event": str(trondheim.id)}, []
    tokens, together, there = (token_of(first), token_of(second)), threading.Barrier(2), trondheim.id
    db.session.remove()

    def swap(token: str) -> None:
        together.wait(10)
        statuses.append(app.test_client().post(f"/i/{token}/sted", data=fields).status_code)

    threads = [threading.Thread(target=swap, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [303, 409]
    assert db.session.scalar(select(func.count()).where(Invitee.event_id == there).select_from(Invitee)) == 1
