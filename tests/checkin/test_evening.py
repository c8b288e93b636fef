"""The evening's page: what it counts, and what a desk can put right, each once and told to the phones."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from outreach import clock
from outreach.audit.models import AuditEntry
from outreach.checkin import queries
from outreach.checkin.admission import ScanKind
from outreach.checkin.crowd.crowd import Crowd, with_more
from outreach.checkin.evening.arrivals import MOST_STEPS, arrivals
from outreach.checkin.evening.desk import free_places
from outreach.checkin.headcount import headcount
from outreach.checkin.models import Scan
from outreach.checkin.scan_merge import Fact, TicketStanding, fold
from outreach.database import db
from outreach.events.models import Event
from outreach.formats.norwegian_dates import OSLO
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.checkin import Phone, code_of, make_event, make_ticket, pair_phone
from tests.factories.events import SLUG
from tests.pages import Form, forms_of, send

PAGE = f"/admin/arrangementer/{SLUG}/kvelden"
START = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)


def _fact(minutes: float, persons: int = 1, group: str = "a", **more: object) -> Fact:
    values = {
        "scan_id": f"{group}-{minutes}",
        "group": group,
        "device_id": 1,
        "door": "Inngang",
        "kind": ScanKind.WALK_IN,
        "persons": persons,
        "at_utc": START + timedelta(minutes=minutes),
        "light": "green",
        **more,
    }
    return Fact(**values)  # type: ignore[arg-type]


def _steps(facts: Sequence[Fact]) -> tuple[int, list[tuple[str, int]]]:
    step, steps = arrivals(with_more(Crowd(), facts, []).came)
    return step // timedelta(minutes=1), [(f"{one.start_utc:%H:%M}", one.persons) for one in steps]


@pytest.mark.parametrize(
    ("facts", "step", "expected"),
    [
        ([], 5, []),
        ([_fact(0, 2), _fact(4.9, 3), _fact(5, 1)], 5, [("17:00", 5), ("17:05", 1)]),
        # Nobody for a while is a gap that is seen.
        ([_fact(1), _fact(14)], 5, [("17:00", 1), ("17:05", 0), ("17:10", 1)]),
        ([_fact(0), _fact(5 * MOST_STEPS)], 10, None),
        ([_fact(0, kind=ScanKind.OUT)], 5, []),
        ([_fact(0, light="red")], 5, []),
    ],
)
def test_arrivals_are_counted_by_steps(facts: list[Fact], step: int, expected: list[tuple[str, int]] | None) -> None:
    found_step, found = _steps(facts)
    assert found_step == step
    assert expected is None or found == expected


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 9)), max_size=40, unique_by=lambda pair: pair[0]))
def test_arrivals_add_up_to_those_who_came_and_fit_the_chart(came: list[tuple[int, int]]) -> None:
    _, steps = _steps([_fact(minute, persons) for minute, persons in came])
    assert sum(persons for _, persons in steps) == sum(persons for _, persons in came)
    assert len(steps) <= MOST_STEPS


def test_a_clock_that_is_months_off_does_not_stretch_the_chart() -> None:
    _, steps = _steps([_fact(-60 * 24 * 300), _fact(0, 4)])
    assert len(steps) == MOST_STEPS
    assert steps[-1][1] == 4


def test_what_was_taken_back_never_arrived() -> None:
    facts = [_fact(0, 3), _fact(1, kind=ScanKind.UNDO, undoes="a-0")]
    assert _steps(facts) == (5, [])


@pytest.mark.parametrize(
    ("capacity", "on_tickets", "walked_in", "free"),
    [(None, 9, 9, None), (20, 12, 3, 5), (20, 20, 0, 0), (20, 25, 2, 0)],
)
def test_free_places_leave_room_for_everybody_with_a_ticket(
    capacity: int | None, on_tickets: int, walked_in: int, free: int | None
) -> None:
    assert free_places(capacity, on_tickets=on_tickets, walked_in=walked_in) == free


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(capacity=10)


@pytest.fixture
def doors(app: Flask, event: Event) -> tuple[Phone, Phone]:
    return pair_phone(app.test_client(), event, "Nord"), pair_phone(app.test_client(), event, "Sør")


@pytest.fixture
def lead(client: FlaskClient) -> FlaskClient:
    sign_in(client, role="door-lead")
    return client


def _form(lead: FlaskClient, end: str) -> Form:
    return next(form for form in forms_of(lead.get(PAGE)) if form.action.endswith(end) or f"/{end}/" in form.action)


def _inside(event: Event) -> int:
    db.session.rollback()
    return headcount(queries.merged(event.id)).total


def _acts() -> list[str]:
    acts = db.session.scalars(db.select(AuditEntry.act).order_by(AuditEntry.id))
    return sorted(act for act in acts if act in {"door.undo", "door.settle", "door.walk_in", "door.close_all"})


def test_the_page_counts_who_is_in_and_names_nobody(
    lead: FlaskClient, event: Event, doors: tuple[Phone, Phone]
) -> None:
    ticket = make_ticket(event, persons=4)
    doors[0].results(doors[0].scan(code_of(ticket), persons=3))
    page = lead.get(PAGE)
    words = " ".join(page.text.split())
    for part in ("<dt>Inne nå</dt><dd>3", "<dt>Har billett</dt><dd>4", "<dt>Plass til flere</dt><dd>6"):
        assert part in words.replace("</dt> <dd>", "</dt><dd>"), part
    assert "Personer for hvert 5. minutt" in words
    assert "Telefon ved Nord" in words


def test_the_page_tells_what_waits_on_each_phone_and_how_its_clock_goes(
    lead: FlaskClient, app: Flask, event: Event, doors: tuple[Phone, Phone]
) -> None:
    doors[0].get("changes?waiting=12")
    pair_phone(app.test_client(), event, "Vest", clock_error=timedelta(minutes=-3))
    told = f"kl. {NOW.astimezone(OSLO):%H.%M}"
    assert _phone_rows(lead) == {
        "Nord": (f"12 skanninger venter på telefonen (meldt {told})", "På nett Klokka går riktig"),
        "Sør": ("Ingenting venter", "På nett Klokka går riktig"),
        "Vest": ("Ingenting venter", "På nett Klokka går 3 minutter feil"),
    }
    doors[0].post()  # an app of before tells nothing
    doors[0].get("changes?waiting=1")
    clock.set_clock(lambda: NOW + timedelta(minutes=3))
    silent = _phone_rows(lead)
    assert silent["Nord"] == (
        f"12 skanninger venter på telefonen (meldt {told})",
        "Ikke hørt fra Klokka går riktig",
    )
    assert silent["Sør"] == (f"Ingenting ventet {told}", "Ikke hørt fra Klokka går riktig")
    doors[0].get("changes?waiting=0")
    assert _phone_rows(lead)["Nord"] == ("Ingenting venter", "På nett Klokka går riktig")
    send(lead, _form(lead, "/steng"))
    assert _phone_rows(lead)["Nord"][0].startswith("Ingenting ventet kl. ")


def _phone_rows(lead: FlaskClient) -> dict[str, tuple[str, str]]:
    """Return (what waits, status) of each phone, by its door."""
    table = lead.get(PAGE).text.partition("Telefonene ved dørene</caption>")[2].partition("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in table.split("<tr ")[2:]]
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]
    return {row[1]: (row[4], row[5]) for row in plain}


def test_an_empty_evening_says_so(lead: FlaskClient, event: Event) -> None:
    page = lead.get(PAGE)
    assert "Ingen er sluppet inn ennå." in page.text
    assert "Ingen telefoner er koblet til ennå." in page.text
    assert "Steng alle dørene" not in page.text


def test_a_scan_is_taken_back_once_and_the_phones_hear_of_it(
    lead: FlaskClient, event: Event, doors: tuple[Phone, Phone]
) -> None:
    ticket = make_ticket(event, persons=2)
    doors[0].results(doors[0].scan(code_of(ticket), persons=2))
    before = doors[1].get("changes").json
    form = _form(lead, "angre")
    assert send(lead, form).status_code == 303
    assert _inside(event) == 0
    assert send(lead, form).status_code == 404
    assert "Skanningen er angret" in lead.get(PAGE).text
    told = doors[1].get(f"changes?since={before['version']}").json
    assert told["headcount"]["total"] == 0
    assert [one["inside"] for one in told["admissions"]] == [0]
    assert doors[0].results(doors[0].scan(code_of(ticket), persons=2))[0]["class"] == "first"
    assert _acts() == ["door.undo"]


@pytest.mark.parametrize(("settlement", "inside"), [("samme", 2), ("to", 4)])
def test_a_clash_is_settled_as_one_guest_or_as_two(
    lead: FlaskClient, event: Event, doors: tuple[Phone, Phone], settlement: str, inside: int
) -> None:
    ticket = make_ticket(event, persons=2)
    for phone in doors:
        phone.results(phone.scan(code_of(ticket), persons=2))
    page = lead.get(PAGE).text
    assert "Samme billett ved to dører" in page
    assert f"Billetten som slutter på {code_of(ticket)[-4:]}" in page
    assert _inside(event) == 2
    form = _form(lead, f"/{settlement}")
    assert send(lead, form).status_code == 303
    assert _inside(event) == inside
    assert "Samme billett ved to dører" not in lead.get(PAGE).text
    assert send(lead, form).status_code == 404
    assert _inside(event) == inside
    assert doors[0].get("changes").json["clashes"] == []


def test_a_guest_without_a_ticket_is_counted_once_however_often_the_button_is_pressed(
    lead: FlaskClient, event: Event
) -> None:
    form = _form(lead, "uten-billett")
    for _ in range(2):
        assert send(lead, form, persons="3").status_code == 303
    assert _inside(event) == 3
    assert _acts() == ["door.walk_in"]


def test_the_house_is_full_for_guests_without_a_ticket_unless_the_lead_says_so(lead: FlaskClient, event: Event) -> None:
    make_ticket(event, persons=8)
    form = _form(lead, "uten-billett")
    refused = send(lead, form, persons="3")
    assert refused.status_code == 409
    assert "Det er bare 2 ledige plasser når alle med billett kommer." in refused.text
    assert _inside(event) == 0
    assert send(lead, form, persons="3", is_forced="y").status_code == 303
    assert _inside(event) == 3


@pytest.mark.parametrize("persons", ["", "0", "31", "-1", "tre"])
def test_a_number_that_cannot_be_is_refused_with_words(lead: FlaskClient, event: Event, persons: str) -> None:
    refused = send(lead, _form(lead, "uten-billett"), persons=persons)
    assert refused.status_code == 422
    assert "Feil:" in refused.text
    assert _inside(event) == 0


@pytest.mark.parametrize("fact_id", ["", "x" * 32, "A" * 32, "0" * 31])
def test_a_made_up_fact_id_is_refused(lead: FlaskClient, event: Event, fact_id: str) -> None:
    assert send(lead, _form(lead, "uten-billett"), persons="1", fact_id=fact_id).status_code == 422
    assert _inside(event) == 0


def test_a_scan_of_another_event_is_out_of_reach(lead: FlaskClient, event: Event, app: Flask) -> None:
    other = make_event(slug="et-annet-treff")
    phone = pair_phone(app.test_client(), other, "Øst")
    phone.results(phone.scan(code_of(make_ticket(other))))
    form = Form(action=f"{PAGE}/angre/{db.session.scalar(db.select(Scan.scan_id))}")
    form.values.update(_form(lead, "uten-billett").values)
    assert send(lead, form).status_code == 404
    assert _inside(other) == 1


def test_closing_the_evening_lets_every_phone_go_and_keeps_the_scans(
    lead: FlaskClient, event: Event, doors: tuple[Phone, Phone]
) -> None:
    doors[0].results(doors[0].scan(code_of(make_ticket(event))))
    answer = send(lead, _form(lead, "/steng"))
    assert answer.status_code == 303
    assert "2 telefoner er koblet fra" in lead.get(PAGE).text
    assert [phone.get("changes").status_code for phone in doors] == [401, 401]
    assert _inside(event) == 1


def test_a_fact_of_the_desk_survives_any_order(event: Event) -> None:
    """A desk's undo names its scan, so it takes nobody else's back, whatever came first."""
    facts = [
        _fact(0, 2, "ticket:1", kind=ScanKind.IN, scan_id="in"),
        _fact(0, 2, "ticket:1", kind=ScanKind.UNDO, scan_id="undo", undoes="in", device_id=None),
    ]
    standing = {"ticket:1": TicketStanding(2, 1)}
    assert fold(facts, standing) == fold(reversed(facts), standing)
    assert fold(facts, standing).groups["ticket:1"].inside == 0
    assert clock.now_utc() == NOW
