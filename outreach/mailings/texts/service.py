"""Use cases of a mailing's texts. Never commits."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.mailings.composing.service import TEST_KIND
from outreach.mailings.faults import TextFaultsError
from outreach.mailings.models import Mailing
from outreach.mailings.service import checked
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel


def queue_test(mailing: Mailing, *, user_id: int, actor: Actor, now: datetime) -> int:
    """Queue a test in each language to the member of staff who asks; return how many. Raises TextFaultsError."""
    if checked(mailing, None).has_faults:
        raise TextFaultsError
    made = outbox.queue(
        (
            NewMessage(
                purpose=f"mailing-test:{mailing.id}:{int(now.timestamp())}:{text.language}",
                recipient=f"staff:{user_id}",
                channel=Channel.EMAIL,
                kind=TEST_KIND,
                language=text.language,
                references={"mailing_id": mailing.id, "user_id": user_id},
                event_id=mailing.event_id,
            )
            for text in mailing.texts
        ),
        now,
    )
    record("mailing.test", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, messages=made)
    return made
