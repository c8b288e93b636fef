"""Partners for the pages: one in each state that has a page of its own."""

from datetime import date, timedelta

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.events import queries as events
from outreach.partner_page.interests import service as interests
from outreach.partners.opportunities import service as opportunities
from outreach.partners.opportunity import Kind as OfferKind
from outreach.partners.organisation import Kind
from outreach.partners.participation import Plan, Role, StandNeeds, State
from outreach.partners.participations import service
from tests.conftest import NOW
from tests.factories.interests import interest_token, make_interest
from tests.factories.partners import (
    contact_of,
    make_offer,
    make_participation,
    make_partner,
    make_partner_with_logo,
    partner_token,
)

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
    shown = make_offer(first)
    make_offer(first, kind=OfferKind.SUMMER_JOB, title="Sommervikar i lakkeriet", apply_by=date(2026, 12, 15))
    waiting = make_offer(first, is_approved=False, kind=OfferKind.THESIS, title="Oppgave om gjenbruk av vinduer")
    refused = make_offer(first, is_approved=False, kind=OfferKind.JOB, title="Selger", link="")
    opportunities.refuse(refused, "Skriv hvor jobben er.", actor=COMMAND, now=NOW)
    interest = make_interest(row, message="Jeg går siste året på tømrer, og vil gjerne ha læreplass.")
    interests.answer(interest, "Så bra! Kom innom på mandag.", event_id=event.id, now=NOW)
    make_interest(row, name="Ingeborg Anna Vikersundbråten-Haugenrud", contact="inga@gjest.example", message="")
    db.session.commit()
    return {
        "own_offer": str(shown.id),
        "waiting_offer": str(waiting.id),
        "interest_id": str(interest.id),
        "interest": interest_token(interest),
        "stand": row.selector.lower(),
        "organisation_id": str(first.id),
        "contact_id": str(contact_of(first).id),
        "participation_id": str(row.id),
        "partner": partner_token(row),
        "partner_asked": partner_token(asked),
        "partner_gone": partner_token(gone),
    }
