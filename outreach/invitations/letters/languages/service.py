"""Use cases of languages: an organiser chooses those of an event's letters, or notes that of one household.

Never commits. What somebody released was looked over in its languages, so until it is handed over they stand.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Flask

from outreach import clock
from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.events.models import Event
from outreach.events.queries import languages_in_use
from outreach.invitations.letters import queries
from outreach.invitations.letters.languages.catalogues import brief_languages, full_languages
from outreach.invitations.letters.languages.choice import LanguageChoiceError, checked, offered, stored
from outreach.invitations.letters.making import queries as making
from outreach.invitations.letters.making.stages import BUSY
from outreach.invitations.models import Invitation
from outreach.messages.models import LetterBatch
from outreach.messages.queries import batches_of_event
from outreach.outbox.message import LETTER_KINDS
from outreach.web.further_languages import follow_languages, look_again
from outreach.web.headers import settings_of_app


class LettersSettledError(OutreachError):
    """The letters were released, or are being made, in the languages that stand."""

    message = N_(
        "Brevene er godkjent eller blir laget nå, med språkene som står. "
        "Du kan endre språk når de er levert til utskrift."
    )
    http_status = 409


def install(app: Flask) -> None:
    """Have guests' pages offer the languages of the letters of events whose people we still keep."""

    def look() -> frozenset[str]:
        kept = timedelta(days=settings_of_app().retention_event_days)
        return languages_in_use(clock.now_utc() - kept)

    follow_languages(app, look)


def choice_of(event: Event) -> tuple[str, ...]:
    """Return the languages of the event's letters, the front's first."""
    return offered(event.letter_languages, full=full_languages(), brief=brief_languages())


def choose(event: Event, languages: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Let the event's letters have `languages`, the front's first.

    Raises LanguageChoiceError, FrontLanguageError, and LettersSettledError where that would be another choice.
    """
    choice = checked(languages, full=full_languages(), brief=brief_languages())
    if choice == choice_of(event):
        return
    refuse_settled(event.id)
    event.letter_languages = stored(choice)
    db.session.flush()
    look_again()
    record(
        "letters.choose_languages",
        subject_kind="event",
        subject_id=event.id,
        actor=actor,
        now=now,
        languages=event.letter_languages,
    )


def note(invitation: Invitation, language: str, *, actor: Actor, now: datetime) -> None:
    """Note that a household reads `language`; UNTOLD for none in particular.

    Raises LanguageChoiceError or LettersSettledError.
    """
    if language not in (*full_languages(), *brief_languages()):
        raise LanguageChoiceError
    if language == invitation.language:
        return
    refuse_settled(invitation.event_id)
    invitation.language = language
    db.session.flush()
    # Which language it is says something of the household, and stays out of the trail.
    record("invitation.note_language", subject_kind="invitation", subject_id=invitation.id, actor=actor, now=now)


def refuse_settled(event_id: int) -> None:
    """Raise LettersSettledError while letters of the event are released and not handed over, or are being made."""
    is_at_work = any(job.stage in BUSY for job in making.jobs_of(event_id)) or queries.started_batches(event_id)
    if is_at_work or any(map(_is_released, _latest(event_id))):
        raise LettersSettledError


def _latest(event_id: int) -> list[LetterBatch]:
    """Return the latest batch of each wave: an earlier one that was not handed over is of another set of letters."""
    batches = batches_of_event(event_id)
    found = (next((batch for batch in batches if batch.wave == wave), None) for wave in LETTER_KINDS)
    return [batch for batch in found if batch is not None]


def _is_released(batch: LetterBatch) -> bool:
    return batch.released_at_utc is not None and batch.handed_over_at_utc is None
