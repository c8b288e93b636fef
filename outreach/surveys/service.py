"""Takes an answer: marks the ballot as used and adds one to each question's count. Never commits.

Nothing is written in the audit trail, nor when the answer came: a time beside a count would lead from one to the other.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.events.models import Event
from outreach.surveys.models import SurveyTally, UsedBallot
from outreach.surveys.survey import AlreadyAnsweredError, Question, Stage, SurveyNotOpenError, chosen, options, stage


def answer(event: Event, ballot: str, typed: Mapping[str, str], *, now: datetime) -> None:
    """Count what was chosen. Raises NothingChosenError, SurveyNotOpenError or AlreadyAnsweredError."""
    given = chosen(typed)
    if stage(event.state, event.ends_at_utc, now) is not Stage.OPEN:
        raise SurveyNotOpenError
    ballot_hash = hashlib.sha256(ballot.encode()).hexdigest()
    if not insert_if_free(UsedBallot, id=new_id(), event_id=event.id, ballot_hash=ballot_hash):
        raise AlreadyAnsweredError
    _make_tallies(event.id)
    for question, option in given.items():
        mine = (SurveyTally.event_id == event.id, SurveyTally.question == question.value, SurveyTally.option == option)
        db.session.execute(update(SurveyTally).where(*mine).values(number=SurveyTally.number + 1))


def _make_tallies(event_id: int) -> None:
    """See that there is a row to count in for every option, so that which rows there are tells nothing."""
    for question in Question:
        for option in options(question):
            insert_if_free(
                SurveyTally, id=new_id(), event_id=event_id, question=question.value, option=option, number=0
            )
