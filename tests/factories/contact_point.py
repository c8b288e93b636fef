"""People of the contact point for tests, signed up as the application does it."""

from typing import Any

from outreach import clock
from outreach.audience.interest import Interest
from outreach.contact_point import queries, service
from outreach.contact_point.models import SignUp, SignUpRequest
from outreach.contact_point.sign_up import Details, Purpose
from outreach.database import db
from outreach.events.study_place import StudyPlace
from outreach.outbox.states import Channel


def details(**values: Any) -> Details:
    """Return what somebody fills in, with `values` over it."""
    usual: dict[str, Any] = {
        "name": "Åse Berg",
        "birth_year": 2003,
        "city": StudyPlace.OSLO,
        "school": "OsloMet",
        "programme": "Sykepleie",
        "finishing_year": 2028,
        "interests": frozenset({Interest.JOBS, Interest.EVENTS}),
        "purposes": frozenset(Purpose),
        "channel": Channel.EMAIL,
        "contact": "ase@student.example",
        "language": "nb",
    }
    return Details(**usual | values)


def ask(**values: Any) -> SignUpRequest:
    """Return a committed sign-up that waits to be confirmed."""
    before = set(db.session.scalars(db.select(SignUpRequest.id)))
    service.ask_to_confirm(details(**values), now=clock.now_utc())
    db.session.commit()
    found: SignUpRequest = db.session.scalars(db.select(SignUpRequest).where(SignUpRequest.id.not_in(before))).one()
    return found


def make_sign_up(**values: Any) -> SignUp:
    """Return a committed sign-up that is confirmed."""
    row = service.confirm(ask(**values), now=clock.now_utc())
    db.session.commit()
    return row


def token_of_own(row: SignUp) -> str:
    """Return the code of somebody's own page."""
    return queries.code_of(row.selector, row.generation).lower()


def own_path(row: SignUp) -> str:
    """Return the path of somebody's own page."""
    return f"/kontaktpunkt/min/{token_of_own(row)}"
