"""Writes one household's message of a mailing at hand-over, or says why it must not leave any more.

All that was true when it was queued is looked at again: paused or called off, answered or cancelled meanwhile,
protected, erased, asked us not to write. The address itself is looked at by the worker.
"""

import json
from dataclasses import dataclass

from outreach.accounts.queries import user_by_id
from outreach.database import unseal
from outreach.errors import NotFoundError
from outreach.events.event import State as EventState
from outreach.events.models import Event
from outreach.events.queries import by_id as event_by_id
from outreach.invitations.invitation import State as InvitationState
from outreach.invitations.models import Invitation
from outreach.invitations.personal_link import invitation_url
from outreach.invitations.queries import code_of
from outreach.mailings import queries
from outreach.mailings.audiences.service import audience_of, occasion
from outreach.mailings.composing.queries import event_of, invitation_of
from outreach.mailings.fields import Own, field_values
from outreach.mailings.groups import channel_of, reason_of
from outreach.mailings.languages import language_name
from outreach.mailings.mailing import MAY_LEAVE, OUTREACH, TOPIC, Kind, State, Text
from outreach.mailings.models import Mailing
from outreach.mailings.recipients.queries import group_now
from outreach.mailings.written import Written, version_for, write
from outreach.messages.composers import MessageRow, Withheld
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates
from outreach.messages.sms import ComposedSms
from outreach.messages.writing.markdown_text import styled
from outreach.messages.writing.placeholders import chosen, faults, filled
from outreach.outbox.states import Channel, Reason
from outreach.rsvp import queries as rsvp
from outreach.rsvp.answer import Guest
from outreach.rsvp.invitation_page import Household
from outreach.surveys.queries import survey_url
from outreach.tickets.ticket import ticket_url
from outreach.web.headers import settings_of_app
from outreach.web.languages import LANGUAGES

TEST_KIND = "mailing_test"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ckb", "dv", "yi"})
_PARAGRAPH = "margin:0 0 16px"
_STYLES = {
    "p": _PARAGRAPH,
    "ul": "margin:0 0 16px;padding:0 0 0 24px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 4px",
    "h2": "margin:24px 0 8px;font-size:22px;line-height:1.3",
    "h3": "margin:20px 0 8px;font-size:19px;line-height:1.3",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #b8bdc4",
}


@dataclass(frozen=True)
class HouseholdMessage:
    """What one household gets, and where to."""

    written: Written
    email: str
    mobile: str


def compose(row: MessageRow) -> ComposedEmail | ComposedSms | Withheld:
    """Return the message of an outbox row, or why it must not leave any more. Raises UnfilledError."""
    references = json.loads(row.references_json)
    mailing = queries.by_id(references["mailing_id"])
    if mailing is None or mailing.event_id is None:
        return Withheld(Reason.ERASED)
    event, channel = event_by_id(mailing.event_id), Channel(row.channel)
    reason = _reason_against(mailing, event, references["invitation_id"], channel)
    if reason:
        return Withheld(reason)
    message = message_of(mailing, event, references["invitation_id"], language=row.language)
    return composed(message, mailing, event, channel)


def composed(
    message: HouseholdMessage, mailing: Mailing, event: Event, channel: Channel
) -> ComposedEmail | ComposedSms:
    """Return `message` as it travels by `channel`."""
    kind = Kind(mailing.kind)
    if channel is Channel.SMS:
        return ComposedSms(to=message.mobile, text=message.written.sms, is_outreach=kind in OUTREACH, topic=TOPIC)
    topic = TOPIC if kind in OUTREACH else ""
    return email_around(message.written, kind, to=message.email, title=event.title, topic=topic)


def compose_test(row: MessageRow) -> ComposedEmail | Withheld:
    """Return the test that a member of staff asked for: made-up names, links to the event's public page."""
    references = json.loads(row.references_json)
    mailing, user = queries.by_id(references["mailing_id"]), user_by_id(references["user_id"])
    if mailing is None or user is None or user.is_disabled:
        return Withheld(Reason.ERASED)
    event = event_by_id(mailing.event_id) if mailing.event_id is not None else None
    written = sample(mailing, event, row.language)
    kind, title = Kind(mailing.kind), event.title if event else ""
    own_url = f"{settings_of_app().public_url}/kontaktpunkt" if event is None else ""
    return email_around(written, kind, to=user.email, title=title, own_url=own_url, is_test=True)


