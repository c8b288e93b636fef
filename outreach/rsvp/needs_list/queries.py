"""The needs of all who come to an event, in one statement."""

from sqlalchemy import func, select

from outreach.database import db, unseal
from outreach.rsvp.answer import NeedKind, RsvpState
from outreach.rsvp.models import Need, Rsvp
from outreach.rsvp.needs_list.needs import NeedLine


def needs(event_id: int) -> list[NeedLine]:
    """Return every need of those who come, in order of answer, person and kind."""
    rows = db.session.execute(
        select(Need.id, Need.kind, Need.position, Need.text_sealed, Rsvp.persons, Rsvp.invitation_id)
        .join(Rsvp, Rsvp.id == Need.rsvp_id)
        .where(Rsvp.event_id == event_id, Rsvp.state == RsvpState.ATTENDING.value)
        .order_by(Rsvp.id, Need.position, Need.kind)
    )
    return [
        NeedLine(
            kind=NeedKind(row.kind),
            text=unseal(row.text_sealed, column="need.text_sealed", row_id=row.id) or "",
            persons=1 if row.position else row.persons,
            invitation_id=row.invitation_id,
        )
        for row in rows
    ]


def counts(event_id: int) -> dict[NeedKind, int]:
    """Return how many of the parties that come have each kind of need; their words are not opened."""
    wanted = (
        select(Need.kind, func.count(Need.rsvp_id.distinct()))
        .join(Rsvp, Rsvp.id == Need.rsvp_id)
        .where(Rsvp.event_id == event_id, Rsvp.state == RsvpState.ATTENDING.value)
        .group_by(Need.kind)
        .order_by(Need.kind)
    )
    return {NeedKind(kind): number for kind, number in db.session.execute(wanted)}
