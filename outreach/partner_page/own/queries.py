"""Looks up a partner's own page by its code: two statements, whatever it shows."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, and_, bindparam, case, func, literal, select, union_all

from outreach.database import run, unseal
from outreach.errors import NotFoundError
from outreach.events.models import Event
from outreach.formats.short_code import read
from outreach.partner_page.models import StandInterest
from outreach.partner_page.own.page import Needs, PartnerPage, ShownEvent, ShownOffer, ShownOrganisation, ShownTask
from outreach.partners.models import Contact, Opportunity, Organisation, Participation, PartnerTask
from outreach.partners.opportunity import Kind
from outreach.partners.opportunity import State as OfferState
from outreach.partners.participation import Role, State
from outreach.partners.participations import queries as participations
from outreach.partners.partner_link import PARTNER_PAGE

# Put together once: building a statement takes ten times as long as running it.
_row, _event, _partner = (table.__table__.c for table in (Participation, Event, Organisation))
_contact, _task, _offer = (table.__table__.c for table in (Contact, PartnerTask, Opportunity))
_interest = StandInterest.__table__.c
_EVENT = (_event.title, _event.state, _event.starts_at_utc, _event.ends_at_utc, _event.venue, _event.venue_address)
_PARTNER = (_partner.id, _partner.name, _partner.about, _partner.website, _partner.logo_mark)
_OWN = (
    _row.id,
    _row.selector,
    _row.generation,
    _row.role,
    _row.state,
    _row.place,
    _row.slot_title,
    _row.slot_at_utc,
    _row.needs_power,
    _row.needs_screen,
    _row.tables,
    _row.note_sealed,
    and_(_contact.agreed_at_utc.is_not(None), _contact.no_at_utc.is_(None)).label("may_be_written_to"),
)
_INTERESTS = select(func.count()).where(_interest.participation_id == _row.id).scalar_subquery()
_PAGE = (
    select(
        *(column.label(f"event_{column.name}") for column in _EVENT),
        *(column.label(f"partner_{column.name}") for column in _PARTNER),
        *_OWN,
        _INTERESTS.label("interests"),
    )
    .select_from(Participation.__table__)
    .join(Event.__table__, _event.id == _row.event_id)
    .join(Organisation.__table__, _partner.id == _row.organisation_id)
    .outerjoin(Contact.__table__, _contact.id == _row.contact_id)
    .where(_row.selector == bindparam("selector"))
)
_AFTER_EVENT = len(_EVENT)
_AFTER_PARTNER = _AFTER_EVENT + len(_PARTNER)
_NOTHING = literal("", String)
_DONE = "done"
# Both lists in one statement: tasks by day, then offers by day.
_LISTS = union_all(
    select(
        literal(0).label("list"),
        _task.id,
        _NOTHING.label("kind"),
        _task.text.label("words"),
        case((_task.done_at_utc.is_not(None), _DONE), else_="").label("state"),
        _task.due_on.label("day"),
        _NOTHING.label("why"),
    ).where(_task.participation_id == bindparam("participation_id")),
    select(literal(1), _offer.id, _offer.kind, _offer.title, _offer.state, _offer.apply_by, _offer.why).where(
        _offer.organisation_id == bindparam("organisation_id")
    ),
).order_by("list", "day", "id")


def opened(typed: str) -> PartnerPage:
    """Return the page that has the code `typed`. Raises as `participations.queries.by_code`."""
    code = read(PARTNER_PAGE, typed)
    rows = run(_PAGE, {"selector": code.selector}).rows
    if not rows:
        raise NotFoundError
    participations.refuse_unless_right(code, rows[0])
    partner = ShownOrganisation(*rows[0][_AFTER_EVENT:_AFTER_PARTNER])
    return _page(rows[0], partner, run(_LISTS, {"participation_id": rows[0].id, "organisation_id": partner.id}).rows)


def _page(row: Any, partner: ShownOrganisation, lists: Iterable[Any]) -> PartnerPage:
    tasks, offers = [], []
    for is_offer, id_, kind, words, state, day, why in lists:
        if is_offer:
            offers.append(ShownOffer(id_, Kind(kind), words, OfferState(state), day, why))
        else:
            tasks.append(ShownTask(id_, words, day, is_done=state == _DONE))
    note = unseal(row.note_sealed, column="participation.note_sealed", row_id=row.id) or ""
    return PartnerPage(
        event=ShownEvent(*row[:_AFTER_EVENT]),
        organisation=partner,
        role=Role(row.role),
        state=State(row.state),
        place=row.place,
        slot_title=row.slot_title,
        slot_at_utc=row.slot_at_utc,
        needs=Needs(row.needs_power, row.needs_screen, row.tables, note),
        may_be_written_to=bool(row.may_be_written_to),
        interests=row.interests,
        tasks=tuple(tasks),
        offers=tuple(offers),
    )
