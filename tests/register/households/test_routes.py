"""Staff find, split, join, release and hold back households; nothing says why one waits."""

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from outreach.audit.models import AuditEntry
from outreach.database import db
from outreach.formats.norwegian_dates import long_date
from outreach.people.models import Household, KeptApart, Person
from outreach.register.models import RegisterImport
from tests.factories.accounts import sign_in
from tests.factories.audience import make_family, make_household, make_import, make_person
from tests.pages import forms_of, send

LIST = "/admin/husstander"


@pytest.fixture
def extract(client: FlaskClient) -> RegisterImport:
    sign_in(client)
    return make_import()


def form_to(client: FlaskClient, page: str, action: str):
    return next(form for form in forms_of(client.get(page)) if form.action.split("#")[0].endswith(action))


def press(client: FlaskClient, page: str, action: str, **values: str | Sequence[str]):
    form = form_to(client, page, action)
    return client.post(form.action, data={**form.values, **values})


def acts() -> list[str]:
    found = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at_utc, AuditEntry.id)).all()
    return [
        act for act in found if act.startswith(("household.", "person.")) and "look" not in act and "list" not in act
    ]


def members(home_id: int | None) -> list[int]:
    db.session.expire_all()
    return list(db.session.scalars(select(Person.id).where(Person.household_id == home_id).order_by(Person.id)))


def test_lists_households_with_members_and_size(client: FlaskClient, extract: RegisterImport) -> None:
    make_family(extract, 1985, 1987, 2016, family_name="Sofapute")
    page = client.get(LIST)
    assert page.status_code == 200
    assert page.text.count("Sofapute") >= 3
    assert "2 voksne, 1 barn" in page.text
    assert "Storgata 1, 3370 VIKERSUND" in page.text


def test_a_page_of_fifty_costs_no_more_statements_than_a_page_of_one(
    client: FlaskClient, extract: RegisterImport
) -> None:
    def statements() -> int:
        seen: list[str] = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        client.get(LIST)
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    make_family(extract, 1985)
    one = statements()
    for _ in range(20):
        make_family(extract, 1985, 2016)
    assert statements() == one


def test_an_empty_register_says_what_to_do(client: FlaskClient, extract: RegisterImport) -> None:
    assert "Ingen husstander ennå" in client.get(LIST).text
    assert "Det er ikke noe å gjøre nå." in client.get(f"{LIST}?vis=vurderes").text
    assert client.get(f"{LIST}?vis=noe").status_code == 404


def test_finds_by_any_part_of_a_name_without_naming_it_in_an_address(
    client: FlaskClient, extract: RegisterImport
) -> None:
    make_family(extract, 1985, family_name="Sofapute", given_name="Åse Marie")
    make_family(extract, 1985, family_name="Lien")
    found = send(client, form_to(client, LIST, "/finn"), text="åse sofa")
    assert "Sofapute" in found.text
    assert "Lien" not in found.text
    assert "Ingen treff" in send(client, form_to(client, LIST, "/finn"), text="Kongle").text
    empty = send(client, form_to(client, LIST, "/finn"), text="")
    assert empty.status_code == 422
    assert empty.text.count("Skriv et navn, eller en del av det.") == 2
    assert acts() == ["household.search", "household.search"]


def test_splits_off_a_part_and_the_rest_stays(client: FlaskClient, extract: RegisterImport) -> None:
    home = make_family(extract, 1985, 1987, 2016)
    first, *rest = members(home.id)
    answer = press(client, f"{LIST}/{home.id}", "/del", chosen=str(first), act="split")
    assert answer.status_code == 303
    new_home = int(answer.location.rsplit("/", 1)[1])
    assert members(new_home) == [first]
    assert members(home.id) == rest
    assert db.session.get_one(Person, first).placed_household_id == new_home
    assert db.session.get_one(Person, rest[0]).placed_household_id is None
    assert acts() == ["household.split"]


@pytest.mark.parametrize(("who", "words"), [("nobody", "Velg minst én person."), ("all", "Noen må bli igjen")])
def test_a_split_needs_some_and_not_all(client: FlaskClient, extract: RegisterImport, who: str, words: str) -> None:
    home = make_family(extract, 1985, 1987)
    chosen = [str(one) for one in members(home.id)] if who == "all" else []
    answer = press(client, f"{LIST}/{home.id}", "/del", chosen=chosen, act="split")
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Feil:" in answer.text
    assert len(members(home.id)) == 2


def test_joins_two_and_remembers_who_was_put_there(client: FlaskClient, extract: RegisterImport) -> None:
    home, other = make_family(extract, 1985), make_family(extract, 1987, family_name="Kongle")
    other_id, kongle = other.id, members(other.id)[0]
    found = send(client, form_to(client, f"{LIST}/{home.id}", "/finn"), text="Kongle")
    join = next(form for form in forms_of(found) if form.action.endswith("/sla-sammen"))
    assert send(client, join).status_code == 303
    assert kongle in members(home.id)
    assert db.session.get(Household, other_id) is None
    assert db.session.get_one(Person, kongle).placed_household_id == home.id
    assert "household.join" in acts()
    assert send(client, join).status_code == 422


def test_a_household_is_not_joined_with_itself(client: FlaskClient, extract: RegisterImport) -> None:
    home, other = make_family(extract, 1985), make_family(extract, 1987, family_name="Kongle")
    found = send(client, form_to(client, f"{LIST}/{home.id}", "/finn"), text="Kongle")
    join = next(form for form in forms_of(found) if form.action.endswith("/sla-sammen"))
    assert "Velg en annen husstand" in send(client, join, other=str(home.id)).text
    assert members(other.id)


