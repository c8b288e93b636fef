"""Every route is in the access matrix, and does what its row says for a stranger and for each role (promises.md 4).

A GET changes no row but those of the few tables that it may append to: mail scanners open every link.
"""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.accounts.roles import Role
from outreach.audience.models import AudienceList
from outreach.audit.actor import COMMAND
from outreach.checkin.choices import service as choosing
from outreach.checkin.models import DoorPairing
from outreach.checkin.paper.service import make_list
from outreach.contact_point import service as contact_point
from outreach.database import db
from outreach.database.engine import WriteInReadError
from outreach.events.models import Event
from outreach.feeds import queries as feeds
from outreach.feeds.service import start as start_feed
from outreach.mailings.mailing import Kind
from outreach.messages.deciding.doubt import BatchKey, Doubt
from outreach.messages.service import unsubscribe_url
from outreach.outbox.states import Channel
from outreach.partners.models import Participation
from outreach.reports.settling import service as settling
from outreach.surveys.queries import survey_url
from outreach.tickets.models import Ticket
from outreach.tickets.service import code_of
from outreach.web.access import guard_of, guarded
from outreach.web.form_guard import STAFF as STAFF_PLACE
from outreach.web.transactions import aside
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_segment
from tests.factories.checkin import pair_phone
from tests.factories.contact_point import details, make_sign_up, token_of_own
from tests.factories.events import SLUG, make_event
from tests.factories.groups import make_group
from tests.factories.hosts import host_token, make_host
from tests.factories.interests import interest_token, make_interest
from tests.factories.invitations import make_invited
from tests.factories.letters import make_pictures, make_returned
from tests.factories.mailings import make_mailing
from tests.factories.open_sign_up import ask_openly
from tests.factories.outbox import KIND, doubt, queue_messages
from tests.factories.own_questions import make_own_question
from tests.factories.partners import make_offer, make_participation, make_partner_with_logo, partner_token
from tests.factories.questions import make_question
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of
from tests.factories.series import make_series
from tests.factories.tickets import make_ticket
from tests.pages import forms_of

MATRIX: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "access_matrix.yaml").read_text("utf-8"))
STAFF: dict[str, list[str]] = MATRIX["staff"]
KINDS = [kind for kind in MATRIX if kind != "staff"]
ROWS = {**dict.fromkeys(STAFF, "staff"), **{row: kind for kind in KINDS for row in MATRIX[kind]}}
GETS = [row for row in ROWS if row.startswith("GET")]
EXTRACT = Path(__file__).parent / "extracts" / "persondokumenter.ndjson"
FEED = EXTRACT.with_name("hendelser-feed.json")
WRONG_CODE = "2222-2222-2222"
# What a GET may append to: the audit of a look, when somebody was last seen, failed attempts, and clicks.
_BY_LINK = (
    "survey-link",
    "open-confirm",
    "personal-link",
    "link:ticket",
    "feed-link",
    "unsubscribe-link",
    "contact-link",
    "contact-confirm",
    "partner-link",
    "interest-link",
    "host-link",
)
# What `_values` makes for one row alone; other pages share a municipality, which a GET leaves as it was.
MADE_FOR_THE_ROW = (
    "undersokelse/<slug>", "skranke", "rapport.", "kalender/<token>", "/partner/", "/stand/", "/interesse/", "/vert",
    "kontaktpunkt", "/g/", "/pamelding/<token>", "/flyttet", "/slett", "extract_id", "import_id",
    "batch_token", "venteliste", "series_id", "bilder",
)  # fmt: skip
_ALONE = [[row] for row in GETS if any(part in row for part in MADE_FOR_THE_ROW)]
_TOGETHER = [row for row in GETS if [row] not in _ALONE]
GETS_OF_A_TEST = [*_ALONE, *(_TOGETHER[start : start + 20] for start in range(0, len(_TOGETHER), 20))]
APPENDED_BY_READS = {"audit_entry", "staff_session", "door_device", "attempt_counter", "group_click"}


