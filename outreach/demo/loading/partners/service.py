"""Lets the made-up partners take part in the coming evening, through the services that staff and partners use."""

from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from outreach.audit.actor import COMMAND, PARTNER
from outreach.clock import OSLO
from outreach.demo.partners import MadeUpPartner, partners
from outreach.events.models import Event
from outreach.outbox.states import Channel
from outreach.partner_page.interest import Left, Purpose
from outreach.partner_page.interests import service as interests
from outreach.partners.logo import logo_mark, logo_png
from outreach.partners.models import Organisation, Participation
from outreach.partners.opportunities import service as opportunities
from outreach.partners.organisations import service as organisations
from outreach.partners.participation import Plan, Role, StandNeeds, State
from outreach.partners.participations import service as participations


def load_partners(event: Event, *, now: datetime) -> None:
    """Make the partners, ask them, let them answer and post, and one guest leave interest at a stand."""
    asked_at, today = now - timedelta(days=9), now.astimezone(OSLO).date()
    for number, made_up in enumerate(partners(today)):
        row = organisations.create(made_up.organisation, actor=COMMAND, now=asked_at)
        organisations.add_contact(row, made_up.contact, actor=COMMAND, now=asked_at)
        taking_part = participations.add(event, row, made_up.role, actor=COMMAND, now=asked_at)
        participations.ask(taking_part, actor=COMMAND, now=asked_at)
        if made_up.state is not State.ASKED:
            _answer(taking_part, made_up, number, now=now - timedelta(days=6 - number))
        _offer(row, made_up, now=now)


def _answer(row: Participation, made_up: MadeUpPartner, number: int, *, now: datetime) -> None:
    participations.answer(row, is_coming=made_up.state is State.CONFIRMED, actor=PARTNER, now=now)
    if made_up.state is not State.CONFIRMED or made_up.role is not Role.STAND:
        return
    plan = Plan(contact_id=row.contact_id, place=f"Stand {number + 1}", slot_title="", slot_at_utc=None)
    participations.plan(row, plan, actor=COMMAND, now=now)
    participations.set_needs(row, StandNeeds(power=True, tables=number + 1), actor=PARTNER, now=now)
    due_on = row.event.starts_at_utc.astimezone(OSLO).date() - timedelta(days=5)
    participations.add_task(row, "Send oss logoen og noen ord om dere", due_on, actor=COMMAND, now=now)
    if number == 0:
        png = logo_png(_drawing())
        organisations.set_logo(row.organisation, png, logo_mark(png), actor=PARTNER, now=now)
        interests.leave(row, _left(), now=now)


def _offer(row: Organisation, made_up: MadeUpPartner, *, now: datetime) -> None:
    """Post what a partner offers: the first is approved, the rest wait for staff."""
    today = now.astimezone(OSLO).date()
    for number, details in enumerate(made_up.offers):
        posted = opportunities.post(row.id, details, actor=PARTNER, now=now, today=today)
        if number == 0:
            opportunities.approve(posted, actor=COMMAND, now=now, today=today)


def _left() -> Left:
    return Left(
        name="Oppdikta Gjest",
        channel=Channel.EMAIL,
        contact="gjest@gjest.example",
        purpose=Purpose.WORK,
        message="Sønnen min går på bygg. Tar dere inn lærlinger til høsten?",
        language="nb",
    )


def _drawing() -> bytes:
    """Return a logo as a partner might have one: a door in a frame."""
    picture = Image.new("RGB", (320, 160), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 100, 140), outline="#7a3b10", width=8)
    pen.rectangle((40, 36, 84, 140), fill="#c8743a")
    pen.rectangle((128, 60, 300, 100), fill="#7a3b10")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
