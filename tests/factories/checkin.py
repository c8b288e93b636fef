"""A door evening for tests: an event with doors, paired phones and tickets, and uploads as phones send them."""

import hashlib
import itertools
import secrets
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit.actor import COMMAND
from outreach.checkin import service
from outreach.checkin.door_feed import utc_text
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.short_code import TICKET, new_selector
from outreach.invitations.models import Invitation
from outreach.tickets.models import Ticket
from tests.factories import events

_selectors = itertools.count(1)


@dataclass
class Phone:
    """A paired phone that talks to the door API; its clock shows the tests' time plus `clock_error`."""

    client: FlaskClient
    token: str
    door: str
    clock_error: timedelta = timedelta()
    counter: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        return clock.now_utc() + self.clock_error

    def scan(self, ticket: str, *, kind: str = "in", persons: int = 1, light: str = "green", **more: Any) -> dict:
        """Return a scan as this phone makes it now."""
        self.counter += 1
        return {
            "scan_id": secrets.token_hex(16),
            "counter": self.counter,
            "ticket": ticket,
            "kind": kind,
            "persons": persons,
            "scanned_at_utc": utc_text(self.now()),
            "verdict": light,
            "roster_version": "",
            "door": self.door,
            **more,
        }

    def post(self, *scans: Any, **more: Any) -> Any:
        """Upload `scans` and return the whole answer."""
        body = {"clock_utc": utc_text(self.now()), "scans": list(scans), **more}
        return self.client.post("/api/door/v1/scans", json=body, headers=self.bearer)

    def results(self, *scans: Any, **more: Any) -> list[dict]:
        """Upload `scans` and return their results."""
        answer = self.post(*scans, **more)
        assert answer.status_code == 200, answer.text
        return answer.json["results"]

    def get(self, path: str, **headers: str) -> Any:
        """Ask the door API for `path`, such as "roster"."""
        return self.client.get(f"/api/door/v1/{path}", headers={**self.bearer, **headers})

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def make_event(**changes: Any) -> Event:
    """Return a new, committed and published event, as a value."""
    event = events.make_event(**changes)
    db.session.expunge(event)
    return event


def make_ticket(event: Event, *, persons: int = 1, **values: Any) -> Ticket:
    """Return a new, committed ticket of `event` on an invitation of nobody in particular."""
    now = clock.now_utc()
    invitation = Invitation(
        event_id=event.id, selector=f"{next(_selectors):05}", generation=1, state="active", language="nb",
        created_at_utc=now,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    given = {
        "event_id": event.id,
        "invitation_id": invitation.id,
        "selector": new_selector(TICKET),
        "generation": 1,
        "state": "valid",
        "persons": persons,
        "version": 1,
        "issued_at_utc": now,
        "changed_at_utc": now,
        **values,
    }
    ticket = Ticket(**given)
    db.session.add(ticket)
    db.session.commit()
    db.session.expunge(ticket)  # a value from now on, whatever the requests of a test do to the session
    return ticket


def code_of(ticket: Ticket, generation: int | None = None) -> str:
    """Return the ticket's code, ungrouped."""
    return service.code_of(ticket.selector, generation or ticket.generation)


def pairing_secret(event: Event, door: str = "Hovedinngang") -> str:
    """Return the secret of a new, committed pairing link."""
    opened = service.open_door(event, door, actor=COMMAND, now=clock.now_utc())
    db.session.commit()
    return opened.secret


def pair_phone(client: FlaskClient, event: Event, door: str = "Hovedinngang", **more: Any) -> Phone:
    """Return a phone paired at a new door called `door`."""
    phone = Phone(client, "", door, **more)
    body = {
        "pairing_secret": pairing_secret(event, door),
        "device_name": f"Telefon ved {door}"[:40],
        "clock_utc": utc_text(phone.now()),
    }
    answer = client.post("/api/door/v1/pair", json=body)
    assert answer.status_code == 201, answer.text
    phone.token = answer.json["device_token"]
    return phone


def opened_names(told: dict[str, Any], pin: str) -> bytes:
    """Return the JSON of sealed names that were fetched, opened as a phone does with `pin`. Raises InvalidTag."""
    salt, raw = (urlsafe_b64decode(told[name] + "==") for name in ("salt", "sealed"))
    key = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, told["iterations"], 32)
    return AESGCM(key).decrypt(raw[:12], raw[12:], b"treffpunkt door names")


__all__ = ["Phone", "code_of", "make_event", "make_ticket", "opened_names", "pair_phone", "pairing_secret"]