def ask_at_home(_event: Event) -> str:
    """Return the code of a letter home to a young person, who may have moved."""
    return token_of(make_household(make_event(slug="treff-oslo", kind="meetup", city="oslo"), ("Emma",)))


_OPEN = {
    "GET /i/<token>/flyttet": ask_at_home,
    "GET /pamelding/<token>": ask_openly,
}


class Browser(FlaskClient):
    """A browser that takes any answer, also what is no whole page."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request that begins with an empty `g`."""
        vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> Browser:
    """Return an anonymous browser."""
    return Browser(app)


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield (row, endpoint) of each method of each route; HEAD and OPTIONS answer for GET."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule.endpoint


def path_of(row: str, **values: str) -> tuple[str, str]:
    """Return (method, path) of `row` with `values` for its variables."""
    method, rule = row.split(" ", 1)
    usual = {"slug": SLUG, "feed": "alle", "token": WRONG_CODE, "filename": "css/site.css", "decision": "resend"}
    usual |= {"choice": "slipp", "verdict": "samme", "course": "pause"}
    usual |= {"choice": "slipp", "verdict": "samme", "mark": "fri", "kind": "build", "reference": "B-222222"}
    usual |= {"name": "letters-001.pdf", "form": "a4", "language": "nb", "drawing": "svg", "settlement": "samme"}
    usual |= {
        "act": "accept",
        "file_kind": "csv",
        "provider": "kjokken",
        "purpose": "news",
        "way": "oslo",
        "state": "pa",
        "answer": "kommer",
        "deed": "gjort",
        "turn": "trekk",
        "picture": "kvadrat",
        "logo_mark": "0",
        "judgement": "godkjenn",
        "stand": "222222222",
    }
    usual |= {"form": "pdf"} if "papir" in rule else {"city": "oslo"}
    usual |= {"act": "opp"} if "egne-sporsmal" in rule else {}
    return method, re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda name: {**usual, **values}.get(name[1], "1"), rule)


def ask(client: FlaskClient, row: str, **values: str) -> Any:
    """Open `row`; a form is sent with its CSRF token and nothing else filled in."""
    method, path = path_of(row, **values)
    data = {"csrf_token": csrf_token(client, path)} if method == "POST" else None
    return client.open(path, method=method, data=data)


def csrf_token(client: FlaskClient, path: str = STAFF_PLACE) -> str:
    for page in ("/admin/logg-inn", "/admin/konto") if path.startswith(STAFF_PLACE) else ("/svar",):
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text):
            return found[1]
    raise AssertionError("no page with a form")


def test_every_route_is_in_the_matrix_and_nothing_else(app: Flask) -> None:
    assert {row for row, _ in routes(app)} == set(ROWS)


def test_every_route_has_the_guard_that_the_matrix_names(app: Flask) -> None:
    for row, endpoint in routes(app):
        guard = guard_of(app.view_functions[endpoint])
        assert guard, f"{row} has no guard"
        assert ("staff" if guard.startswith("staff") else guard) == ROWS[row], row


