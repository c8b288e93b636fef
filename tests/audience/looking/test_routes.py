"""Why in and why out: by name and from the list; who is protected cannot be told from who is not there."""

import html
import re
from datetime import date

import pytest
from sqlalchemy import select

from outreach.audience.rule import Age, Children, MovedIn, PostcodeArea, Rule
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.people.models import Person, ProtectedIdentity
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_import, make_person, make_segment
from tests.factories.events import SLUG, make_event
from tests.factories.people import national_number, ndjson, person_document, residence
from tests.pages import forms_of, links_of, send

SEARCH = "/admin/utvalg/moved-in/personer"


def search(client, name, path=SEARCH):
    form = next(form for form in forms_of(client.get(path)) if "name" in form.values)
    return send(client, form, name=name)


def words(page):
    """Return the text of the page's main part, without tokens and what was typed."""
    main = re.sub(r'value="[^"]*"', "", page.text.split("<main")[1])
    return html.unescape(re.sub(r"<[^>]*>", " ", main))


def looks(act):
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.act == act)))


def test_a_name_finds_its_people_and_says_who_is_in(client):
    sign_in(client)
    extract = make_import()
    make_person(extract, given_name="Åse", family_name="Lien", birth_year=1990)
    make_person(extract, given_name="Åse", family_name="Berg", moved_in_on=None)
    make_person(extract, given_name="Ola", family_name="Lien", address=None)
    page = search(client, "åse")
    assert "2 personer" in page.text
    assert re.search(r"Åse Lien.*Flyttet hit i perioden", page.text, re.S)
    assert re.search(
        r"Åse Berg</a></div></th>\s*<td[^>]*><div>1985</div></td>\s*<td[^>]*><div>Passer ikke med utvalget", page.text
    )
    assert "Har ingen adresse vi kan sende brev til" in search(client, "ola lien").text
    assert sorted(entry.details for entry in looks("audience.search")) == ['{"found":1}', '{"found":2}']


@pytest.mark.parametrize("name", ["", "å", "-", "  ", "\x00\x00", "a b c"])
def test_too_little_of_a_name_is_a_message(client, name):
    sign_in(client)
    make_person(make_import())
    page = search(client, name)
    assert page.status_code == 422
    assert "Skriv minst to bokstaver av navnet." in page.text


def test_a_name_that_nobody_has_is_said_so(client):
    sign_in(client)
    make_person(make_import())
    assert "Vi finner ingen med det navnet" in search(client, "Atlantis").text


def test_why_shows_each_condition_with_what_is_known(client):
    sign_in(client)
    extract = make_import()
    home = make_family(extract, 1985, 2020, postcode="3371", moved_in_on=date(2026, 5, 1))
    make_segment(
        "Familier",
        Rule(conditions=(MovedIn(months=2), Age(30, 45), Children(0, 6), PostcodeArea(("3370",), negated=True))),
    )
    person = next(member for member in home.members if member.birth_year == 1985)
    page = client.get(f"/admin/utvalg/familier/personer/{person.id}")
    text = words(page)
    assert "Er ikke med i utvalget" in text
    rows = [
        ("Bor i kommunen", "Ja", "Bor i kommunen."),
        ("Flyttet hit fra og med 1. sep. 2026 til og med 31. okt. 2026", "Nei", "Flyttet hit 1. mai 2026."),
        ("Fyller 30 til 45 år det året uttrekket er fra", "Ja", "Født i 1985, fyller 41 år i 2026."),
        ("Bor i en husstand med barn fra 0 til 6 år", "Ja", "Én i denne alderen i husstanden."),
        ("Ikke: Bor på postnummer 3370 Vikersund", "Ja", "Bor på 3371"),
    ]
    for row in rows:
        assert re.search(r"\s+".join(map(re.escape, row)), text), row
    assert [entry.subject_id for entry in looks("audience.why")] == [person.id]


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "Er med i utvalget"),
        ({"address": None}, "Passer med utvalget, men er utelatt"),
        ({"status": "doed", "is_resident": False}, "Passer med utvalget, men er utelatt"),
        ({"moved_in_on": date(2020, 1, 1)}, "Er ikke med i utvalget"),
    ],
)
def test_why_says_first_whether_the_person_is_in(client, values, title):
    sign_in(client)
    person = make_person(make_import(), **values)
    assert title in client.get(f"{SEARCH}/{person.id}").text