def test_all_causes_look_alike_in_the_list(client: FlaskClient, extract: RegisterImport) -> None:
    """A newly protected member, a faulty row, a row that is missing, no dwelling: the same words for each."""
    aside = make_household(set_aside_reason="by_hand")
    make_person(extract, aside, given_name="Kari", family_name="En")
    make_person(extract, make_household(), given_name="Kari", family_name="To", is_held_back=True)
    older = make_household()
    make_person(extract, older, given_name="Kari", family_name="Tre", seen_import_id=1)
    make_person(extract, make_household(), given_name="Kari", family_name="Fire", is_held_back=True, dwelling_hash="")
    page = client.get(f"{LIST}?vis=vurderes").text
    rows = [row.split("</tr>")[0] for row in page.split("<tr ") if "Kari" in row]
    alike = {_without(row, "En", "To", "Tre", "Fire") for row in rows}
    assert len(rows) == 4
    assert len(alike) == 1
    homes = [client.get(f"{LIST}/{home}") for home in db.session.scalars(select(Household.id))]
    assert len({_without(home.text, "En", "To", "Tre", "Fire") for home in homes}) == 1


def test_says_which_register_leaves_the_question_open_and_never_the_cause(
    client: FlaskClient, extract: RegisterImport
) -> None:
    waiting = make_household(set_aside_reason="by_hand")
    make_person(extract, waiting)
    words = f"Registeret fra {long_date(extract.as_of, 'nb')} gir ikke sikkert svar"
    for path in (f"{LIST}?vis=vurderes", f"{LIST}/{waiting.id}"):
        assert words in client.get(path).text.replace("\u00a0", " ")


def _without(text: str, *names: str) -> str:
    for name in names:
        text = text.replace(f"Kari {name}", "Kari X")
    return re.sub(r'value="[^"]*"|/\d+|<input[^>]*csrf[^>]*>', "", text)


@pytest.mark.parametrize(("decision", "reason", "kept"), [("slipp", "", "released"), ("hold", "by_hand", "held")])
def test_decides_about_several_at_once(
    client: FlaskClient, extract: RegisterImport, decision: str, reason: str, kept: str
) -> None:
    aside = make_household(set_aside_reason="by_hand")
    make_person(extract, aside)
    faulty = make_household()
    person = make_person(extract, faulty, is_held_back=True)
    form = form_to(client, f"{LIST}?vis=vurderes", "/slipp")
    chosen = [str(aside.id), str(faulty.id), "ingenting"]
    answer = client.post(f"{LIST}/{decision}", data={**form.values, "chosen": chosen})
    assert answer.status_code == 303
    db.session.expire_all()
    assert [(home.set_aside_reason, home.decision) for home in (aside, faulty)] == [(reason, kept)] * 2
    assert person.is_held_back == (decision == "hold")
    assert "Det er ikke noe å gjøre nå." in client.get(f"{LIST}?vis=vurderes").text
    assert (str(aside.id) in client.get(f"{LIST}?vis=holdes").text) == (decision == "hold")


def test_choosing_nothing_is_said(client: FlaskClient, extract: RegisterImport) -> None:
    make_person(extract, make_household(set_aside_reason="by_hand"))
    answer = press(client, f"{LIST}?vis=vurderes", "/slipp")
    assert answer.status_code == 422
    assert "Velg minst én husstand." in answer.text


def test_a_part_may_get_letters_while_the_rest_is_held_back(client: FlaskClient, extract: RegisterImport) -> None:
    home = make_household(set_aside_reason="by_hand")
    people = [make_person(extract, home, birth_year=year) for year in (1985, 1987)]
    answer = press(client, f"{LIST}/{home.id}", "/del", chosen=str(people[0].id), act="invite")
    part = db.session.get_one(Household, int(answer.location.rsplit("/", 1)[1]))
    db.session.expire_all()
    assert (part.set_aside_reason, part.decision) == ("", "released")
    assert (home.set_aside_reason, home.decision) == ("by_hand", "held")
    assert acts() == ["household.invite_part"]


def test_privacy_sees_and_changes_nothing(client: FlaskClient) -> None:
    sign_in(client, role="privacy")
    home = make_family(make_import(), 1985, 1987)
    page = client.get(f"{LIST}/{home.id}")
    assert page.status_code == 200
    assert "Skill ut" not in page.text


def test_a_pair_without_a_number_is_joined_or_kept_apart(client: FlaskClient, extract: RegisterImport) -> None:
    for number in range(2):
        make_person(extract, weak_hash=f"1:navn{number}", identity_hash=f"1:nummer{number}", given_name="Kari")
        make_person(extract, weak_hash=f"1:navn{number}", identity_hash=None, given_name="Kari")
    page = client.get(f"{LIST}/dobbelt")
    assert page.text.count("Samme person") == 2
    same, _apart, _same, apart = [form for form in forms_of(page) if "/dobbelt/" in form.action]
    assert send(client, same).status_code == 303
    assert send(client, apart).status_code == 303
    assert send(client, same).status_code == 404
    db.session.expire_all()
    assert db.session.scalars(select(Person.is_known_by_name).order_by(Person.is_known_by_name)).all() == [
        False, False, True,
    ]  # fmt: skip
    assert len(db.session.scalars(select(KeptApart)).all()) == 1
    assert "Ingen dobbeltføringer å se på" in client.get(f"{LIST}/dobbelt").text
    assert sorted(acts()) == ["person.join", "person.keep_apart"]
