"""Staff compose a segment without code: count, save, change, copy, archive."""

from datetime import date

import pytest
from sqlalchemy import select

from outreach.accounts.roles import Role
from outreach.audience import queries
from outreach.audience.history import History
from outreach.audience.models import SavedSegment
from outreach.audience.rule import (
    Age,
    Children,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SignedUp,
    StudyCity,
    Who,
    rule_of_json,
)
from outreach.audit.models import AuditEntry
from outreach.database import db
from tests.audience.test_routes import figures
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_import, make_person, make_segment
from tests.factories.events import SLUG, make_event
from tests.pages import forms_of, send

NEW = "/admin/utvalg/nytt"


def compose(client, act, path=NEW, **values):
    form = next(form for form in forms_of(client.get(path)) if "who" in form.values)
    return send(client, form, button=act, **values)


def only_segment():
    db.session.expire_all()
    return db.session.scalars(select(SavedSegment)).one()


def acts():
    return sorted(db.session.scalars(select(AuditEntry.act)))


def test_a_rule_is_counted_before_it_is_saved(client):
    sign_in(client)
    extract = make_import()
    make_family(extract, 1985, 1987, 2020)
    make_person(extract, birth_year=1985, address=None)
    page = compose(client, "count", age="y", age_youngest="30", age_oldest="45")
    assert page.status_code == 200
    shown = figures(page.text)
    assert (shown["Personer"], shown["Husstander"], shown["Utelatt"]) == (2, 1, 1)
    assert "Fyller 30 til 45 år det året uttrekket er fra" in page.text
    assert 'value="30"' in page.text
    assert db.session.scalar(select(SavedSegment)) is None


def test_a_rule_is_saved_under_a_slug_and_used_by_commands(app, client):
    sign_in(client)
    make_family(make_import(), 1985, 1987, 2020)
    make_event()
    answer = compose(client, "save", name="Småbarn i  Åmot", children="y", children_youngest="0", children_oldest="6")
    assert answer.location == "/admin/utvalg/smabarn-i-amot"
    assert rule_of_json(only_segment().rule_json) == Rule(conditions=(Children(0, 6),))
    assert only_segment().name == "Småbarn i Åmot"
    counted = app.test_cli_runner().invoke(args=["audience", "count", "smabarn-i-amot", "--event", SLUG, "--json"])
    assert '"people": 3' in counted.stdout
    made = app.test_cli_runner().invoke(args=["invitations", "create", SLUG, "--segment", "smabarn-i-amot", "--json"])
    assert '"invitations": 1' in made.stdout
    assert "segment.create" in acts()


def test_every_condition_goes_through_the_form_and_back(client):
    sign_in(client)
    values = {
        "who": "both", "moved_in": "y", "moved_in_since": "2026-01-01", "moved_in_not": "not",
        "postcode": "y", "postcode_areas": "Vikersund, 33", "study_city": "y", "study_city_cities": "oslo",
        "invited": "y", "invited_how": "not_within", "invited_months": "6", "attended": "y", "attended_not": "not",
        "unanswered": "y", "birth_year": "y", "birth_year_first": "1990", "school_leaving": "y",
        "school_leaving_last": "2020", "children": "y", "children_youngest": "1", "children_not": "not", "name": "Alt",
        "age": "y", "age_youngest": "18", "signed_up": "y", "signed_up_interests": "plots",
    }  # fmt: skip
    compose(client, "save", **values)
    rule = rule_of_json(only_segment().rule_json)
    assert rule.who is Who.BOTH
    assert len(rule.conditions) == 11
    assert StudyCity(("oslo",)) in rule.conditions
    assert SignedUp(("plots",)) in rule.conditions
    assert Invited(6, negated=True) in rule.conditions
    again = compose(client, "save", path="/admin/utvalg/alt/endre")
    assert again.status_code == 303
    assert rule_of_json(only_segment().rule_json) == rule