def test_the_list_of_an_event_leads_to_why_with_its_window(client):
    sign_in(client)
    person = make_person(make_import(), moved_in_on=date(2025, 1, 1))
    make_event()
    listed = client.get(f"/admin/arrangementer/{SLUG}/malgruppe/personer?segment=moved-in&since=2025-01-01&until=")
    link = next(link for link in links_of(listed) if str(person.id) in link)
    assert "since=2025-01-01" in link
    assert "Er med i utvalget" in client.get(link).text
    assert "Er ikke med i utvalget" in client.get(f"{SEARCH}/{person.id}").text


@pytest.mark.parametrize("query", ["since=i+går", "since=2026-02-01&until=2026-01-01", "event=finnes-ikke"])
def test_an_address_that_says_nothing_is_a_404(client, query):
    sign_in(client)
    make_person(make_import())
    assert client.get(f"{SEARCH}?{query}").status_code == 404


def test_without_an_extract_or_a_segment_there_is_nobody_to_search(client):
    sign_in(client)
    assert client.get(SEARCH).status_code == 404
    make_import()
    assert client.get("/admin/utvalg/finnes-ikke/personer").status_code == 404


def test_many_with_one_name_are_cut_with_words(client, monkeypatch):
    monkeypatch.setattr("outreach.audience.looking.queries.MOST_FOUND", 2)
    sign_in(client)
    extract = make_import()
    for name in ("Cato", "Anna", "Berit"):
        make_person(extract, given_name=name)
    page = search(client, "etternavn")
    assert "Du ser de 2 første" in page.text
    assert "Anna" in page.text
    assert "Cato" not in page.text


def read_in(app, tmp_path, as_of, **more):
    """Read in an extract with Kanari, protected or not, and somebody else."""
    file = tmp_path / f"{as_of}.ndjson"
    documents = [
        person_document(
            national_number(date(1990, 4, 12)), residence("2026-03-01"),
            navn=[{"erGjeldende": True, "fornavn": "KANARI", "etternavn": "HEMMELIG"}], **more,
        ),
        person_document(
            national_number(date(1991, 4, 12)), residence("2026-03-01", street="Storgata"), birth="1991-04-12"
        ),
    ]  # fmt: skip
    file.write_text(ndjson(documents), encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["register", "import", str(file), "--as-of", as_of, "--json"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()


def test_a_protected_person_looks_exactly_like_one_who_is_not_there(app, client, tmp_path):
    sign_in(client)
    read_in(app, tmp_path, "2026-10-30")
    kanari = next(person for person in db.session.scalars(select(Person)) if person.family_name == "Hemmelig").id
    control = search(client, "Kanari Hemmelig")
    assert "1 person" in words(control), "the control: found while nothing protects"
    assert client.get(f"{SEARCH}/{kanari}").status_code == 200

    read_in(app, tmp_path, "2026-10-31", adressebeskyttelse=[{"erGjeldende": True, "graderingsnivaa": "fortrolig"}])
    assert db.session.scalars(select(ProtectedIdentity)).all(), "the control: somebody is protected now"
    protected, nobody = search(client, "Kanari Hemmelig"), search(client, "Aldri Født")
    assert protected.status_code == nobody.status_code
    assert words(protected) == words(nobody)
    assert "Vi finner ingen med det navnet" in words(protected)
    gone, never = client.get(f"{SEARCH}/{kanari}"), client.get(f"{SEARCH}/{kanari - 1}")
    assert gone.status_code == never.status_code == 404
    assert words(gone) == words(never)
    found = sorted(entry.details for entry in looks("audience.search"))
    assert found == ['{"found":0}', '{"found":0}', '{"found":1}']
