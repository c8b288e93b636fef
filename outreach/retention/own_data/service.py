"""What a household has given us by its own pages: told to who has its code, and erased when it asks (GDPR art. 15-20).

A letter may be in wrong hands, so what the register knows, names beyond the first and addresses, is never told here:
who wants that asks us, and says who they are. Who signed up themselves are nowhere else: for them this is all there is.
"""

from datetime import datetime
from typing import Any

from outreach.audit.actor import GUEST
from outreach.audit.service import record
from outreach.invitations import queries as invitations
from outreach.invitations.models import Invitation
from outreach.questions import erasure as questions
from outreach.rsvp.given import service as answers
from outreach.rsvp.open_sign_up import erasure as open_sign_up


def given(invitation: Invitation) -> dict[str, Any]:
    """Return everything that a household has given us, and what came of it."""
    return {**answers.given(invitation), "questions": questions.export_of_invitation(invitation.id)}


def erase_given(invitation: Invitation, *, now: datetime) -> None:
    """Cancel, if that can still be done, and erase what the household has given us.

    An invitation of ours stays, and what the register knows of its people until their time is over; who signed up
    themselves go altogether.
    """
    invitations.hold(invitation.id)
    questions.erase_of_invitation(invitation.id, now=now)
    if invitation.is_signed_up:
        open_sign_up.erase_own(invitation, now=now)
        return
    answers.cancel_and_erase(invitation, now=now)
    record("rsvp.erase_own", subject_kind="invitation", subject_id=invitation.id, actor=GUEST, now=now)