@pytest.mark.parametrize("how", ["never", "before", "within", "not_within"])
def test_each_way_of_being_invited_goes_through_the_form_and_back(client, how):
    sign_in(client)
    compose(client, "save", name="Før", invited="y", invited_how=how, invited_months="3")
    rule = rule_of_json(only_segment().rule_json)
    months = 3 if "within" in how else None
    assert rule.conditions == (Invited(months, negated=how in ("never", "not_within")),)
    compose(client, "save", path="/admin/utvalg/for/endre")
    assert rule_of_json(only_segment().rule_json) == rule


def test_all_faults_are_shown_at_once_and_what_was_typed_is_kept(client):
    sign_in(client)
    page = compose(
        client, "save", name="", age="y", age_youngest="40", age_oldest="30", birth_year="y", birth_year_first="i fjor",
        postcode="y", postcode_areas="3370, Atlantis", invited="y", invited_how="within", study_city="y",
    )  # fmt: skip
    assert page.status_code == 422
    for words in (
        "Den laveste alderen må stå først.",
        "Skriv et helt tall.",
        "Dette er verken postnummer eller sted: Atlantis. Sjekk skrivemåten.",
        "Skriv hvor mange måneder.",
        "Velg minst én by.",
    ):
        assert page.text.count(words) == 2, words
    assert "3370, Atlantis" in page.text
    assert db.session.scalar(select(SavedSegment)) is None


def test_what_is_not_ticked_counts_for_nothing(client):
    sign_in(client)
    compose(
        client, "save", name="Voksne", age="y", age_youngest="18", birth_year_first="tull", postcode_areas="Atlantis"
    )
    assert rule_of_json(only_segment().rule_json).conditions == (Age(18, None),)


@pytest.mark.parametrize("name", ["", "   ", "!!", "\u202e", "Moved in", "x" * 81])
def test_a_name_that_cannot_be_used_is_a_message(client, name):
    sign_in(client)
    page = compose(client, "save", name=name, age="y", age_youngest="18")
    assert page.status_code == 422
    assert 'href="#name"' in page.text


def test_a_name_that_is_taken_is_a_message_also_when_that_segment_is_archived(client):
    sign_in(client)
    make_segment("Naboer")
    client_form = {"name": "naboer", "age": "y", "age_youngest": "18"}
    assert "har allerede dette navnet" in compose(client, "save", **client_form).text


def test_a_rule_without_conditions_is_refused(client):
    sign_in(client)
    page = compose(client, "count")
    assert page.status_code == 422
    assert "Velg minst én ting som skal gjelde." in page.text


def test_without_an_extract_a_segment_can_be_saved_and_not_counted(client):
    sign_in(client)
    assert "ikke lest inn noe uttrekk" in compose(client, "count", age="y", age_youngest="18").text
    assert compose(client, "save", name="Voksne", age="y", age_youngest="18").status_code == 303
    assert "ikke lest inn noe uttrekk" in client.get("/admin/utvalg/voksne").text


def test_a_window_after_the_extract_can_be_saved_and_is_not_counted_yet(client):
    sign_in(client)
    make_import(as_of=date(2026, 10, 31))
    asked = {"moved_in": "y", "moved_in_months": "", "moved_in_since": "2026-11-01"}
    page = compose(client, "count", **asked)
    assert page.status_code == 200
    assert "Uttrekket er fra lørdag 31. oktober 2026." in page.text
    assert "Utvalget kan ikke telles opp ennå" in page.text
    assert compose(client, "save", name="I november", **asked).status_code == 303
    assert "Uttrekket er fra lørdag 31. oktober 2026." in client.get("/admin/utvalg/i-november").text


def test_a_copy_begins_with_the_rule_of_another(client):
    sign_in(client)
    make_segment("Naboer", Rule(conditions=(PostcodeArea(("3370",), negated=True),)))
    compose(client, "save", path=f"{NEW}?kopi=naboer")
    copied = db.session.scalars(select(SavedSegment).where(SavedSegment.slug == "kopi-av-naboer")).one()
    assert rule_of_json(copied.rule_json).conditions == (PostcodeArea(("3370",), negated=True),)
    compose(client, "save", path=f"{NEW}?kopi=moved-in", name="Nye")
    made = db.session.scalars(select(SavedSegment).where(SavedSegment.slug == "nye")).one()
    assert rule_of_json(made.rule_json).conditions == (MovedIn(months=12),)
    assert client.get(f"{NEW}?kopi=finnes-ikke").status_code == 200