def test_without_a_guard_a_view_is_refused(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the two tests above: it is the guard that lets people in."""
    assert client.get("/personvern").status_code == 200
    monkeypatch.setitem(app.view_functions, "site.privacy", lambda: "hei")
    assert client.get("/personvern").status_code == 403
    with pytest.raises(AssertionError):
        test_every_route_has_the_guard_that_the_matrix_names(app)


@pytest.mark.parametrize("row", STAFF)
def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, row: str) -> None:
    make_event()
    answer = ask(client, row)
    assert answer.status_code == 303
    assert answer.location.startswith("/admin/logg-inn")


@pytest.mark.parametrize("row", STAFF)
def test_each_role_gets_what_the_matrix_says(app: Flask, row: str) -> None:
    make_event()
    for role in Role:
        client = Browser(app)
        sign_in(client, role=role)
        answer = ask(client, row)
        if role in STAFF[row]:
            assert answer.status_code in {200, 303, 404, 409, 422}, f"{role}: {answer.status_code}"
            assert not (answer.location or "").startswith("/admin/logg-inn?"), role
        else:
            assert answer.status_code == 403, f"{role}: {answer.status_code}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.startswith("POST") and "/api/" not in row])
def test_a_form_without_its_csrf_token_is_refused_with_words(client: FlaskClient, row: str) -> None:
    make_event()
    sign_in(client, role="admin")
    method, path = path_of(row)
    answer = client.open(path, method=method)
    assert answer.status_code == 400
    assert "Ingenting er lagret." in answer.text


def test_only_staff_have_a_session_and_all_of_theirs_is_in_one_place() -> None:
    assert [row for row in STAFF if not row.split(" ")[1].startswith(STAFF_PLACE)] == []


@pytest.mark.parametrize("row", [row for kind in _BY_LINK for row in MATRIX[kind]])
def test_a_wrong_code_opens_nothing(client: FlaskClient, row: str) -> None:
    assert ask(client, row).status_code == 404


@pytest.mark.parametrize("row", MATRIX["door"])
def test_a_phone_without_its_token_opens_nothing(client: FlaskClient, row: str) -> None:
    sign_in(client, role="admin")
    assert ask(client, row).status_code == 401


@pytest.mark.parametrize("row", MATRIX["sms-gateway"])
@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "Basic æ"])
def test_a_gateway_without_its_token_tells_us_nothing(client: FlaskClient, row: str, token: str) -> None:
    sign_in(client, role="admin")
    method, path = path_of(row)
    assert client.open(path, method=method, json={}, headers={"Authorization": token}).status_code == 401


@pytest.mark.parametrize("row", MATRIX["machine"])
def test_what_is_for_the_operators_machine_is_not_for_others(client: FlaskClient, row: str) -> None:
    method, path = path_of(row)
    assert client.open(path, method=method, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code in {403, 404}


@pytest.fixture
def world(app: Flask, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return an event with a household that comes, its codes, a paired phone and an administrator's browser.

    Pictures of letters take as long as all the rest: they are made for the rows that show letters.
    """
    asked = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    row = " ".join([asked.get("row", ""), *asked.get("rows", ())])
    event = make_event(is_open_sign_up=True)
    invited = make_invited(event=event)
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, False))
    staff = Browser(app)
    sign_in(staff, role="admin")
    phone = pair_phone(Browser(app), event)
    choosing.search_names(event, is_on=True, actor=COMMAND, now=NOW)
    make_list(event, actor=COMMAND, now=NOW)
    db.session.commit()
    job = make_pictures(event) if "bilder" in row else None
    returned = make_returned(make_invited(event=event))
    return {
        "event": event,
        "returned": returned,
        "question": make_question(event),
        "own_question": make_own_question(event),
        "job": job,
        "segment": make_segment().slug,
        "invited": invited,
        "invitation": invitation,
        "staff": staff,
        "phone": phone,
        "ticket": make_ticket(event),
        "sign_up": make_sign_up(),
        "participation": make_participation(event, make_partner_with_logo()),
        "newsletter": make_mailing(None, Kind.NEWSLETTER),
        "mailing": make_mailing(event, Kind.REMINDER),
    }


