"""The page before a yes: every kind of change with people in it, warnings, nothing to count the protected by."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.models import ProtectedIdentity
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.people import national_number, ndjson, person_document, residence, table, table_row
from tests.pages import links_of
from tests.register.test_routes import press, staged_page

NUMBERS = {
    name: national_number(date(1990, 4, 12), serial)
    for serial, name in enumerate(
        ("Ny", "Flytta", "Innen", "Ut", "Utland", "Død", "Borte", "Endra", "Lik", "Kanarifugl", "Gammel")
    )
}
HOME, NEW_HOME = residence("2015-05-01", street="Gamleveien"), residence("2026-08-01", street="Nyveien")
ELSEWHERE = residence("2026-08-01", municipality="0301", street="Karl Johans gate")


def document(
    name: str, *homes: object, status: str = "bosatt", given: str = "ELEGANT", **more: object
) -> dict[str, object]:
    facts = {
        "navn": [{"erGjeldende": True, "fornavn": given, "etternavn": name.upper()}],
        "status": [{"erGjeldende": True, "status": status}],
        **more,
    }
    return person_document(NUMBERS[name], *(homes or (HOME,)), **facts)  # type: ignore[arg-type]


STAYED = {**HOME, "erGjeldende": False}
BEFORE = ndjson(
    [document(name) for name in ("Innen", "Ut", "Utland", "Død", "Borte", "Endra", "Lik", "Kanarifugl")]
).encode()
PROTECTED = {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "strengtFortrolig"}]}
AFTER = ndjson(
    [
        document("Ny"),
        document("Flytta", {**ELSEWHERE, "erGjeldende": False, "flyttedato": "2020-01-01"}, NEW_HOME),
        document("Innen", STAYED, NEW_HOME),
        document("Ut", STAYED, ELSEWHERE),
        document("Utland", STAYED, status="utflyttet"),
        document("Død", status="doed"),
        document("Endra", given="ELEGANTA"),
        document("Lik"),
        document("Kanarifugl", **PROTECTED),
    ]
).encode()


@pytest.fixture
def compared(client: FlaskClient) -> str:
    """Return the page of an extract in which each kind of change happens once, after one that was accepted."""
    sign_in(client)
    press(client, staged_page(client, BEFORE, as_of="2026-10-01"), "/godta")
    return str(staged_page(client, AFTER, as_of="2026-11-01").request.path)


def figures(text: str) -> dict[str, str]:
    return dict(re.findall(r"<div><dt>([^<]+)</dt><dd>(\d+)</dd></div>", text))


CHANGES = {
    "Flyttet inn siste år": "Flytta",
    "Nye for oss ellers": "Ny",
    "Flyttet innenfor kommunen": "Innen",
    "Flyttet ut": "Ut",
    "Flyttet til utlandet": "Utland",
    "Døde": "Død",
    "Ikke lenger i uttrekket": "Borte",
    "Endret på annen måte": "Endra",
    "Uendret": "Lik",
}


def test_every_kind_of_change_is_counted_and_shown_by_name(client: FlaskClient, compared: str) -> None:
    text = client.get(compared).get_data(as_text=True)
    assert figures(text) == dict.fromkeys(CHANGES, "1")
    for words, name in CHANGES.items():
        part = text.split(f"<summary>{words}:")[1].split("</details>")[0]
        assert re.findall(r"<th[^>]*><div>(\w+) (\w+)</div></th>", part)[0][1] == name


def test_what_stood_before_is_beside_what_changed(client: FlaskClient, compared: str) -> None:
    text = client.get(compared).get_data(as_text=True)
    parts = {words: text.split(f"<summary>{words}:")[1].split("</details>")[0] for words in CHANGES}
    assert '<td role="cell" data-label="Før"><div>Elegant Endra</div></td>' in parts["Endret på annen måte"]
    assert re.search(r'data-label="Før"><div>Gamleveien[^<]*3370', parts["Flyttet innenfor kommunen"])
    assert [words for words, part in parts.items() if "Før" in part] == [
        "Flyttet innenfor kommunen",
        "Endret på annen måte",
    ]


def test_looking_at_the_examples_is_in_the_log(client: FlaskClient, compared: str) -> None:
    looks = db.select(db.func.count(AuditEntry.id)).where(AuditEntry.act == "register.look")
    before = db.session.scalar(looks)
    db.session.rollback()
    client.get(compared)
    assert db.session.scalar(looks) == (before or 0) + 1


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN])
def test_nothing_that_others_see_tells_how_many_are_protected(client: FlaskClient, compared: str, role: Role) -> None:
    """With one protected person more in the file, every page that others see is the same, figure for figure."""
    sign_in(client, role=role)
    with_one = figures(client.get(compared).get_data(as_text=True))
    sign_in(client)
    press(client, client.get(compared), "/forkast")
    other = AFTER + ndjson([document("Gammel", **PROTECTED)]).encode()
    with_two = str(staged_page(client, other, as_of="2026-11-01").request.path)
    sign_in(client, role=role)
    text = client.get(with_two).get_data(as_text=True)
    assert figures(text) == with_one
    assert "Kanarifugl" not in text
    assert not re.search(r"\b(9|10) rader", text)


def test_the_result_and_the_list_tell_others_nothing_either(client: FlaskClient, compared: str) -> None:
    accepted = press(client, client.get(compared), "/godta").location
    for path in (accepted, "/admin/register"):
        text = client.get(path, follow_redirects=True).get_data(as_text=True)
        assert "beskyttede</dt>" not in text
        assert "Rader</" not in text
    sign_in(client, role=Role.PRIVACY)
    text = client.get(accepted, follow_redirects=True).get_data(as_text=True)
    assert "Nye beskyttede</dt><dd>1<" in text
    for entry in db.session.scalars(db.select(AuditEntry).where(AuditEntry.act == "register.import")):
        assert "rows" not in entry.details
        assert "protected" not in entry.details


def test_privacy_sees_how_many_are_newly_protected_and_nobody_by_name(client: FlaskClient, compared: str) -> None:
    sign_in(client, role=Role.PRIVACY)
    text = client.get(compared).get_data(as_text=True)
    assert figures(text)["Beskyttet"] == "1"
    assert figures(text)["Nye beskyttede"] == "1"
    assert "Kanarifugl" not in text


def test_who_became_protected_after_the_file_was_read_is_not_shown(client: FlaskClient, compared: str) -> None:
    assert "Elegant Lik" in client.get(compared).get_data(as_text=True)
    mark = key_ring().identity_hash(NUMBERS["Lik"])
    db.session.add(ProtectedIdentity(identity_hash=mark, marked_at_utc=NOW))
    db.session.commit()
    assert "Elegant Lik" not in client.get(compared).get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (BEFORE, {"as_of": "2026-11-01"}, "er lest inn før"),
        (AFTER, {"as_of": "2026-09-01"}, "eldre enn det forrige"),
        (ndjson([document("Lik")]).encode(), {"as_of": "2026-11-01"}, "mye færre personer"),
        (ndjson([document("Ut", ELSEWHERE)]).encode(), {"as_of": "2026-11-01"}, "Ingen i filen bor i kommunen"),
        (
            ndjson([document("Lik"), document("Ut", ELSEWHERE), document("Ny", ELSEWHERE)]).encode(),
            {"as_of": "2026-11-01"},
            "Under halvparten av personene i filen",
        ),
        (
            table(
                [
                    table_row(
                        NUMBERS["Ny"],
                        Etternavn="Bråthen",
                        Adresse="Åsåa 1, Øvre Ås, Årås, Æra, Ørn, Ål, Øy",
                    )
                ]
            )
            .encode()
            .replace("Bråthen".encode(), b"Br\xe5then"),
            {"as_of": "2026-11-01"},
            "Noen tegn i filen kunne ikke leses",
        ),
    ],
)
def test_warns_of_what_makes_one_wonder(
    client: FlaskClient, content: bytes, fields: dict[str, str], words: str
) -> None:
    sign_in(client)
    press(client, staged_page(client, BEFORE, as_of="2026-10-01"), "/godta")
    assert words in staged_page(client, content, **fields).get_data(as_text=True)


def test_many_problems_come_on_pages_and_whole_in_the_table(client: FlaskClient) -> None:
    sign_in(client)
    rows = [table_row(NUMBERS["Ny"]), *(table_row(f"{n:011}") for n in range(120))]
    page = staged_page(client, table(rows).encode())
    assert "Side 1 av 3" in page.get_data(as_text=True)
    assert f"{page.request.path}?side=2#problemer" in links_of(page)
    assert "<div>Utelatt</div></td>" in client.get(f"{page.request.path}?side=3").get_data(as_text=True)
    assert client.get(f"{page.request.path}?side=99").status_code == 200
    lines = client.get(f"{page.request.path}/problemer.csv").get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 121
