"""Staff choose an audience: what they see, who may see it, and what the audit trail keeps."""

import html
import re

import pytest
from sqlalchemy import func, select

from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.people.models import ProtectedIdentity
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_household, make_import, make_person
from tests.factories.events import SLUG, make_event

PAGE = f"/admin/arrangementer/{SLUG}/malgruppe"


def figures(page):
    return {word: int(number) for word, number in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)}


def looks():
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.act == "audience.look")))


def test_shows_counts_and_reasons_without_any_name(client):
    sign_in(client)
    extract = make_import()
    make_event()
    make_family(extract, 1985, 1987, family_name="Hemmelig")
    make_person(extract, address=None, family_name="Hemmelig")
    page = client.get(PAGE)
    assert page.status_code == 200
    shown = figures(page.text)
    assert (shown["Personer"], shown["Husstander"], shown["Utelatt"]) == (2, 1, 1)
    assert "Har ingen adresse vi kan sende brev til" in page.text
    assert "lørdag 31.\u00a0oktober 2026" in page.text
    assert "Hemmelig" not in page.text
    assert looks() == []


def test_the_window_is_chosen_by_both_its_days(client):
    sign_in(client)
    make_person(make_import())
    make_event()
    for since, until, people in [("2026-05-01", "2026-05-01", 1), ("02.05.2026", "", 0), ("", "30.04.2026", 0)]:
        page = client.get(PAGE, query_string={"segment": "moved-in", "since": since, "until": until})
        assert figures(page.text)["Personer"] == people


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "i går"}, "Skriv en dato"),
        ({"since": "2026-06-01", "until": "2026-05-01"}, "Fra-datoen må være før til-datoen."),
        ({"segment": "alle"}, "Dette må rettes"),
    ],
)
def test_a_wrong_choice_is_a_message_and_keeps_what_was_typed(client, query, words):
    sign_in(client)
    make_person(make_import())
    make_event()
    page = client.get(PAGE, query_string={"segment": "moved-in", **query})
    assert page.status_code == 422
    assert words in page.text


def test_names_are_listed_by_reason_and_the_look_is_noted(client):
    user = sign_in(client)
    extract = make_import()
    event = make_event()
    make_person(extract, given_name="Åse", family_name="Innflytter")
    make_person(extract, given_name="Uten", family_name="Adresse", address=None)
    page = client.get(f"{PAGE}/personer")
    assert "Åse Innflytter" in page.text
    assert "Uten Adresse" not in page.text
    page = client.get(f"{PAGE}/personer?reason=no_address")
    assert "Uten Adresse" in page.text
    assert [(entry.actor_id, entry.subject_id) for entry in looks()] == [(user.id, event.id)] * 2
    assert not any("Åse" in entry.details for entry in looks())


def test_an_unknown_list_is_a_404(client):
    sign_in(client)
    make_person(make_import())
    make_event()
    assert client.get(f"{PAGE}/personer?reason=protected").status_code == 404
    assert client.get(f"{PAGE}/personer?segment=alle").status_code == 404


def test_without_an_extract_the_page_says_what_to_do(client):
    sign_in(client)
    make_event()
    assert "Les inn et uttrekk først." in client.get(PAGE).text
    assert client.get(f"{PAGE}/personer").status_code == 404


def test_an_old_extract_warns_and_offers_no_invitations(client):
    sign_in(client)
    make_person(make_import(NOW.date().replace(month=9, day=1)))
    make_event()
    page = client.get(PAGE).text
    assert "Uttrekket er for gammelt" in page
    assert "<button" in page
    assert 'invitasjoner"' not in re.findall(r'<form[^>]*method="post"[^>]*>', page.split("<main")[1])


@pytest.mark.parametrize("publish", [True, False])
def test_invitations_are_offered_for_a_published_event_only(client, publish):
    sign_in(client)
    make_person(make_import())
    make_event(publish=publish)
    page = client.get(PAGE).text
    assert (f'action="/admin/arrangementer/{SLUG}/invitasjoner"' in page) is publish
    assert ("må være publisert" in page) is not publish


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMIN, 200), (Role.ORGANISER, 200), (Role.PRIVACY, 403), (Role.READER, 403), (Role.DOOR_LEAD, 403)],
)
def test_only_those_who_invite_may_look(client, role, status):
    sign_in(client, role=role)
    make_person(make_import())
    make_event()
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}/personer").status_code == status


def test_a_stranger_is_sent_to_sign_in_and_an_unknown_event_is_a_404(client):
    make_event()
    assert client.get(PAGE).status_code == 303
    sign_in(client)
    assert client.get("/admin/arrangementer/finnes-ikke/malgruppe").status_code == 404
    assert client.post(PAGE).status_code in (400, 405)


def test_a_protected_person_changes_nothing_that_can_be_seen(client):
    """The same pages with and without a tombstone: nobody can tell a protected person from one who is not there."""
    sign_in(client)
    extract = make_import()
    make_event()
    make_person(extract, given_name="Kari", family_name="Synlig")
    paths = [PAGE, f"{PAGE}/personer?reason=in", f"{PAGE}/personer?reason=out", f"{PAGE}/personer?reason=by_hand"]

    def seen():
        return [re.sub(r'value="[^"]{40,}"', "", client.get(path).text) for path in paths]

    before = seen()
    db.session.add(ProtectedIdentity(identity_hash="1:identity-of-someone", marked_at_utc=NOW))
    db.session.commit()
    assert seen() == before


def test_a_household_set_aside_says_only_that_it_is_handled_by_hand(client):
    sign_in(client)
    extract = make_import()
    make_event()
    make_person(extract, make_household(set_aside_reason="by_hand"), given_name="Nabo", family_name="Nordmann")
    page = client.get(f"{PAGE}/personer?reason=by_hand").text
    assert "Nabo Nordmann" in page
    assert "Må vurderes for hånd" in page
    text = html.unescape(page).casefold()
    assert not any(word in text for word in ("fortrolig", "beskyt", "skjermet", "gradert"))


def test_a_list_of_many_is_paged(client):
    sign_in(client)
    extract = make_import()
    make_event()
    for _ in range(3):
        make_family(extract, *[1980] * 40)
    page = client.get(f"{PAGE}/personer").text
    assert "Side 1 av 2" in page
    assert 'rel="next"' in page
    assert client.get(f"{PAGE}/personer?page=2").text.count("<tr ") == 21
    assert client.get(f"{PAGE}/personer?page=tull").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) >= 3