def _values(world: dict[str, Any], row: str) -> dict[str, str]:
    if any(part in row for part in ("undersokelse/<slug>", "skranke", "rapport.", "kalender/<token>")):
        return _of_one_party(world, row)
    if any(part in row for part in ("/partner/", "/stand/", "/interesse/", "/vert")):
        return _by_link_of_partner(world["participation"], row)
    if token := _secret_of(world, row):
        return {"token": token}
    if "kontaktpunkt" in row or "/g/" in row:
        return _of_contact_point(world, row)
    if "extract_id" in row or "import_id" in row:
        return _extract_in(world["staff"], row)
    if "batch_token" in row:
        queue_messages(1)
        doubt()
        return {"batch_token": BatchKey(0, KIND, Channel.EMAIL, Doubt.MAY_HAVE_LEFT).token}
    if "venteliste" in row:
        world["event"].capacity = 2
        join_queue(world["invited"].invitation, answer_for(world["invited"].invitation, True, True, False))
    pairing = db.session.scalars(select(DoorPairing.id)).one()
    asked = db.session.scalars(select(AudienceList.id)).one()
    return {
        "segment": world["segment"],
        "list_id": str(asked),
        "series_id": str(make_series(None, None)[0].series_id) if "series_id" in row else "",
        "person_id": str(world["invited"].household.members[0].id),
        "token": token_of(world["invitation"]),
        "invitation_id": str(world["invited"].invitation.id),
        "pairing_id": str(pairing),
        "household_id": str(world["invited"].household.id),
        "mailing_id": str(world["mailing"].id),
        "language": "nb",
        "group": "epost",
        "standing": "email.queued.",
        "job_id": str(world["job"].id) if world["job"] else "",
        "question_id": str(world["question"].id),
        "own_question_id": str(world["own_question"]),
        "returned_id": str(world["returned"].id),
        **(_of_partner(world["participation"]) | {"token": token_of(world["invitation"])}),
    }


def _by_link_of_partner(row: Participation, path: str) -> dict[str, str]:
    """Return what stands in the addresses of a partner's page, its stand, what a guest left there, and of a host's
    page."""
    if "/vert" in path:
        return {"token": host_token(make_host(row.event))}
    shown = _of_partner(row)
    return {**shown, "token": interest_token(make_interest(row))} if "/interesse/<token>" in path else shown


def _of_partner(row: Participation) -> dict[str, str]:
    partner, interest = row.organisation, make_interest(row)
    return {
        "token": partner_token(row),
        "stand": row.selector.lower(),
        "interest_id": str(interest.id),
        "opportunity_id": str(make_offer(partner).id),
        "organisation_id": str(partner.id),
        "contact_id": str(partner.contacts[0].id),
        "participation_id": str(row.id),
        "logo_mark": partner.logo_mark,
    }


def _calendar_of(ticket: Ticket) -> str:
    owner = feeds.Owner(ticket_id=ticket.id)
    start_feed(owner, language="nb", now=NOW)
    db.session.commit()
    feed = feeds.of_owner(owner)
    assert feed is not None
    return feeds.code_of(feed)


def _secret_of(world: dict[str, Any], row: str) -> str:
    """Return the secret of a page that is no household's; "" for other pages."""
    if "/billett/" in row.lower():
        return str(code_of(world["ticket"]))
    if "avmeld" in row:
        return unsubscribe_url("ase@eksempel.example", "newsletter").rsplit("/", 1)[1]
    return _OPEN[row](world["event"]) if row in _OPEN else ""


def _of_one_party(world: dict[str, Any], row: str) -> dict[str, str]:
    """Return a household that the desk can find, or the survey's link of an event that is over; settle its figures."""
    if "kalender" in row:
        return {"token": _calendar_of(world["ticket"])}
    settling.settle(world["event"], actor=COMMAND, now=NOW)
    db.session.commit()
    if "skranke" in row or "rapport" in row:
        return {"invitation_id": str(world["invitation"].id)}
    times = {"starts_at_utc": NOW - timedelta(hours=3), "ends_at_utc": NOW, "answer_by": NOW.date()}
    over = make_event(slug="over", **times)
    return {"slug": over.slug, "token": survey_url(over, "CDFHJK").rsplit("/", 1)[1]}


