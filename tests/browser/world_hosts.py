"""Hosts for the pages: of a meetup where some come, one in each state that staff see."""

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events import queries as events
from outreach.hosts import service
from outreach.outbox.states import Channel
from tests.conftest import NOW
from tests.factories.hosts import host_token, make_host

_NOTES = """Nøkkelen er hos vaktmesteren, ring 32 78 93 00.
Maten kommer kl. 17.30. Bordene står i kjelleren."""


def hosts(slug: str) -> dict[str, str]:
    """Return the links of hosts of the event: one in force, one that was taken back."""
    event = events.by_slug(slug)
    first = make_host(event, is_sent=True)
    make_host(event, name="Storm Vertsdal", channel=Channel.SMS, contact="+4799900901", language="nn")
    gone = make_host(
        event, name="Ingeborg Anna Vikersundbråten-Haugenrud", contact="ingeborg.anna.vikersundbraten@student.example"
    )
    service.withdraw(gone, actor=COMMAND, now=NOW)
    service.tell_all(event, _NOTES, actor=COMMAND, now=NOW)
    db.session.commit()
    return {"host": host_token(first), "host_gone": host_token(gone)}
