"""Partners for the pages: one in each state that has a page of its own."""

from datetime import date, timedelta

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events import queries as events
from outreach.partners.organisation import Kind
from outreach.partners.participation import Plan, Role, StandNeeds, State
from outreach.partners.participations import service
from tests.conftest import NOW
from tests.factories.partners import contact_of, make_participation, make_partner, make_partner_with_logo, partner_token

_LONG = "Snarum og Åmot idrettslag, avdeling for friluftsliv og turmarsj"
_ABOUT = """Vi lager dører og vinduer på Åmot, og har plass til lærlinger hvert år.

Kom innom og prøv å felle inn et hengsel."""


def partners(slug: str) -> dict[str, str]:
    """Return the ids and links of partners of the event."""
    event = events.by_slug(slug)
    first = make_partner_with_logo(website="https://www.trevare.example/jobb", about=_ABOUT)
    club = make_partner(
        name=_LONG,
        kind=Kind.CLUB,
        number=None,
        contact={"name": "Ingeborg Anna Vikersundbråten-Haugenrud", "has_agreed": False, "role": ""},
    )
    row = make_participation(event, first)
    service.plan(
        row,
        Plan(
            contact_id=row.contact_id,
            place="Stand 4",
            slot_title="Lærling hos oss",
            slot_at_utc=event.starts_at_utc + timedelta(minutes=45),
        ),
        actor=COMMAND,
        now=NOW,
    )
    service.set_needs(row, StandNeeds(power=True, tables=2, note="Plass til en dør"), actor=COMMAND, now=NOW)
    done = service.add_task(row, "Send logoen og noen ord om dere", date(2026, 11, 10), actor=COMMAND, now=NOW)
    service.mark_task(row, done, is_done=True, actor=COMMAND, now=NOW)
    service.add_task(row, "Si fra hvor mange som kommer", date(2026, 11, 20), actor=COMMAND, now=NOW)
    asked = make_participation(event, club, Role.SPEAKER, state=State.ASKED)
    gone = make_participation(event, club, Role.SPONSOR, state=State.WITHDRAWN)
    db.session.commit()
    return {
        "organisation_id": str(first.id),
        "contact_id": str(contact_of(first).id),
        "participation_id": str(row.id),
        "partner": partner_token(row),
        "partner_asked": partner_token(asked),
        "partner_gone": partner_token(gone),
    }