def _of_contact_point(world: dict[str, Any], row: str) -> dict[str, str]:
    """Return the secret of somebody's own page or of a form that waits to be confirmed, and what staff see of both."""
    group = make_group()
    shown = {"short": group.short, "group_id": str(group.id)}
    shown |= {"sign_up_id": str(world["sign_up"].id), "mailing_id": str(world["newsletter"].id), "way": "oslo"}
    shown |= {"language": "nb", "group": "epost", "standing": "email.queued."}
    if "bekreft" not in row:
        return {**shown, "token": token_of_own(world["sign_up"])}
    token = contact_point.ask_to_confirm(details(channel=Channel.SMS, contact="+4741234567"), now=NOW)
    db.session.commit()
    return {"token": token}


def _staged_extract(staff: Browser, file: Path = EXTRACT) -> str:
    """Upload an extract, or a feed of events, and return the id under which it waits to be accepted."""
    form = next(form for form in forms_of(staff.get("/admin/register/ny")) if "as_of" in form.values)
    fields = {**form.values, "as_of": "2026-11-02", "file": (io.BytesIO(file.read_bytes()), file.name)}
    answer = staff.post("/admin/register/ny", data=fields, content_type="multipart/form-data")
    return str(answer.location.rsplit("/", 1)[1])


def _extract_in(staff: Browser, row: str) -> dict[str, str]:
    """Upload an extract and bring it to where the page of `row` shows something."""
    extract_id = _staged_extract(staff, FEED if row.endswith("hendelser") else EXTRACT)
    act = {"import_id": "godta", "hendelser": "godta", "forkastet": "forkast"}
    for part, end in act.items():
        if part in row:
            path = f"/admin/register/{extract_id}/{end}"
            assert staff.post(path, data={"csrf_token": csrf_token(staff)}).status_code == 303
    return {"extract_id": extract_id, "import_id": extract_id, "place": "0"}


def rows_by_table() -> dict[str, list[Any]]:
    """Return every row of every table that a read may not change."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name not in APPENDED_BY_READS]
    found = {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in tables}
    db.session.rollback()
    return found


def changes_of(world: dict[str, Any], row: str) -> tuple[int, set[str]]:
    """Open `row` as those who may, and return the best status and the tables that changed."""
    _, path = path_of(row, **_values(world, row))
    before = rows_by_table()
    answers = [
        world["staff"].get(path),
        Browser(world["staff"].application).get(path),
        world["phone"].client.get(path, headers=world["phone"].bearer),
    ]
    after = rows_by_table()
    return min(answer.status_code for answer in answers), {name for name in after if after[name] != before[name]}


@pytest.mark.parametrize("rows", GETS_OF_A_TEST, ids=" ".join)
def test_a_get_changes_no_domain_row(world: dict[str, Any], rows: list[str]) -> None:
    # Without a logo there is none, a database made by the tests has had no migration, and a short link leads on.
    usual = {"GET /logo": 404, "GET /readyz": 503, "GET /g/<short>": 302}
    seen = {row: changes_of(world, row) for row in rows}
    assert seen == {row: (usual.get(row, 200), set()) for row in seen}, "each page itself is seen, and no row changes"


def test_a_get_that_writes_aside_is_found(app: Flask, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""

    def sly() -> str:
        aside(partial(db.session.execute, Event.__table__.update().values(capacity=7)))
        return "hei"

    monkeypatch.setitem(app.view_functions, "site.logo", guarded("public")(sly))
    assert changes_of(world, "GET /logo") == (200, {"event"})


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_read_that_writes_is_refused_by_the_engine(
    app: Flask, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def careless() -> str:
        world["event"].capacity = 7
        db.session.flush()
        return "hei"

    monkeypatch.setitem(app.view_functions, "site.logo", guarded("public")(careless))
    with pytest.raises(WriteInReadError):
        Browser(app).open("/logo", method=method)
    db.session.rollback()
    assert world["event"].capacity is None
    assert world["event"].created_at_utc == NOW
