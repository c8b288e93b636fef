"""Lets a confirmed sign-up count: it becomes an invitation and takes its seats as any answer does, or goes by the
queue. Never commits.

Of two confirmations of one address at once, the unique constraint picks one; the other then changes what that one
made, as somebody does who fills in the form again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.errors import UnavailableError
from outreach.invitations.invitation import State
from outreach.invitations.models import Invitation
from outreach.invitations.queries import InvitationGoneError
from outreach.invitations.service import code_of
from outreach.invitations.signing_up import service as signing_up
from outreach.messages.service import address_hash, address_hashes
from outreach.outbox import service as outbox
from outreach.rsvp import queries as answers
from outreach.rsvp import service as answering
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.answer import recipient as answer_recipient
from outreach.rsvp.open_sign_up import queries
from outreach.rsvp.open_sign_up.models import OpenParty, OpenRequest
from outreach.rsvp.open_sign_up.open_form import Party, party_from_json
from outreach.rsvp.open_sign_up.service import recipient
from outreach.rsvp.waitlist.taking import service as taking


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation made: the code of the party's own page, and where it stands."""

    code: str
    state: RsvpState


def confirm(request: OpenRequest, *, now: datetime, is_refused: bool = False) -> Confirmed:
    """Let what waited count, and return the party's code. `is_refused`: it does not fit, so it goes by the queue.

    Raises EventFullError when it does not fit, NoOpenSignUpError when the event is not open any more,
    InvitationGoneError when staff took the party's invitation back.
    """
    party, event = party_from_json(request.details or ""), queries.event_of(request)
    if not queries.is_open_for_all(event, now.astimezone(OSLO).date()):
        raise queries.NoOpenSignUpError
    invitation = _invitation(event.id, party, now)
    given = party.answer([guest.invitee_id for guest in answers.guests(invitation.id)])
    store = taking.wait if is_refused else answering.answer
    outcome = store(invitation, given, now=now, language=party.language)
    _forget_requests(event.id, party, rsvp_id=outcome.rsvp_id)
    record("open_sign_up.confirm", subject_kind="invitation", subject_id=invitation.id, actor=GUEST, now=now)
    return Confirmed(code_of(invitation), outcome.state)


def _invitation(event_id: int, party: Party, now: datetime) -> Invitation:
    """Return the party's invitation: there already, and named anew, or made now."""
    found = queries.invitation_of(event_id, party.email)
    if found is None:
        made = signing_up.make(event_id, party.names, language=party.language, now=now)
        known = {"event_id": event_id, "invitation_id": made.id, "contact_hash": address_hash(party.email)}
        if insert_if_free(OpenParty, id=new_id(), **known):
            return made
        raise UnavailableError
    if found.state != State.ACTIVE:
        raise InvitationGoneError
    answers.locked(found.id)
    signing_up.rename(found, party.names)
    return found


def _forget_requests(event_id: int, party: Party, *, rsvp_id: int) -> None:
    """Erase what waited to be confirmed; the messages that asked for it go with the answer now."""
    ids = queries.request_ids_of(event_id, address_hashes(party.email))
    outbox.readdress(map(recipient, ids), answer_recipient(rsvp_id))
    db.session.execute(
        delete(OpenRequest).where(OpenRequest.id.in_(ids)), execution_options={"synchronize_session": False}
    )
