"""Use cases of opportunities: post, change, approve, refuse, take down. Never commits.

What a partner changes waits for staff again: what is public is always what somebody here has read.
"""

from datetime import date, datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.database.downward import announce
from outreach.partners.models import Opportunity
from outreach.partners.opportunities import queries
from outreach.partners.opportunity import MOST_OPEN, OpportunityDetails, State, TooManyOpenError, deadline

SUBJECT = "opportunity"


def post(organisation_id: int, details: OpportunityDetails, *, actor: Actor, now: datetime, today: date) -> Opportunity:
    """Keep an offer until staff approve it. Raises TooManyOpenError, PastDeadlineError, FarDeadlineError."""
    if queries.count_open(organisation_id, today) >= MOST_OPEN:
        raise TooManyOpenError
    row = Opportunity(organisation_id=organisation_id, made_at_utc=now, state=State.WAITING.value)
    _fill(row, details, today)
    db.session.add(row)
    return _changed(row, "opportunity.post", actor=actor, now=now)


def change(row: Opportunity, details: OpportunityDetails, *, actor: Actor, now: datetime, today: date) -> None:
    """Keep what was changed; it waits for staff again. Raises PastDeadlineError, FarDeadlineError."""
    _fill(row, details, today)
    row.state, row.why, row.decided_at_utc, row.decided_by_id = State.WAITING.value, "", None, None
    _changed(row, "opportunity.change", actor=actor, now=now)


def approve(row: Opportunity, *, actor: Actor, now: datetime, today: date) -> None:
    """Show an offer to guests until its last day. Raises PastDeadlineError: that day has passed."""
    deadline(row.apply_by, today)
    _decide(row, State.APPROVED, "", actor=actor, now=now)


def refuse(row: Opportunity, why: str, *, actor: Actor, now: datetime) -> None:
    """Keep an offer from guests; the partner reads why."""
    _decide(row, State.REFUSED, why, actor=actor, now=now)


def take_down(row: Opportunity, *, actor: Actor, now: datetime) -> None:
    """Show an offer no more."""
    row.state = State.CLOSED.value
    _changed(row, "opportunity.take_down", actor=actor, now=now)


def _decide(row: Opportunity, state: State, why: str, *, actor: Actor, now: datetime) -> None:
    row.state, row.why, row.decided_at_utc, row.decided_by_id = state.value, why, now, actor.id
    _changed(row, "opportunity.decide", actor=actor, now=now, state=state.value)


def _fill(row: Opportunity, details: OpportunityDetails, today: date) -> None:
    row.kind, row.title, row.text, row.place = details.kind.value, details.title, details.text, details.place
    row.apply_by, row.link = deadline(details.apply_by, today), details.link


def _changed(row: Opportunity, act: str, *, actor: Actor, now: datetime, **more: str) -> Opportunity:
    row.changed_at_utc = now
    db.session.flush()
    record(act, subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now, **more)
    announce("partner_changed", organisation_id=row.organisation_id, now=now)
    return row
