"""Use cases of a mailing before it is sent: make, write, check, ask for release, release, take back. Never commits.

A release is of a text and an event as they are; the hash is taken when release is asked for and held against what is
there when somebody releases it, and again when it begins to be sent (`sending/service.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.events.models import Event
from outreach.mailings import queries
from outreach.mailings.audiences.service import asks_register, audience_of
from outreach.mailings.checking import Checked, check
from outreach.mailings.composing.service import texts_of
from outreach.mailings.faults import (
    MailingChangedError,
    MailingStateError,
    NobodyReachedError,
    OwnMailingError,
    PastTimeError,
    TextFaultsError,
    UnknownMailingError,
)
from outreach.mailings.fields import OWN_PAGE, SURVEY
from outreach.mailings.groups import REACHED
from outreach.mailings.mailing import (
    CHANNELS,
    Kind,
    Note,
    State,
    Text,
    channels_in,
    content_hash,
    may_follow,
    new_reference,
    ways_text,
)
from outreach.mailings.models import Mailing, MailingText
from outreach.mailings.newsletters.choice import EVERYBODY, Choice
from outreach.mailings.wording import first_texts
from outreach.outbox.states import Channel
from outreach.web.headers import settings_of_app


@dataclass(frozen=True)
class Draft:
    """What staff write: texts, channels in order of fallback, the survey's address, if KRR is asked, for whom."""

    texts: tuple[Text, ...]
    channels: tuple[Channel, ...]
    survey_url: str = ""
    asks_register: bool = False
    choice: Choice = EVERYBODY


def create(event: Event | None, kind: Kind, *, actor: Actor, now: datetime) -> Mailing:
    """Make a draft of `kind` with the texts that it begins with; a newsletter is of no event."""
    mailing = Mailing(
        event_id=event.id if event else None,
        kind=kind.value,
        wave=queries.next_wave(event.id if event else None, kind),
        state=State.DRAFT.value,
        note="",
        reference=new_reference(),
        channels=ways_text(CHANNELS, asks_register=False),
        survey_url="",
        cities="",
        interests="",
        made_by_id=actor.id,
        made_at_utc=now,
        content_hash="",
        household_count=0,
        counts_json="",
    )
    db.session.add(mailing)
    is_in_series = event is not None and event.series_id is not None
    _put(mailing, _fitting(event, first_texts(kind, is_in_series=is_in_series)))
    db.session.flush()
    record(
        "mailing.create", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, event_id=mailing.event_id
    )
    return mailing


