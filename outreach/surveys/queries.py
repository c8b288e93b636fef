"""The link that goes out, and what has been counted."""

from sqlalchemy import select

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event
from outreach.surveys.ballot import ballot_in, token_of
from outreach.surveys.models import SurveyTally
from outreach.surveys.survey import Question
from outreach.web.headers import settings_of_app


def survey_url(event: Event, ticket_code: str) -> str:
    """Return the survey's link for the ticket with `ticket_code`."""
    token = token_of(ticket_code, event.id, _mac)
    return f"{settings_of_app().public_url}/undersokelse/{event.slug}/{token}"


def ballot_of(token: str, event_id: int) -> str | None:
    """Return the ballot in the token of a link, None when it is none of ours for the event."""
    return ballot_in(token, event_id, _mac)


def counts(event_id: int) -> dict[Question, dict[str, int]]:
    """Return how many chose each option."""
    rows = db.session.execute(
        select(SurveyTally.question, SurveyTally.option, SurveyTally.number)
        .where(SurveyTally.event_id == event_id)
        .order_by(SurveyTally.question, SurveyTally.option)
    )
    found: dict[Question, dict[str, int]] = {one: {} for one in Question}
    for question, option, number in rows:
        found[Question(question)][option] = number
    return found


def _mac(purpose: str, text: str) -> bytes:
    return key_ring().link_mac(purpose, text, 0)
