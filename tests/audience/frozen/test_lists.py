"""A list that was made for an event stays what it was, whatever becomes of the segment and the register."""

from datetime import date

from sqlalchemy import select

from outreach.audience import service
from outreach.audience.frozen import queries
from outreach.audience.models import AudienceMember
from outreach.audience.rule import Age, Invited, MovedIn, Rule
from outreach.audience.saved import service as saving
from outreach.audit.actor import COMMAND
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.people.models import Person
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_import, make_person, make_segment
from tests.factories.events import SLUG, make_event
from tests.factories.invitations import invite_all

ADULTS = Rule(conditions=(Age(18, 120), MovedIn(months=12)))


def freeze(event, segment="voksne"):
    frozen = service.freeze(event, segment=segment, since=None, until=None, now=NOW)
    db.session.commit()
    return frozen


def page_of(client, kept):
    return client.get(f"/admin/arrangementer/{SLUG}/malgruppe/lister/{kept.id}")


def test_a_list_keeps_rule_reasons_and_what_was_known(client):
    sign_in(client)
    event, segment = make_event(), make_segment("Voksne", ADULTS)
    person = make_person(make_import(), given_name="Åse", birth_year=1985)
    kept = freeze(event)
    saving.change(segment, "Eldre", Rule(conditions=(Age(67, None),)), revision=1, now=NOW, actor=COMMAND)
    person.moved_in_on, person.birth_year = date(2020, 1, 1), 1950
    db.session.commit()
    page = page_of(client, kept).text
    for words in (
        "Lista er låst",
        "Voksne",
        "Fyller 18 til 120 år det året uttrekket er fra",
        "Flyttet hit fra og med 1. nov. 2025 til og med 31. okt. 2026",
        "Født i 1985, fyller 41 år i 2026.",
        "Flyttet hit 1. mai 2026.",
        "Passer med utvalget",
    ):
        assert words in page, words
    assert "Eldre" not in page
    assert kept.rule_text.splitlines()[0] == "Bor i kommunen"
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == kept.id)).one().act == "audience.look"


def test_a_changed_rule_makes_a_list_of_its_own(app):
    event, segment = make_event(), make_segment("Voksne", ADULTS)
    make_person(make_import())
    first = freeze(event)
    again = freeze(event)
    saving.change(segment, "Voksne", Rule(conditions=(Age(30, 120),)), revision=1, now=NOW, actor=COMMAND)
    db.session.commit()
    freeze(event)
    assert first.id not in {kept.id for kept in queries.lists_of(event.id)}
    assert again.id in {kept.id for kept in queries.lists_of(event.id)}
    assert len(queries.uses_of("voksne")) == 2


def test_who_was_asked_keeps_the_reason_when_the_list_is_made_again(app):
    extract, event = make_import(), make_event()
    make_family(extract, 1985, 1987)
    left_out = make_person(extract, address=None)
    invite_all(event)
    left_out.address_sealed = b"x"
    db.session.commit()
    kept = freeze(event, "moved-in")
    members = db.session.scalars(select(AudienceMember).where(AudienceMember.list_id == kept.id)).all()
    assert {member.reason for member in members} == {"moved_in"}
    assert all(member.known_json == '["2026-05-01"]' for member in members)


def test_the_day_of_the_last_invitation_is_kept(app):
    extract = make_import()
    make_person(extract)
    earlier, event = make_event(slug="i-fjor"), make_event()
    invite_all(earlier)
    make_segment("Igjen", Rule(conditions=(Invited(),)))
    kept = freeze(event, "igjen")
    assert db.session.scalars(select(AudienceMember.known_json)).all().count('["2026-11-02"]') == 1
    assert kept.since is None


def test_a_list_of_another_event_or_none_is_a_404(client):
    sign_in(client)
    make_person(make_import())
    kept = freeze(make_event(slug="et-annet"), "moved-in")
    make_event()
    assert page_of(client, kept).status_code == 404


def test_when_people_are_erased_the_rule_stays(client):
    sign_in(client)
    make_person(make_import())
    kept = freeze(make_event(), "moved-in")
    db.session.execute(Person.__table__.delete())
    db.session.commit()
    page = page_of(client, kept).text
    assert "Ingen personer igjen på lista" in page
    assert "Bor i kommunen" in page


def test_a_list_from_before_rules_were_kept_is_still_shown(client):
    sign_in(client)
    make_person(make_import(), given_name="Åse")
    kept = freeze(make_event(), "moved-in")
    kept.rule_json = kept.rule_text = kept.name = ""
    kept.as_of = None
    db.session.execute(AudienceMember.__table__.update().values(known_json=""))
    db.session.commit()
    page = page_of(client, kept).text
    assert "Flyttet hit i perioden" in page
    assert "Åse" in page


def test_the_event_and_the_segment_lead_to_the_list(client):
    sign_in(client)
    make_person(make_import())
    kept = freeze(make_event(), "moved-in")
    link = f"/malgruppe/lister/{kept.id}"
    assert link in client.get(f"/admin/arrangementer/{SLUG}/malgruppe").text
    assert link in client.get("/admin/utvalg/moved-in").text
