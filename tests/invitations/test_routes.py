"""Staff make invitations, find one by its code and revoke it."""

import re

import pytest
from sqlalchemy import func, select

from outreach.accounts.roles import Role
from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.events.service import cancel_event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from tests.conftest import NOW
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_import
from tests.factories.events import SLUG, make_event
from tests.factories.invitations import make_invited
from tests.factories.rsvp import answer_for, give_answer

PAGE = f"/admin/arrangementer/{SLUG}/invitasjoner"
AUDIENCE = f"/admin/arrangementer/{SLUG}/malgruppe"
CHOICE = {"segment": "moved-in", "since": "2025-11-01", "until": "2026-10-31"}


def post(client, path, form_page=None, **data):
    page = client.get(form_page or "/admin/konto", follow_redirects=True).text
    csrf_token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    return client.post(path, data={"csrf_token": csrf_token, **data})


def test_the_button_on_the_audience_page_makes_the_invitations(client):
    sign_in(client)
    make_family(make_import(), 1985, 1987)
    make_event()
    answer = post(client, PAGE, AUDIENCE, **CHOICE)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1
    page = client.get(PAGE).text
    assert "1 ny invitasjon er laget." in page
    assert "I kø: 1" in page
    assert "ingen nye å invitere" in client.get(AUDIENCE).text
    assert "0 nye invitasjoner" in client.get(post(client, PAGE, AUDIENCE, **CHOICE).headers["Location"]).text


def test_a_refusal_is_said_in_words_where_the_choice_was_made(client):
    sign_in(client)
    make_family(make_import(), 1985)
    event = make_event()
    cancel_event(event, NOW)
    db.session.commit()
    answer = post(client, PAGE, AUDIENCE, **CHOICE)
    assert answer.status_code == 303
    assert "Arrangementet er avlyst. Du kan ikke invitere noen til det." in client.get(answer.headers["Location"]).text
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_wrong_choice_makes_nothing(client):
    sign_in(client)
    make_family(make_import(), 1985)
    make_event()
    assert post(client, PAGE, AUDIENCE, segment="alle").status_code == 303
    assert post(client, PAGE, AUDIENCE, segment="moved-in", since="tull").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_an_empty_list_says_what_to_do_first(client):
    sign_in(client)
    make_event()
    assert "Ingen er invitert ennå" in client.get(PAGE).text


def test_the_list_shows_names_address_and_answer_and_no_code_and_the_look_is_noted(client):
    user = sign_in(client)
    invited = make_invited()
    page = client.get(PAGE).text
    assert "Etternavn: Fornavn" in page
    assert "Ikke svart" in page
    assert invited.household.members[0].address_line in page
    assert invited.code not in page
    assert invited.printed_code not in page
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "invitation.list"))
    assert (entry.actor_id, entry.subject_id) == (user.id, invited.event.id)


def test_a_code_read_aloud_finds_its_invitation(client):
    sign_in(client)
    invited = make_invited()
    answer = post(client, f"{PAGE}/finn", PAGE, code=invited.printed_code.lower())
    assert answer.headers["Location"] == f"{PAGE}/{invited.invitation.id}"
    page = client.get(answer.headers["Location"]).text
    assert invited.printed_code in page
    assert f'href="/admin/skranke/{invited.invitation.id}"' in page
    looked = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "invitation.look")
    assert db.session.scalar(looked) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Skriv inn koden"),
        ("tull", "Koden har 12 tegn. Du har skrevet 4."),
        ("2222-2222-2222", "Vi finner ingen invitasjon"),
    ],
)
def test_a_wrong_code_is_a_message_at_the_field(client, code, words):
    sign_in(client)
    make_invited()
    answer = post(client, f"{PAGE}/finn", PAGE, code=code)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_caller_without_the_code_is_found_by_name(client):
    sign_in(client)
    invited = make_invited()
    answer = post(client, f"{PAGE}/sok", PAGE, name="etternavn forn")
    assert answer.status_code == 200
    assert f'href="{PAGE}/{invited.invitation.id}"' in answer.text
    assert invited.code not in answer.text
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.act == "invitation.search"))
    assert entry.subject_id == invited.event.id
    assert "forn" not in entry.details.casefold()
    assert "Vi finner ingen med det navnet" in post(client, f"{PAGE}/sok", PAGE, name="Ingen Kjenner").text
    assert client.get(f"{PAGE}/sok?name=Etternavn").status_code == 405