def test_of_two_who_change_a_segment_the_second_is_told(client):
    sign_in(client)
    make_segment("Naboer")
    path = "/admin/utvalg/naboer/endre"
    first = next(form for form in forms_of(client.get(path)) if "who" in form.values)
    assert send(client, first, button="save", children_oldest="10").status_code == 303
    late = send(client, first, button="save", children_oldest="4")
    assert late.status_code == 422
    assert "Noen andre har endret utvalget" in late.text
    assert Children(0, 10) in rule_of_json(only_segment().rule_json).conditions


@pytest.mark.parametrize("revision", ["", "x", "²", "9" * 30])
def test_a_revision_that_is_none_changes_nothing(client, revision):
    sign_in(client)
    make_segment("Naboer")
    assert compose(client, "save", path="/admin/utvalg/naboer/endre", revision=revision).status_code == 422


def test_an_archived_segment_is_not_offered_and_comes_back(app, client):
    sign_in(client)
    make_import()
    make_event()
    make_segment("Naboer")
    choose = f"/admin/arrangementer/{SLUG}/malgruppe"
    token = forms_of(client.get("/admin/utvalg/naboer"))[-1].values["csrf_token"]
    assert 'value="naboer"' in client.get(choose).text
    client.post("/admin/utvalg/naboer/arkiver", data={"csrf_token": token})
    client.post("/admin/utvalg/naboer/arkiver", data={"csrf_token": token})
    assert 'value="naboer"' not in client.get(choose).text
    assert client.get(f"{choose}?segment=naboer").status_code == 422
    assert "Arkiverte utvalg" in client.get("/admin/utvalg").text
    assert "Utvalget er arkivert" in client.get("/admin/utvalg/naboer").text
    refused = app.test_cli_runner().invoke(args=["audience", "count", "naboer", "--event", SLUG])
    assert (refused.exit_code, "finnes ikke" in refused.stderr) == (1, True)
    client.post("/admin/utvalg/naboer/ta-fram", data={"csrf_token": token})
    assert 'value="naboer"' in client.get(choose).text
    assert [act for act in acts() if act.startswith("segment.")] == [
        "segment.archive",
        "segment.create",
        "segment.restore",
    ]


def test_the_contact_point_is_asked_for_only_where_somebody_can_tell(app, client, monkeypatch):
    sign_in(client)
    person = make_person(make_import())
    told = {what: who for what, who in app.extensions["treffpunkt.audience"].items() if what is not History.SIGNED_UP}
    monkeypatch.setitem(app.extensions, "treffpunkt.audience", told)
    assert "signed_up" not in client.get(NEW).text
    signed_up = select(type(person).id.label("person_id")).where(type(person).id == person.id)
    queries.know_by(app, History.SIGNED_UP, lambda event_id: signed_up)
    assert figures(compose(client, "count", signed_up="y").text)["Personer"] == 1
    assert figures(client.get("/admin/utvalg/contact-point").text)["Personer"] == 1
    assert figures(compose(client, "count", signed_up="y", signed_up_not="not").text)["Personer"] == 0


def test_a_segment_that_is_not_there_is_a_404(client):
    sign_in(client)
    for path in ("/admin/utvalg/finnes-ikke", "/admin/utvalg/finnes-ikke/endre", "/admin/utvalg/moved-in/endre"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.ORGANISER, 200), (Role.PRIVACY, 403), (Role.READER, 403)])
def test_only_those_who_invite_compose_segments(client, role, status):
    sign_in(client, role=role)
    for path in ("/admin/utvalg", NEW, "/admin/utvalg/moved-in"):
        assert client.get(path).status_code == status
