"""Staff for tests, and a quick way to be signed in as one of them without paying for argon2 each time."""

import itertools

from flask.testing import FlaskClient

from outreach import clock
from outreach.accounts import service
from outreach.accounts.access import SESSION_KEY
from outreach.accounts.models import StaffUser
from outreach.accounts.passwords import hashed
from outreach.accounts.roles import Role
from outreach.database import db

PASSWORD = "fire-ugler-i-mosen"
_PASSWORD_HASH = hashed(PASSWORD)
_numbers = itertools.count(1)


def make_staff(role: Role | str = Role.ORGANISER, email: str | None = None) -> StaffUser:
    """Return a new, committed member of staff whose password is PASSWORD."""
    user = StaffUser(
        email=email or f"ansatt{next(_numbers)}@modum.example",
        role=Role(role).value,
        password_hash=_PASSWORD_HASH,
        is_disabled=False,
        created_at_utc=clock.now_utc(),
    )
    db.session.add(user)
    db.session.commit()
    return user


def sign_in(client: FlaskClient, user: StaffUser | None = None, *, role: Role | str = Role.ORGANISER) -> StaffUser:
    """Sign `client` in as `user`, or as a new member of staff with `role`. Returns who that is."""
    user = user or make_staff(role)
    token = service.open_session(user.id, clock.now_utc())
    db.session.commit()
    with client.session_transaction() as session:
        session[SESSION_KEY] = token
    return user