@pytest.mark.parametrize("name", ["", "e", "?!"])
def test_a_search_for_too_little_is_a_message_at_the_field(client, name):
    sign_in(client)
    make_invited()
    answer = post(client, f"{PAGE}/sok", PAGE, name=name)
    assert answer.status_code == 422
    assert "Skriv minst to bokstaver av navnet." in answer.text


@pytest.mark.usefixtures("without_sms")
def test_one_invitation_tells_the_address_and_what_was_answered(client):
    sign_in(client)
    invited = make_invited(1985)
    give_answer(invited.invitation, answer_for(invited.invitation, True, mobile="+4740000001"))
    page = client.get(f"{PAGE}/{invited.invitation.id}").text
    assert invited.household.members[0].address_line in page
    assert "Kommer" in page
    assert "+4740000001" in page
    called = client.get(f"{PAGE}?vis=ringes").text
    assert "+4740000001" in called
    assert "+4740000001" not in client.get(PAGE).text


def test_a_code_of_another_event_says_so(client):
    sign_in(client)
    make_invited()
    other = make_event(slug="en-kveld-til")
    code = make_invited(1970, event=other).printed_code
    answer = post(client, f"{PAGE}/finn", PAGE, code=code)
    assert answer.status_code == 422
    assert "Koden hører til et annet arrangement." in answer.text


def test_revoking_stops_code_and_letter(client):
    sign_in(client)
    invited = make_invited()
    one = f"{PAGE}/{invited.invitation.id}"
    assert post(client, f"{one}/trekk-tilbake", one).status_code == 303
    page = client.get(one).text
    assert "Trukket tilbake" in page
    assert "Holdt tilbake" in page
    assert f'href="/admin/skranke/{invited.invitation.id}"' not in page
    assert client.get(f"/i/{invited.code}").status_code == 410
    assert db.session.scalar(select(OutboxMessage.state)) == "withheld"


def test_an_invitation_of_another_event_is_not_found(client):
    sign_in(client)
    invited = make_invited()
    make_event(slug="en-kveld-til")
    other = f"/admin/arrangementer/en-kveld-til/invitasjoner/{invited.invitation.id}"
    assert client.get(other).status_code == 404
    assert post(client, f"{other}/trekk-tilbake").status_code == 404
    assert client.get(f"{PAGE}/1").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMIN, 200), (Role.ORGANISER, 200), (Role.PRIVACY, 403), (Role.READER, 403), (Role.DOOR_LEAD, 403)],
)
def test_only_those_who_invite_may_see_and_do(client, role, status):
    sign_in(client, role=role)
    invited = make_invited()
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}/{invited.invitation.id}").status_code == status
    if status == 403:
        for path in (PAGE, f"{PAGE}/finn", f"{PAGE}/{invited.invitation.id}/trekk-tilbake"):
            assert post(client, path, code=invited.code, **CHOICE).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    invited = make_invited()
    assert client.get(PAGE).status_code == 303
    assert client.get(f"{PAGE}/{invited.invitation.id}").status_code == 303
    assert post(client, f"{PAGE}/{invited.invitation.id}/trekk-tilbake").status_code == 303
    assert db.session.scalar(select(Invitation.state)) == "active"


def test_a_page_beyond_the_last_is_a_404(client):
    sign_in(client)
    make_invited()
    assert client.get(f"{PAGE}?page=2").status_code == 404
