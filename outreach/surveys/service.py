"""Takes an answer: marks the ballot as used and adds one to each question's count. Never commits.

Nothing is written in the audit trail, nor when the answer came: a time beside a count would lead from one to the other.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, update

from outreach.database import new_id, run
from outreach.database.conflicts import insert_if_free
from outreach.events.models import Event
from outreach.surveys.models import SurveyTally, UsedBallot
from outreach.surveys.survey import AlreadyAnsweredError, Question, Stage, SurveyNotOpenError, chosen, options, stage

_tally = SurveyTally.__table__.c
_ADD_ONE = (
    update(SurveyTally.__table__)
    .where(
        _tally.event_id == bindparam("of_event"),
        _tally.question == bindparam("asked"),
        _tally.option == bindparam("chosen"),
    )
    .values(number=_tally.number + 1)
)


def answer(event: Event, ballot: str, typed: Mapping[str, str], *, now: datetime) -> None:
    """Count what was chosen. Raises NothingChosenError, SurveyNotOpenError or AlreadyAnsweredError."""
    given = chosen(typed)
    if stage(event.state, event.ends_at_utc, now) is not Stage.OPEN:
        raise SurveyNotOpenError
    ballot_hash = hashlib.sha256(ballot.encode()).hexdigest()
    if not insert_if_free(UsedBallot, id=new_id(), event_id=event.id, ballot_hash=ballot_hash):
        raise AlreadyAnsweredError
    for question, option in given.items():
        tally = {"of_event": event.id, "asked": question.value, "chosen": option}
        if run(_ADD_ONE, tally).rowcount == 0:
            _make_tallies(event.id)
            run(_ADD_ONE, tally)


def _make_tallies(event_id: int) -> None:
    """Make a row to count in for every option that has none, so that which rows there are tells nothing."""
    for question in Question:
        for option in options(question):
            insert_if_free(
                SurveyTally, id=new_id(), event_id=event_id, question=question.value, option=option, number=0
            )