def message_of(mailing: Mailing, event: Event, invitation_id: int, *, language: str) -> HouseholdMessage:
    """Return what one household of the event gets, in `language` or the version that is next to it.

    Raises NotFoundError for an invitation to another event, UnfilledError when a value is missing.
    """
    invitation = invitation_of(event.id, invitation_id)
    if invitation is None or invitation.state != InvitationState.ACTIVE:
        raise NotFoundError
    household = rsvp.household(invitation_id)
    text = version_for(texts_of(mailing), language)
    own = _own(event, invitation, household, Kind(mailing.kind))
    site = settings_of_app()
    values = field_values(occasion(mailing, event), own, text.language)
    answer = household.rsvp
    return HouseholdMessage(
        written=write(text, values, is_one=own.is_one, own_origin=site.public_url),
        email=(unseal(answer.email_sealed, column="rsvp.email_sealed", row_id=answer.id) if answer else "") or "",
        mobile=(unseal(answer.mobile_sealed, column="rsvp.mobile_sealed", row_id=answer.id) if answer else "") or "",
    )


def sample(mailing: Mailing, event: Event | None, language: str) -> Written:
    """Return the mailing as made-up people would read it. Raises UnfilledError when a value is missing."""
    text = version_for(texts_of(mailing), language)
    values = audience_of(mailing, event).sample_values(text.language)
    return write(text, values, is_one=event is None, own_origin=settings_of_app().public_url)


def subjects_of(mailing: Mailing, event: Event | None) -> list[tuple[str, str, str]]:
    """Return language, its name and the subject as it is read, of each version; one with a hole as it is written."""
    found = []
    for text in texts_of(mailing):
        values = audience_of(mailing, event).sample_values(text.language)
        subject = chosen(text.subject, is_one=event is None)
        is_whole = not faults(subject, language=text.language, known=values, values=values)
        found.append((text.language, language_name(text.language), filled(subject, values) if is_whole else subject))
    return found


def email_around(
    written: Written,
    kind: Kind,
    *,
    to: str,
    title: str = "",
    topic: str = "",
    own_url: str = "",
    is_test: bool = False,
) -> ComposedEmail:
    """Return the e-mail around what was written: with why they get it and how to say no.

    `title`: what the event is called. `own_url`: the page on which the reader of a newsletter changes and signs off.
    """
    values = {
        "written": written,
        "body_html": styled(written.html, _STYLES),
        "language": written.language,
        "text_direction": "rtl" if written.language in _RIGHT_TO_LEFT else "ltr",
        "title": title,
        "is_newsletter": kind is Kind.NEWSLETTER,
        "was_invited_only": kind is Kind.REMINDER,
        "own_url": own_url,
        "is_test": is_test,
    }
    footer = written.language if written.language in LANGUAGES else "en"
    return email_from_templates("mailing", to=to, language=footer, values=values, topic=topic)


def texts_of(mailing: Mailing) -> list[Text]:
    """Return the language versions of `mailing` as values, in the order in which they are shown."""
    return [Text(text.language, text.subject, text.body, text.sms) for text in mailing.texts]


def reason_of_mailing(mailing: Mailing, event: Event) -> Reason | None:
    """Return why nothing of `mailing` may leave now, or None."""
    if mailing.state == State.PAUSED:
        return Reason.PAUSED
    if State(mailing.state) not in MAY_LEAVE:
        return Reason.CALLED_OFF
    if event.state != EventState.PUBLISHED:
        return Reason.EVENT_CANCELLED
    return None


def reason_of_move(event_id: int, invitation_id: int) -> Reason | None:
    """Return why nothing about the event may go to a household that is asked to another one now, or None."""
    now_at = event_of(invitation_id)
    return None if now_at in (None, event_id) else Reason.SWAPPED


def _reason_against(mailing: Mailing, event: Event, invitation_id: int, channel: Channel) -> Reason | None:
    reason = reason_of_mailing(mailing, event) or reason_of_move(event.id, invitation_id)
    if reason:
        return reason
    group = group_now(invitation_id, Kind(mailing.kind), (channel,))
    return None if channel_of(group) is channel else reason_of(group)


def _own(event: Event, invitation: Invitation, household: Household, kind: Kind) -> Own:
    site = settings_of_app()
    asked = _addressed(household, kind)
    brought = household.rsvp.brought.persons if household.rsvp and kind is not Kind.REMINDER else 0
    ticket = household.rsvp.ticket_code if household.rsvp else ""
    return Own(
        first_names=tuple(guest.first_name for guest in asked if guest.first_name),
        is_one=len(asked) + brought == 1,
        invitation_url=invitation_url(site.public_url, code_of(invitation.selector, invitation.generation)),
        ticket_url=ticket_url(site.public_url, ticket) if ticket else "",
        survey_url=survey_url(event, ticket) if ticket else "",
    )


def _addressed(household: Household, kind: Kind) -> list[Guest]:
    """Return whom the message greets: those who owe an answer, or those who come; everybody when it is none of them."""
    if kind is Kind.REMINDER:
        chosen = [guest for guest in household.guests if guest.is_coming is None]
    else:
        chosen = [guest for guest in household.guests if guest.is_coming]
    return chosen or list(household.guests)
