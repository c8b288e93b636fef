"""Protected people are in no page, file, log, export or command, by route map and by command list (promises.md 5).

Five canaries become protected: before we knew them, when invited, when answered, with a ticket, and after the door.
A sixth was known by a row without a number. Each search is made before, too, and must then find them; an unprotected
canary must be found in every place afterwards.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click import Group
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from outreach import clock, create_app
from outreach.accounts.roles import Role
from outreach.audience.models import AudienceList
from outreach.audit.actor import COMMAND, Actor
from outreach.checkin.choices import service as door_choices
from outreach.checkin.choices.queries import choices_of
from outreach.checkin.models import DoorPairing
from outreach.checkin.names.service import pin_of
from outreach.checkin.paper.service import make_list
from outreach.contact_point.models import SignUp
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.events.models import Event, Series
from outreach.feeds import queries as feeds
from outreach.feeds.service import start as start_feed
from outreach.hosts import service as hosts
from outreach.hosts.models import EventHost
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import JobKind
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.returning import service as returning
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.returned import ReturnReason
from outreach.invitations.models import Invitation, Invitee
from outreach.mailings.groups import Group as RecipientGroup
from outreach.mailings.mailing import Kind
from outreach.mailings.models import Mailing
from outreach.messages.models import LetterBatch
from outreach.outbox.message import invitation_recipient
from outreach.outbox.models import OutboxMessage
from outreach.partner_page.models import StandInterest
from outreach.partners.models import Contact, Opportunity, Organisation, Participation
from outreach.partners.organisations import service as organisations
from outreach.people.models import Household, Person
from outreach.people.postal_address import PostalAddress
from outreach.questions import service as questions
from outreach.questions.models import Question
from outreach.questions.question import Asked
from outreach.register.models import RegisterImport
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.rsvp.desk import service as desk
from outreach.rsvp.desk.desk import Way
from outreach.rsvp.desk.service import Acting
from outreach.rsvp.own_questions.models import EventQuestion
from outreach.rsvp.own_questions.own_question import Reply
from outreach.settings import Settings
from outreach.tickets.models import Ticket
from outreach.tickets.service import code_of as ticket_code
from tests.canary import found_in_database, found_in_files
from tests.factories.accounts import sign_in
from tests.factories.checkin import opened_names, pair_phone
from tests.factories.contact_point import make_sign_up, token_of_own
from tests.factories.events import SLUG, make_event
from tests.factories.groups import make_group
from tests.factories.hosts import host_token, make_host
from tests.factories.interests import interest_token, make_interest
from tests.factories.mailings import make_mailing
from tests.factories.open_sign_up import ask_openly, party, sign_up_openly
from tests.factories.own_questions import make_own_question
from tests.factories.partners import (
    contact_details,
    make_offer,
    make_participation,
    make_partner,
    partner_token,
)
from tests.factories.people import HEADER, national_number, table, table_row
from tests.factories.rsvp import answer_for, give_answer, token_of
from tests.pages import forms_of, send
from tests.postgresql import database_url
from tests.sqlite import hasten
from tests.thoroughness import WHOLE

pytestmark = pytest.mark.own_database
NOW = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
CANARY, CONTROL, MATE = "Kanarifugl", "Spurvefugl", "Meisefugl"
MAIL, CONTROL_MAIL = "kanari@gjest.example", "spurv@gjest.example"
STATES = ("ny", "invitert", "svart", "billett", "skannet", "navn")
NUMBERS = {state: national_number(date(1990, 4, 12), serial) for serial, state in enumerate(STATES)}
MATES = {state: national_number(date(1991, 5, 13), serial) for serial, state in enumerate(STATES)}
CONTROL_NUMBER = national_number(date(1992, 6, 14))
NEEDLES = [CANARY, MAIL, *NUMBERS.values()]
# What a command is called with; the rest make people up, tend the database, or ask for a password.
COMMANDS: dict[str, list[str]] = {
    "audience count": ["moved-in", "--event", SLUG, "--json"],
    "audit link": [],
    "audit verify": ["--json"],
    "checkin pair": [SLUG, "--door", "Bakdør", "--json"],
    "doctor": [],
    "events copy": [SLUG, "--json"],
    "events change": [SLUG, "--title", "Ny tittel", "--json"],
    "events publish": [SLUG, "--json"],
    "invitations create": [SLUG, "--segment", "moved-in", "--json"],
    "messages try-services": [],
    "letters build": [SLUG, "--out", "{folder}/brev", "--json"],
    "letters post": [SLUG, "--json"],
    "letters work": ["--json"],
    "letters returned": ["2222-2222-2222", "--reason", "moved", "--json"],
    "mailings list": [SLUG, "--json"],
    "messages confirm-sending": [],
    "messages gateway-token": [],
    "messages read-bounces": ["--json"],
    "messages send-due": ["--json"],
    "people erase": ["1", "--json"],
    "people export": ["1", "--out", "{folder}/innsyn", "--json"],
    "people find": ["fugl", "--json"],
    "people rotate-key": ["--json"],
    "register import": ["{folder}/etter.csv", "--as-of", "2026-11-02", "--json"],
    "register work": ["--json"],
    "questions archive": ["--out", "{folder}/arkiv.json"],
    "reports funnel": [SLUG, "--json"],
    "retention plan": ["--json"],
    "rsvp read-replies": ["--json"],
    "retention run": ["--json"],
    "staff list": ["--json"],
    "events cancel": [SLUG, "--json"],
}
NOT_RUN = re.compile(
    r"db .*|demo .*|staff (create|disable|enable|password)|audit accept-head|events create|mailings release"
)


class Browser(FlaskClient):
    """A browser that takes any answer."""


@dataclass
class World:
    """One installation, its folder, and what was shown there, each answer a file below `shown`."""

    app: Flask
    folder: Path
    phone: Any = None
    pin: str = ""
    count: int = 0
    staff: dict[Role, FlaskClient] = field(default_factory=dict)

    def keep(self, when: str, place: str, content: bytes) -> None:
        kind = ".pdf" if content[:4] == b"%PDF" else ""
        name = re.sub(r"[^A-Za-z0-9<>]+", "_", place)
        self.count += 1
        target = self.folder / "shown" / when / name / f"{self.count}{kind}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def run(self, *arguments: str, when: str = "", exit_codes: tuple[int, ...] = (0,)) -> str:
        result = self.app.test_cli_runner().invoke(args=list(arguments))
        assert result.exit_code in exit_codes, result.output
        self.keep(when, "flask " + " ".join(arguments[:2]), result.output.encode())
        db.session.expire_all()
        return result.stdout

    def places(self, needle: str, when: str) -> set[str]:
        found = found_in_files([needle], self.folder / "shown" / when)
        return {name.split("/")[0] for name in found.get(needle, ())}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock.set_clock(lambda: NOW)
    environ = {"INSTANCE_DIR": str(tmp_path / "instance"), "PUBLIC_URL": "http://localhost"}
    if os.environ.get("TEST_DATABASE") == "postgresql":
        environ["DATABASE_URL"] = database_url()
    app = create_app(Settings.from_env(environ))
    app.testing = True
    app.test_client_class = Browser
    with app.app_context():
        hasten(db.engine)
        db.drop_all()
        db.create_all()
        yield World(app, tmp_path)
        db.session.rollback()
        for name in reversed(db.metadata.sorted_tables):
            db.session.execute(name.delete())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    clock.set_clock(None)


def rows(grading: str) -> list[dict[str, str]]:
    """Return the extract in which each canary has `grading`; before, the new one is not there, one has no number."""
    found = [_row(CONTROL_NUMBER, "Spurven", CONTROL, "Åkerveien 1")]
    found.append(_row(national_number(date(1992, 6, 14), 1), "Spurvungen", CONTROL, "Åkerveien 1"))
    found.append(_row(national_number(date(1992, 6, 14), 2), "Spurvtre", CONTROL, "Åkerveien 20"))
    for place, state in enumerate(STATES, start=2):
        found.append(_row(MATES[state], f"Meis{state}", MATE, f"Åkerveien {place}"))
        if grading or state != "ny":
            number = "" if state == "navn" and not grading else NUMBERS[state]
            found.append(_row(number, f"Kanarifugl{state}", CANARY, f"Åkerveien {place}", grading))
    return found


def _row(number: str, given: str, family: str, street: str, grading: str = "") -> dict[str, str]:
    born = {"Fødselsdato": "12.04.1990"}
    return table_row(number, Fornavn=given, Etternavn=family, Adresse=street, Gradering=grading, **born)


def write(world: World, name: str, grading: str) -> Path:
    path = world.folder / name
    path.write_text(table(rows(grading), header=[*HEADER, "Fødselsdato"]), encoding="utf-8")
    return path


def invitation_of(number: str) -> Invitation:
    wanted = (
        select(Invitation)
        .join(Invitee, Invitee.invitation_id == Invitation.id)
        .join(Person, Person.id == Invitee.person_id)
        .where(Person.identity_hash.in_(key_ring().identity_candidates(number)))
    )
    return db.session.scalars(wanted).unique().one()


def scan(world: World, number: str) -> dict[str, Any]:
    invitation = invitation_of(number)
    ticket = db.session.scalars(select(Ticket).where(Ticket.invitation_id == invitation.id)).one()
    [result] = world.phone.results(world.phone.scan(ticket_code(ticket), persons=ticket.persons))
    return result


def read_in(world: World) -> None:
    """Read in everybody while nobody is protected, with an event and staff."""
    before = write(world, "for.csv", "")
    imported = json.loads(world.run("register", "import", str(before), "--as-of", "2026-11-01", "--json"))
    assert (imported["new"], imported["protected"]) == (14, 0)
    make_event(is_open_sign_up=True)
    for role in Role:
        world.staff[role] = world.app.test_client()
        sign_in(world.staff[role], role=role)


def protect(world: World, grading: str, day: int = 2) -> dict[str, int]:
    """Read in the extract in which the canaries have `grading`; return what the command counted."""
    path = write(world, "etter.csv", grading)
    done = world.run("register", "import", str(path), "--as-of", f"2026-11-0{day}", "--json", when="after")
    counts: dict[str, int] = json.loads(done)
    return counts


def live(world: World) -> None:
    """Live until the night of the event: read in, invite, answer, and let in at the door."""
    read_in(world)
    world.run("invitations", "create", SLUG, "--segment", "moved-in")
    world.phone = pair_phone(world.app.test_client(), db.session.scalars(select(Event)).one())
    event = db.session.scalars(select(Event)).one()
    asks = make_own_question(event)
    door_choices.search_names(event, is_on=True, actor=Actor("staff", 1), now=NOW)
    world.pin = pin_of(event.id, choices_of(event.id))
    for number, coming, mail in [
        (CONTROL_NUMBER, True, CONTROL_MAIL),
        (NUMBERS["svart"], False, None),
        (NUMBERS["billett"], True, MAIL),
        (NUMBERS["skannet"], True, MAIL),
    ]:
        invitation = invitation_of(number)
        everybody = [coming] * len(invitation.invitees)
        said_by = CONTROL if number == CONTROL_NUMBER else CANARY
        own = NeedWish(NeedKind.OTHER, f"{said_by} må sitte ved døra", 1)
        needs = (NeedWish(NeedKind.ALLERGY, f"{said_by} tåles ikke"), own) if coming else ()
        replies = (Reply(asks, (f"{said_by} lurer",)),) if coming else ()
        give_answer(invitation, answer_for(invitation, *everybody, needs=needs, email=mail, replies=replies))
    for number in (CONTROL_NUMBER, NUMBERS["skannet"]):
        assert scan(world, number)["class"] == "first"
    bring_back()
    for number in (national_number(date(1992, 6, 14), 2), NUMBERS["invitert"]):
        invitation = invitation_of(number)
        name, mail = (CANARY, MAIL) if number == NUMBERS["invitert"] else (CONTROL, CONTROL_MAIL)
        asked = Asked(text=f"{name} lurer", email=mail, event_id=invitation.event_id, invitation_id=invitation.id)
        questions.ask(asked, now=NOW)
    for number, name in ((NUMBERS["billett"], CANARY), (CONTROL_NUMBER, CONTROL)):
        by = Acting(Actor("staff", 1), NOW)
        desk.note(invitation_of(number), f"{name} ringte", Way.PHONE, by=by)
    make_mailing(db.session.scalars(select(Event)).one(), Kind.MESSAGE, maker=Actor("staff", 1))
    make_mailing(None, Kind.NEWSLETTER, maker=Actor("staff", 1))
    make_list(db.session.scalars(select(Event)).one(), actor=Actor("staff", 1), now=NOW)
    sign_up_both()
    sign_up_openly(db.session.scalars(select(Event)).one(), party("Finken", email="apen@gjest.example"))
    stand_with_both()
    receive_with_both()
    db.session.commit()


def sign_up_both() -> None:
    """Have a canary and the control sign up with the contact point, as the names stand in the register."""
    for name, mail in ((f"Kanarifuglsvart {CANARY}", MAIL), (f"Spurven {CONTROL}", CONTROL_MAIL)):
        row = make_sign_up(name=name, birth_year=1990, contact=mail)
        assert row.person_id, "the register knows them by name and birth date"


def stand_with_both() -> None:
    """Have a canary and the control be contacts of a partner, and leave interest at its stand, by their own address."""
    event = db.session.scalars(select(Event)).one()
    partner = make_partner(contact={"name": f"Spurven {CONTROL}", "email": CONTROL_MAIL})
    about_canary = contact_details(name=f"Kanarifuglsvart {CANARY}", email=MAIL)
    organisations.add_contact(partner, about_canary, actor=COMMAND, now=NOW)
    make_offer(partner)
    row = make_participation(event, partner)
    make_interest(row, name=f"Kanarifuglbillett {CANARY}", contact=MAIL, message=f"{CANARY} vil høre mer")
    make_interest(row, name=f"Spurven {CONTROL}", contact=CONTROL_MAIL)


def receive_with_both() -> None:
    """Have a canary and the control be hosts of the evening, by their own address, and write to the organiser."""
    event = db.session.scalars(select(Event)).one()
    for name, mail in ((f"Kanarifuglbillett {CANARY}", MAIL), (f"Spurven {CONTROL}", CONTROL_MAIL)):
        host = make_host(event, is_sent=True, name=name, contact=mail)
        hosts.write_to_organiser(host, f"{name} har nøkkelen", language="nb", now=NOW)


def bring_back() -> None:
    """Have two letters come back that nobody answered, and a third that gets a new address."""
    # The last one is the household of whoever came without a number, by the one who lives there too.
    for number in (national_number(date(1992, 6, 14), 2), NUMBERS["invitert"], MATES["navn"]):
        invitation = invitation_of(number)
        mine = OutboxMessage.recipient == invitation_recipient(invitation.id)
        db.session.execute(db.update(OutboxMessage).where(mine).values(state="handed_over"))
        row = returning.register(token_of(invitation), reason=ReturnReason.MOVED, actor=Actor("staff", 1), now=NOW).row
    address = PostalAddress((f"c/o {CANARY}", "Åkerveien 7"), "3370", "VIKERSUND")
    returning.send_again(row.id, invitation.event, address, actor=COMMAND, now=NOW)
    db.session.commit()


def walk(world: World, when: str) -> None:
    """Open every page of the route map as everybody who may, and search; keep what is shown."""
    values = _values(world)
    for rule in world.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.rule != "/static/<path:filename>":
            paths = _paths(rule.rule, values)
            for who, client, headers in _visitors(world, rule.rule):
                for answer in _answers(client, paths, headers):
                    world.keep(when, f"{who} {rule.rule}", answer.get_data())
    organiser = world.staff[Role.ORGANISER]
    for page in ("/admin/husstander", f"/admin/husstander/{values['household_id'][0]}"):
        form = next(form for form in forms_of(organiser.get(page)) if "finn" in form.action)
        world.keep(when, f"search {page.split('/')[2]}", send(organiser, form, text="fugl").get_data())
    privacy = world.staff[Role.PRIVACY]
    for person_id in values["person_id"]:
        forms = forms_of(privacy.get(f"/admin/innsyn/{person_id}"))
        for form in (form for form in forms if form.action.endswith("/hent")):
            world.keep(when, "export /admin/innsyn", send(privacy, form).get_data())
    desk = (_search_desk(world, name).get_data() for name in ("kanari", "spurv"))
    world.keep(when, "search skranke", b"".join(desk))
    world.keep(when, "names opened", opened_names(world.phone.get("names").json, world.pin))
    # The beginnings of the names, since what was typed stands in the field again.
    found = (_search_invitations(world, name).get_data() for name in ("kanari", "spurv"))
    world.keep(when, "search invitasjoner", b"".join(found))


def _answers(client: FlaskClient, paths: list[str], headers: dict[str, str]) -> Iterator[TestResponse]:
    """Yield the answer at each address; where a role may not, it is refused at each alike, and the first is enough."""
    for path in paths:
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500 or path == "/readyz", path
        yield answer
        if answer.status_code == 403 and not WHOLE:
            return


def _search_invitations(world: World, name: str) -> TestResponse:
    organiser = world.staff[Role.ORGANISER]
    page = organiser.get(f"/admin/arrangementer/{SLUG}/invitasjoner")
    return send(organiser, next(form for form in forms_of(page) if form.action.endswith("/sok")), name=name)


def _search_desk(world: World, name: str) -> TestResponse:
    organiser = world.staff[Role.ORGANISER]
    forms = forms_of(organiser.get("/admin/skranke"))
    return send(organiser, next(form for form in forms if "text" in form.values), text=name)


def _visitors(world: World, rule: str) -> list[tuple[str, FlaskClient, dict[str, str]]]:
    if rule.startswith("/api/door"):
        return [("door", world.phone.client, world.phone.bearer)]
    if not rule.startswith("/admin"):
        return [("guest", world.app.test_client(), {})]
    if rule.endswith(".pdf"):
        return [("organiser", world.staff[Role.ORGANISER], {})]
    return [(role.value, client, {}) for role, client in world.staff.items()]


def _values(world: World) -> dict[str, list[str]]:
    db.session.rollback()
    invitations = db.session.scalars(select(Invitation).order_by(Invitation.id)).unique().all()
    return {
        "slug": [SLUG],
        "number": ["1"],
        "feed": ["alle"],
        "token": [token_of(invitation) for invitation in invitations],
        "ticket": [ticket_code(ticket) for ticket in db.session.scalars(select(Ticket).order_by(Ticket.id))],
        "invitation_id": [str(invitation.id) for invitation in invitations],
        "household_id": [str(one) for one in db.session.scalars(select(Household.id).order_by(Household.id))],
        "pairing_id": [str(one) for one in db.session.scalars(select(DoorPairing.id))],
        "extract_id": [_upload(world)],
        "place": [str(place) for place in range(2 * len(STATES) + 4)],
        "import_id": [str(one) for one in db.session.scalars(select(RegisterImport.id))],
        "person_id": [str(one) for one in db.session.scalars(select(Person.id).order_by(Person.id))],
        "series_id": [str(one) for one in db.session.scalars(select(Series.id))],
        "segment": ["moved-in"],
        "batch_token": ["none-waits"],
        "own_question_id": [str(one) for one in db.session.scalars(select(EventQuestion.id))],
        "question_id": [
            str(one) for one in db.session.scalars(select(Question.id).where(Question.is_erased.is_(False)))
        ],
        "job_id": [_pictures(world)],
        "returned_id": [str(one) for one in db.session.scalars(select(ReturnedLetter.id).order_by(ReturnedLetter.id))],
        "list_id": [str(one) for one in db.session.scalars(select(AudienceList.id))],
        "mailing_id": [str(one) for one in db.session.scalars(select(Mailing.id))],
        "way": ["oslo"],
        "city": ["oslo"],
        "sign_up_id": [str(one) for one in db.session.scalars(select(SignUp.id).order_by(SignUp.id))],
        "calendar": _calendars(),
        "open": [ask_openly(db.session.scalars(select(Event)).one(), party(email="ny@gjest.example"))],
        "organisation_id": [str(one) for one in db.session.scalars(select(Organisation.id).order_by(Organisation.id))],
        "contact_id": [str(one) for one in db.session.scalars(select(Contact.id).order_by(Contact.id))],
        "participation_id": [
            str(one) for one in db.session.scalars(select(Participation.id).order_by(Participation.id))
        ],
        "logo_mark": ["0"],
        "stand": [row.selector.lower() for row in db.session.scalars(select(Participation).order_by(Participation.id))],
        "opportunity_id": [str(one) for one in db.session.scalars(select(Opportunity.id).order_by(Opportunity.id))],
        "interest_id": [str(one) for one in db.session.scalars(select(StandInterest.id).order_by(StandInterest.id))],
        "interest": [
            interest_token(row) for row in db.session.scalars(select(StandInterest).order_by(StandInterest.id))
        ],
        "partner": [partner_token(row) for row in db.session.scalars(select(Participation).order_by(Participation.id))],
        "host_id": [str(one) for one in db.session.scalars(select(EventHost.id).order_by(EventHost.id))],
        "host": [host_token(row) for row in db.session.scalars(select(EventHost).order_by(EventHost.id))],
        "group_id": [str(make_group().id)],
        "short": ["22222"],
        "own": [token_of_own(row) for row in db.session.scalars(select(SignUp).order_by(SignUp.id))],
        "language": ["nb"],
        "file_kind": ["csv"],
        "form": ["a4"],
        "drawing": ["svg"],
        "picture": ["kvadrat"],
        "provider": ["kjokken"],
        "group": [group.value for group in RecipientGroup],
        "standing": ["email.queued."],
    }


def _calendars() -> list[str]:
    """Give each ticket and each sign-up a calendar of its own; return the codes."""
    owners = [feeds.Owner(ticket_id=one) for one in db.session.scalars(select(Ticket.id).order_by(Ticket.id))]
    owners += [feeds.Owner(sign_up_id=one) for one in db.session.scalars(select(SignUp.id).order_by(SignUp.id))]
    for owner in owners:
        start_feed(owner, language="nb", now=NOW)
    db.session.commit()
    return [feeds.code_of(feed) for owner in owners if (feed := feeds.of_owner(owner))]


def _pictures(world: World) -> str:
    """Have the letters that wait pictured, and return the number of the work."""
    event = db.session.scalars(select(Event)).one()
    if found := db.session.scalars(select(LetterJob.id)).first():
        return str(found)
    batch = letters.batch_of(event, planning.plan(event, is_reprint=False, now=NOW), made_by_id=None, now=NOW)
    making.ask(event, JobKind.PICTURES, batch_id=batch.id, actor=COMMAND, now=NOW)
    db.session.commit()
    world.run("letters", "work")
    job = db.session.scalars(select(LetterJob)).one()
    assert job.stage == "done", job.fault_json
    return str(job.id)


def _upload(world: World) -> str:
    organiser = world.staff[Role.ORGANISER]
    form = next(form for form in forms_of(organiser.get("/admin/register/ny")) if "as_of" in form.values)
    with (world.folder / "etter.csv").open("rb") as file:
        fields = {**form.values, "as_of": "2026-11-02", "file": (file, "etter.csv")}
        answer = organiser.post("/admin/register/ny", data=fields, content_type="multipart/form-data")
    return str(answer.location).rsplit("/", 1)[1]


def _paths(rule: str, values: dict[str, list[str]]) -> list[str]:
    names = re.findall(r"<(?:[^<>]*:)?(\w+)>", rule)
    path = re.sub(r"<[^<>]*?(\w+)>", r"{\1}", rule).replace("{slug}", SLUG).replace("{feed}", "alle")
    extra = ["", "?reason=out", "?reason=by_hand"] if rule.endswith("/malgruppe/personer") else [""]
    extra = ["", "?vis=vurderes", "?vis=holdes"] if rule == "/admin/husstander" else extra
    known = {**values, "token": values["ticket"]} if "/billett/" in rule.lower() else values
    known = {**values, "token": values["own"]} if "/min/" in rule else known
    known = {**values, "token": values["calendar"]} if rule == "/kalender/<token>.ics" else known
    known = {**values, "token": values["open"]} if rule == "/pamelding/<token>" else known
    known = {**values, "token": values["partner"]} if rule.startswith("/partner/") else known
    known = {**values, "token": values["host"]} if rule.startswith("/vert/") else known
    known = {**values, "token": values["interest"]} if rule.startswith("/interesse/<") else known
    wanted = [name for name in names if name not in ("slug", "feed")]
    chosen = (dict(zip(wanted, found, strict=True)) for found in product(*(known[name] for name in wanted)))
    return [path.format(**names) + more for names in chosen for more in extra]


def commands_of(group: Group, *before: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, Group):
            yield from commands_of(command, *before, name)
        else:
            yield " ".join((*before, name))


def test_every_command_is_run_or_is_left_out_by_name(world: World) -> None:
    assert {name for name in commands_of(world.app.cli) if not NOT_RUN.fullmatch(name)} == set(COMMANDS)  # type: ignore[arg-type]


def test_protected_people_are_nowhere(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    write(world, "etter.csv", "fortrolig")
    live(world)
    walk(world, "before")
    before = world.places(CANARY, "before")
    stored = {place.split(".")[0] for place in found_in_database([CANARY, MAIL])[CANARY]}
    assert {"person", "need", "question_reply"} <= stored
    assert len(before) >= 12, before
    assert MAIL in found_in_database([MAIL])
    tickets = [ticket_code(_ticket(NUMBERS[state])) for state in ("billett", "skannet")]

    protect(world, "fortrolig")
    for code in tickets:
        assert world.app.test_client().get(f"/billett/{code}").status_code == 200
    walk(world, "after")
    for name, arguments in COMMANDS.items():
        filled = [argument.format(folder=world.folder) for argument in arguments]
        world.run(*name.split(), *filled, when="after", exit_codes=(0, 1))
    (world.folder / "shown" / "after" / "log").write_text("".join(capfd.readouterr()), encoding="utf-8")
    (world.folder / "for.csv").unlink()
    (world.folder / "etter.csv").unlink()

    assert not found_in_database(NEEDLES)
    assert not found_in_files(NEEDLES, world.folder / "shown" / "after")
    assert not found_in_files(NEEDLES, world.folder / "instance")
    assert not found_in_files(NEEDLES, world.folder / "brev")
    # The control: those who are not protected are found in each place where the protected were before.
    unprotected = (CONTROL, "Spurven", "Meis")
    assert before - set().union(*(world.places(name, "after") for name in unprotected)) == set()
    assert CONTROL in found_in_files([CONTROL], world.folder / "brev")
    assert CONTROL in found_in_database([CONTROL])
    assert CONTROL_MAIL in found_in_files([CONTROL_MAIL], world.folder / "instance")


def _ticket(number: str) -> Ticket:
    wanted = select(Ticket).where(Ticket.invitation_id == invitation_of(number).id)
    return db.session.scalars(wanted).one()


def test_a_ticket_given_before_opens_the_door_without_a_name(world: World) -> None:
    live(world)
    code = ticket_code(_ticket(NUMBERS["billett"]))
    protect(world, "strengtFortrolig")
    [result] = world.phone.results(world.phone.scan(code, persons=2))
    assert result["class"] == "first"
    assert CANARY.casefold() not in json.dumps(result).casefold()


@pytest.mark.parametrize("grading", ["FORTROLIG", "KlientAdresse", "ukjent kode"])
def test_any_grading_in_any_case_takes_everybody_out_and_sets_their_mates_aside(world: World, grading: str) -> None:
    read_in(world)
    counted = protect(world, grading)
    assert counted["protected"] == len(STATES)
    people = db.session.scalars(select(Person)).all()
    assert {person.family_name for person in people} == {CONTROL, MATE}
    aside = {person.full_name for person in people if person.household and person.household.set_aside_reason}
    assert aside == {f"Meis{state} {MATE}" for state in STATES}
    left_out = json.loads(world.run("audience", "count", "moved-in", "--event", SLUG, "--json"))["excluded"]
    assert left_out["by_hand"] == len(STATES)


def test_a_search_answers_alike_for_a_protected_person_and_for_one_whom_nobody_knows(world: World) -> None:
    read_in(world)
    protect(world, "fortrolig")
    organiser = world.staff[Role.ORGANISER]
    answers = set()
    for name in (f"Kanarifuglsvart {CANARY}", "Ingen Kjenner"):
        form = next(form for form in forms_of(organiser.get("/admin/husstander")) if "finn" in form.action)
        text = send(organiser, form, text=name).text.replace(name, "NN")
        answers.add(re.sub(r'value="[^"]*"', "", text))
    assert len(answers) == 1


def test_a_search_of_the_invitations_answers_alike_for_a_protected_person_and_for_one_whom_nobody_knows(
    world: World,
) -> None:
    read_in(world)
    world.run("invitations", "create", SLUG, "--segment", "moved-in")
    name = f"Kanarifuglsvart {CANARY}"
    assert CANARY in _search_invitations(world, name).text.split("</form>")[-1], "the control: found until protected"
    protect(world, "fortrolig")
    answers = {
        re.sub(r'value="[^"]*"', "", _search_invitations(world, typed).text.replace(typed, "NN"))
        for typed in (name, "Ingen Kjenner")
    }
    assert len(answers) == 1
    assert "Vi finner ingen med det navnet" in answers.pop()


def test_a_decision_stands_until_somebody_else_there_becomes_protected(world: World) -> None:
    read_in(world)
    protect(world, "fortrolig")
    organiser = world.staff[Role.ORGANISER]
    form = next(form for form in forms_of(organiser.get("/admin/husstander?vis=vurderes")) if "slipp" in form.action)
    chosen = form.choices["chosen"]
    assert organiser.post(form.action, data={**form.values, "chosen": chosen}).status_code == 303
    protect(world, "fortrolig", day=3)
    assert set(db.session.scalars(select(Household.set_aside_reason))) == {""}
    second = [*rows("fortrolig"), _row(national_number(date(1993, 7, 15)), "Kanarifuglto", CANARY, "Åkerveien 2", "6")]
    after = world.folder / "etter.csv"
    after.write_text(table(second, header=[*HEADER, "Fødselsdato"]), encoding="utf-8")
    world.run("register", "import", str(after), "--as-of", "2026-11-04")
    homes = db.session.scalars(select(Household).where(Household.set_aside_reason != "")).all()
    assert [member.full_name for home in homes for member in home.members] == [f"Meisny {MATE}"]
    assert homes[0].decision == ""


def test_protection_that_is_lifted_in_a_newer_extract_brings_the_person_back(world: World) -> None:
    read_in(world)
    protect(world, "fortrolig")
    protect(world, "nei", day=1)
    assert {person.family_name for person in db.session.scalars(select(Person))} == {CONTROL, MATE}
    protect(world, "nei", day=3)
    assert {person.family_name for person in db.session.scalars(select(Person))} == {CONTROL, MATE, CANARY}


def test_an_extract_that_is_too_old_blocks_every_new_mailing_with_a_clear_line(world: World) -> None:
    read_in(world)
    batch = LetterBatch(
        event_id=db.session.scalars(select(Event)).one().id,
        release_reference="ABCD", content_hash="x", letter_count=1, made_at_utc=NOW,
    )  # fmt: skip
    db.session.add(batch)
    db.session.commit()
    user = sign_in(world.app.test_client(), role="admin")
    late = datetime(2026, 12, 2, 11, 0, tzinfo=UTC)
    clock.set_clock(lambda: late)
    make_event(
        slug="senere",
        starts_at_utc=datetime(2026, 12, 20, 17, tzinfo=UTC),
        ends_at_utc=datetime(2026, 12, 20, 20, tzinfo=UTC),
        answer_by=date(2026, 12, 15),
    )
    for command in (
        ["invitations", "create", "senere", "--segment", "moved-in"],
        ["letters", "build", "senere", "--out", str(world.folder / "ut")],
        ["mailings", "release", "ABCD", "--by", user.email],
    ):
        result = world.app.test_cli_runner().invoke(args=command)
        assert result.exit_code == 1, result.output
        assert "31 dager gammelt" in result.output, result.output
    clock.set_clock(lambda: datetime(2026, 12, 1, 11, 0, tzinfo=UTC))
    world.run("invitations", "create", "senere", "--segment", "moved-in")
    world.run("mailings", "release", "ABCD", "--by", user.email)
