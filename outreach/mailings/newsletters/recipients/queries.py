"""The people of the contact point by group of a newsletter: one row for each, compiled from `choice.rules`.

An address is here once (a unique constraint on its keyed hash), so nobody gets two. A wish that stands under a hash of
an older key is not seen here; the worker, who has the address in its hand, sees it and withholds.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, false, func, literal, or_, select

from outreach.contact_point.models import SignUp, SignUpInterest
from outreach.contact_point.queries import has_yes
from outreach.contact_point.sign_up import NEWS_TOPIC, Purpose
from outreach.database import db
from outreach.mailings.groups import Group
from outreach.mailings.mailing import Kind, outbox_kind
from outreach.mailings.newsletters.choice import Choice, rules
from outreach.messages.models import Suppression
from outreach.messages.suppression import UNREACHABLE, binding_purposes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel

_RECIPIENT: ColumnElement[str] = func.concat("sign_up:", SignUp.id)


def counts(choice: Choice, channels: Sequence[Channel], *, purpose: str = "") -> Counter[Group]:
    """Return how many people are in each group now; they add up to all who signed up."""
    inner = _grouped(choice, channels, purpose).subquery()
    wanted = select(inner.c.grouping, func.count()).group_by(inner.c.grouping).order_by(inner.c.grouping)
    return Counter({Group(group): number for group, number in db.session.execute(wanted)})


def members(choice: Choice, channels: Sequence[Channel], group: Group, *, purpose: str = "") -> list[int]:
    """Return the sign-ups that are in `group` now, by id."""
    inner = _grouped(choice, channels, purpose).subquery()
    return list(db.session.scalars(select(inner.c.id).where(inner.c.grouping == group.value).order_by(inner.c.id)))


def to_queue(mailing_id: int, choice: Choice, channels: Sequence[Channel], group: Group) -> Select[Any]:
    """Return the SELECT of what `outbox.campaigns.service.queue_selected` takes, for the people in `group`."""
    inner = _grouped(choice, channels, "").subquery()
    references = func.concat(f'{{"mailing_id": {mailing_id}, "sign_up_id": ', inner.c.id, "}")
    return select(
        func.concat("sign_up:", inner.c.id).label("recipient"), inner.c.language, references.label("references_json")
    ).where(inner.c.grouping == group.value)


def group_now(sign_up_id: int, choice: Choice, channels: Sequence[Channel]) -> Group:
    """Return the group that one person is in now, whether or not they are in the mailing; ERASED when they are gone."""
    inner = _grouped(choice, channels, "").where(SignUp.id == sign_up_id).subquery()
    found = db.session.scalar(select(inner.c.grouping).order_by(inner.c.id))
    return Group(found) if found else Group.ERASED


def _grouped(choice: Choice, channels: Sequence[Channel], purpose: str) -> Select[Any]:
    facts = _facts(choice, purpose)
    decided = case(
        *((facts[name], literal(group.value)) for group, name in rules(channels)),
        else_=literal(Group.OTHER_CHANNEL.value),
    )
    return select(SignUp.id.label("id"), SignUp.language.label("language"), decided.label("grouping"))


def _facts(choice: Choice, purpose: str) -> dict[str, ColumnElement[bool]]:
    stopping = binding_purposes(outbox_kind(Kind.NEWSLETTER), is_outreach=True, topic=NEWS_TOPIC) - {UNREACHABLE}
    return {
        "is_in_mailing": exists().where(OutboxMessage.purpose == purpose, OutboxMessage.recipient == _RECIPIENT),
        "said_no_yes": ~has_yes(Purpose.NEWS),
        "is_not_chosen": _is_not_chosen(choice),
        "is_suppressed": _is_under(stopping),
        "is_dead": _is_under({UNREACHABLE}),
        "wants_email": SignUp.channel == Channel.EMAIL.value,
        "wants_sms": SignUp.channel == Channel.SMS.value,
    }


def _is_not_chosen(choice: Choice) -> ColumnElement[bool]:
    other_city = SignUp.city.not_in(list(choice.cities)) if choice.cities else false()
    wants = exists().where(SignUpInterest.sign_up_id == SignUp.id, SignUpInterest.interest.in_(list(choice.interests)))
    return or_(other_city, ~wants.correlate(SignUp) if choice.interests else false())


def _is_under(purposes: Collection[str]) -> ColumnElement[bool]:
    found = exists().where(Suppression.subject_hash == SignUp.contact_hash, Suppression.purpose.in_(sorted(purposes)))
    return found.correlate(SignUp)