def save(mailing: Mailing, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """Keep what was written. Raises MailingStateError unless the mailing is a draft."""
    _require(mailing, State.DRAFT)
    mailing.channels = ways_text(draft.channels, asks_register=draft.asks_register)
    mailing.survey_url = draft.survey_url
    mailing.cities, mailing.interests = draft.choice.words
    mailing.note = ""
    _put(mailing, draft.texts)
    db.session.flush()
    record("mailing.change", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now)


def draft_of(mailing: Mailing) -> Draft:
    """Return what is written now."""
    choice = Choice.of(mailing.cities, mailing.interests)
    return Draft(tuple(texts_of(mailing)), channels_of(mailing), mailing.survey_url, asks_register(mailing), choice)


def channels_of(mailing: Mailing) -> tuple[Channel, ...]:
    """Return the channels of `mailing` in the order of fallback."""
    return channels_in(mailing.channels)


def checked(mailing: Mailing, event: Event | None, draft: Draft | None = None) -> Checked:
    """Return what is to be said of the texts of `draft`, or of what is written now."""
    draft = draft or draft_of(mailing)
    kind, site = Kind(mailing.kind), settings_of_app()
    asked = {SURVEY: draft.survey_url} if kind is Kind.THANKS and draft.survey_url else {}
    about = audience_of(mailing, event)
    return check(
        draft.texts,
        known=about.fields,
        values={text.language: {**about.sample_values(text.language), **asked} for text in draft.texts},
        names=(*about.names, site.organisation_name, site.municipality_name),
        own_origin=site.public_url,
        needs_sms=Channel.SMS in draft.channels,
        sms_must_have=OWN_PAGE if kind is Kind.NEWSLETTER else "",
    )


def hash_now(mailing: Mailing, event: Event | None, *, is_switched: bool = False) -> str:
    """Return the hash of what would be sent if it were sent now, or with KRR on where it is off (`is_switched`)."""
    return content_hash(
        Kind(mailing.kind),
        texts_of(mailing),
        channels=channels_of(mailing),
        survey_url=mailing.survey_url,
        revision=audience_of(mailing, event).revision,
        asks_register=asks_register(mailing) is not is_switched,
    )


def ask(
    mailing: Mailing, event: Event | None, *, scheduled_at_utc: datetime | None, actor: Actor, now: datetime
) -> bool:
    """Make `mailing` ready to be sent at `scheduled_at_utc`, or at once; say whether another person must release it.

    Raises MailingStateError, TextFaultsError, NobodyReachedError, PastTimeError, NotYetError, EventNotOnError,
    ExtractTooOldError.
    """
    _require(mailing, State.DRAFT)
    if scheduled_at_utc is not None and scheduled_at_utc <= now:
        raise PastTimeError
    audience = audience_of(mailing, event)
    audience.refuse_time(scheduled_at_utc or now)
    audience.refuse_old_extract(now)
    if checked(mailing, event).has_faults:
        raise TextFaultsError
    number = reached(mailing)
    if not number:
        raise NobodyReachedError
    needs_release: bool = number > settings_of_app().release_above_households
    mailing.scheduled_at_utc, mailing.household_count, mailing.note = scheduled_at_utc, number, ""
    mailing.content_hash = hash_now(mailing, event)
    mailing.asked_by_id, mailing.asked_at_utc = actor.id, now
    move(mailing, State.ASKED if needs_release else State.RELEASED)
    if not needs_release:
        mailing.released_by_id, mailing.released_at_utc = actor.id, now
    db.session.flush()
    record("mailing.ask", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, households=number)
    return needs_release


def reached(mailing: Mailing) -> int:
    """Return how many households, or people, `mailing` reaches by its channels now."""
    found = audience_of(mailing).counts(channels_of(mailing))
    return sum(found[group] for group in REACHED)


def release(mailing: Mailing, event: Event | None, *, actor: Actor, now: datetime) -> None:
    """Release `mailing` as a second person. Twice is as once.

    Raises OwnMailingError, MailingStateError, MailingChangedError, and what `ask` raises for time and extract.
    """
    if actor.id in (mailing.made_by_id, mailing.asked_by_id):
        raise OwnMailingError
    if mailing.state in (State.RELEASED, State.SENDING, State.DONE) and mailing.released_by_id:
        return
    _require(mailing, State.ASKED)
    if mailing.content_hash != hash_now(mailing, event):
        raise MailingChangedError
    audience = audience_of(mailing, event)
    audience.refuse_time(max(mailing.scheduled_at_utc or now, now))
    audience.refuse_old_extract(now)
    mailing.released_by_id, mailing.released_at_utc = actor.id, now
    move(mailing, State.RELEASED)
    db.session.flush()
    record(
        "mailing.release",
        subject_kind="mailing",
        subject_id=mailing.id,
        actor=actor,
        now=now,
        households=mailing.household_count,
    )


def release_by_reference(reference: str, *, actor: Actor, now: datetime) -> Mailing:
    """Release the mailing that has `reference`. Raises UnknownMailingError, and as `release`."""
    mailing_id = queries.id_by_reference(reference)
    if mailing_id is None:
        raise UnknownMailingError(reference=reference)
    mailing = queries.held(mailing_id)
    release(mailing, None, actor=actor, now=now)
    return mailing


def take_back(mailing: Mailing, *, actor: Actor, now: datetime, note: Note = Note.NONE) -> None:
    """Make a draft again of what was asked for or released and is not begun. Raises MailingStateError."""
    _require(mailing, State.ASKED, State.RELEASED)
    mailing.state, mailing.note, mailing.content_hash = State.DRAFT.value, note.value, ""
    mailing.asked_by_id = mailing.asked_at_utc = mailing.released_by_id = mailing.released_at_utc = None
    db.session.flush()
    record("mailing.back", subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, note=note.value)


def note_look(mailing: Mailing, act: str, *, actor: Actor, now: datetime, **told: str | int) -> None:
    """Write down that `actor` looked at people of `mailing`; `act`: "mailing.list" or "mailing.preview"."""
    record(act, subject_kind="mailing", subject_id=mailing.id, actor=actor, now=now, **told)


def move(mailing: Mailing, then: State) -> None:
    """Put `mailing` in state `then`. Raises MailingStateError when it may not go there."""
    if not may_follow(State(mailing.state), then):
        raise MailingStateError
    mailing.state = then.value


def _require(mailing: Mailing, *states: State) -> None:
    if mailing.state not in states:
        raise MailingStateError


def _fitting(event: Event | None, texts: Sequence[Text]) -> list[Text]:
    """Return `texts` without what the event does not have."""
    if event is None or event.venue_address:
        return list(texts)
    return [Text(text.language, text.subject, text.body.replace(", {adresse}", ""), text.sms) for text in texts]


def _put(mailing: Mailing, texts: Sequence[Text]) -> None:
    kept = {text.language: text for text in mailing.texts}
    for position, text in enumerate(texts, start=1):
        row = kept.pop(text.language, None)
        if row is None:
            row = MailingText(language=text.language)
            mailing.texts.append(row)
        row.position, row.subject, row.body, row.sms = position, text.subject, text.body, text.sms
    for gone in kept.values():
        mailing.texts.remove(gone)
