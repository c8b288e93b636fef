"""A full event for the pages: a household that waits, one that is asked, one that let its offer end, one let in."""

from datetime import timedelta
from typing import Any

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.invitations.models import Invitation
from outreach.rsvp import service
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.models import WaitPlace
from outreach.rsvp.waitlist.override import Reason
from outreach.rsvp.waitlist.queue_order import PlaceState
from outreach.rsvp.waitlist.taking import service as taking
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of

_BIG = ("Mai", "Tor", "Unni", "Geir")


def waiting_households(**place: Any) -> dict[str, str]:
    """Make the event at `place` and its waiting list; return what stands in the addresses."""
    event = make_event(slug="kakefest", title="Kakefest", capacity=4, **place)
    first, second, let_in, big = (make_household(event, names) for names in (("Eli",), ("Ove",), ("Liv",), _BIG))
    for invitation in (first, second):
        give_answer(invitation, answer_for(invitation, True, extra_children=1))
    silent, asked = make_household(event, ("Per", "Ada")), make_household(event, ("Siv", "Odd"))
    for invitation in (silent, big, asked, let_in):
        _join(invitation)
    service.cancel(first, NOW - timedelta(days=6))
    waitlist.tend(event.id, NOW)
    taking.let_in(let_in, Reason.PROMISED, actor=COMMAND, now=NOW)
    db.session.commit()
    named = {big.id: PlaceState.WAITING, asked.id: PlaceState.OFFERED, silent.id: PlaceState.EXPIRED}
    states = {place.invitation_id: PlaceState(place.state) for place in db.session.query(WaitPlace)}
    assert named.items() <= states.items(), states
    return _split(**place) | {
        "slug_waiting": event.slug,
        "waits": token_of(big),
        "waits_id": str(big.id),
        "offered": token_of(asked),
        "offer_expired": token_of(silent),
    }


def _split(**place: Any) -> dict[str, str]:
    """Make an event with one wheelchair place that is taken; return who waits for it, and who has yet to answer."""
    event = make_event(
        slug="laavekveld", title="Låvekveld", capacity=40, capacity_children=3, capacity_wheelchairs=1, **place
    )
    wheels = (NeedWish(NeedKind.WHEELCHAIR),)
    first, second = make_household(event, ("Eli",)), make_household(event, ("Ove", "Mai"))
    give_answer(first, answer_for(first, True, needs=wheels, extra_children=1))
    join_queue(second, answer_for(second, True, True, needs=wheels), now=NOW - timedelta(days=2))
    asked = make_event(
        slug="fjoskveld", title="Fjøskveld", capacity=40, capacity_children=1, capacity_wheelchairs=1, **place
    )
    return {
        "slug_split": event.slug,
        "waits_wheels": token_of(second),
        "many_children": token_of(make_household(asked)),
    }


def _join(invitation: Invitation) -> None:
    everybody = [True] * len(invitation.invitees)
    join_queue(invitation, answer_for(invitation, *everybody), now=NOW - timedelta(days=7))
