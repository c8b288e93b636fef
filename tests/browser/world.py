"""A filled municipality for browsers, built through the services that the pages use. Made-up people only."""

from dataclasses import dataclass, field

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from outreach import clock
from outreach.accounts import service as accounts
from outreach.accounts.access import SESSION_KEY
from outreach.accounts.roles import Role
from outreach.database import db
from tests.factories.accounts import make_staff


@dataclass
class World:
    """Where the pages are, and what stands in their addresses. `sessions`: signed cookie by role."""

    app: Flask
    origin: str
    sessions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def build_world(app: Flask, origin: str) -> World:
    """Fill the empty database of `app` and return what was made."""
    world = World(app, origin)
    with app.app_context():
        for role in Role:
            world.sessions[role.value] = _signed_in(app, role)
        db.session.remove()
    return world


def _signed_in(app: Flask, role: Role) -> str:
    user = make_staff(role, f"{role.value}@modum.example")
    token = accounts.open_session(user, clock.now_utc())
    db.session.commit()
    signer: URLSafeTimedSerializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps({SESSION_KEY: token}))
