"""Hosts and groups for the pages: a host in each state that staff see, a group in each city and its clicks."""

from datetime import timedelta

from outreach.audit.actor import COMMAND
from outreach.contact_point.groups import service as service_of_groups
from outreach.database import db
from outreach.events import queries as events
from outreach.events.event import City
from outreach.hosts import service
from outreach.outbox.states import Channel
from tests.conftest import NOW
from tests.factories.groups import make_group
from tests.factories.hosts import host_token, make_host

_NOTES = """Nøkkelen er hos vaktmesteren, ring 32 78 93 00.
Maten kommer kl. 17.30. Bordene står i kjelleren."""


def groups() -> dict[str, str]:
    """Return the number of one of the groups, whose links were followed in the last weeks."""
    found = [
        make_group(),
        make_group(city=City.BERGEN, name="Ungdommer fra Modum og omegn som bor, jobber eller studerer i Bergen"),
        make_group(city=City.TRONDHEIM, name="Modum i Trondheim", url="https://www.discord.example/modum"),
    ]
    for number, group in enumerate(found):
        for week in range(8 - 2 * number):
            for _ in range(3 + (5 * week + number) % 7):
                service_of_groups.count_click(group.id, NOW.date() - timedelta(weeks=week))
    db.session.commit()
    return {"group_id": str(found[0].id)}


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
