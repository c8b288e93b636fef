"""Segments counted and frozen in a real database."""

from datetime import date

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select

from outreach.audience import erasure, queries, service
from outreach.audience.frozen import queries as frozen_lists
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.rule import Age, Condition, Rule, StudyCity, Who
from outreach.audience.segment import bound
from outreach.database import db
from outreach.messages.models import Suppression
from outreach.register.extract_age import NoExtractError
from tests.conftest import NOW
from tests.factories.audience import make_family, make_household, make_import, make_person
from tests.factories.events import make_event

WINDOW = {"since": date(2025, 11, 1), "until": date(2026, 10, 31)}
NONE_EXCLUDED = {
    "deceased": 0,
    "moved_out": 0,
    "by_hand": 0,
    "no_address": 0,
    "suppressed": 0,
}


def count(event, segment="moved-in", since=None, until=None):
    return service.count(event, segment=segment, since=since, until=until)


def test_counts_people_and_households_with_both_ends_of_the_window(app):
    extract, event = make_import(), make_event()
    make_family(extract, 1985, 1987, 2016, moved_in_on=date(2025, 11, 1))
    make_person(extract, moved_in_on=date(2026, 10, 31))
    make_person(extract, moved_in_on=date(2025, 10, 31))
    make_person(extract, moved_in_on=date(2026, 11, 1))
    make_person(extract, moved_in_on=None)
    counted = count(event)
    assert (counted.people, counted.households, counted.excluded) == (4, 2, NONE_EXCLUDED)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "doed", "is_resident": False}, "deceased"),
        ({"status": "utflyttet", "is_resident": False}, "moved_out"),
        ({"seen_import_id": 7}, "by_hand"),
        ({"is_held_back": True}, "by_hand"),
        ({"address": None}, "no_address"),
    ],
)
def test_each_reason_leaves_a_person_out(app, values, reason):
    extract, event = make_import(), make_event()
    make_person(extract)
    make_person(extract, **values)
    counted = count(event)
    assert counted.people == 1
    assert counted.excluded == {**NONE_EXCLUDED, reason: 1}


def test_a_household_that_was_set_aside_is_left_out_whole(app):
    extract, event = make_import(), make_event()
    household = make_household(set_aside_reason="beside_protected")
    make_person(extract, household)
    make_person(extract, household)
    counted = count(event)
    assert (counted.people, counted.households) == (0, 0)
    assert counted.excluded == {**NONE_EXCLUDED, "by_hand": 2}


@pytest.mark.parametrize("purpose", ["all", "invitation"])
def test_who_asked_to_be_left_alone_is_left_out_and_the_rest_of_the_household_is_not(app, purpose):
    extract, event = make_import(), make_event()
    household = make_household()
    person = make_person(extract, household)
    make_person(extract, household)
    db.session.add(Suppression(subject_hash=person.identity_hash, purpose=purpose, source="guest", since_utc=NOW))
    db.session.commit()
    counted = count(event)
    assert (counted.people, counted.households) == (1, 1)
    assert counted.excluded == {**NONE_EXCLUDED, "suppressed": 1}


def test_a_person_without_a_number_is_known_by_the_weak_hash_and_an_empty_one_is_nobody(app):
    extract, event = make_import(), make_event()
    make_person(extract, identity_hash=None, weak_hash="1:weak")
    make_person(extract, identity_hash=None, weak_hash="")
    db.session.add_all(
        [
            Suppression(subject_hash="1:weak", purpose="all", source="guest", since_utc=NOW),
            Suppression(subject_hash="", purpose="all", source="guest", since_utc=NOW),
        ]
    )
    db.session.commit()
    assert count(event).excluded == {**NONE_EXCLUDED, "suppressed": 1}


def test_the_first_reason_counts_so_that_the_numbers_add_up(app):
    extract, event = make_import(), make_event()
    household = make_household(set_aside_reason="by_staff")
    make_person(extract, household, status="doed", is_resident=False, address=None, seen_import_id=1)
    counted = count(event)
    assert counted.excluded == {**NONE_EXCLUDED, "deceased": 1}


def test_young_away_takes_residents_and_former_ones_by_year_of_birth(app):
    extract, event = make_import(), make_event()
    for year in (1996, 1997, 2008, 2009):
        make_person(extract, birth_year=year, moved_in_on=None)
        make_person(extract, birth_year=year, moved_in_on=None, is_resident=False, seen_import_id=1)
    make_person(extract, birth_year=None, moved_in_on=None)
    assert count(event, "young-away").people == 4


@pytest.mark.parametrize(("seen_as_of", "people"), [(date(2025, 10, 1), 1), (date(2025, 9, 30), 0)])
def test_a_former_resident_counts_as_long_as_the_register_copy_is_kept(app, seen_as_of, people):
    """395 days before the extract of 31 October 2026 is 1 October 2025."""
    extract, event = make_import(), make_event()
    away = {"moved_in_on": None, "is_resident": False, "seen_import_id": 1}
    make_person(extract, birth_year=2000, seen_as_of=seen_as_of, **away)
    counted = count(event, "young-away")
    assert (counted.people, counted.excluded["moved_out"]) == (people, 1 - people)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "doed"}, "deceased"),
        ({"is_held_back": True}, "by_hand"),
        ({"address": None}, "no_address"),
        ({"dwelling_hash": "delt"}, "by_hand"),
    ],
)
def test_a_former_resident_is_left_out_for_the_same_reasons_as_others(app, values, reason):
    extract, event = make_import(), make_event()
    set_aside = make_household(set_aside_reason="by_hand")
    make_person(extract, set_aside, birth_year=1960, dwelling_hash="delt")
    away = {"moved_in_on": None, "is_resident": False, "seen_import_id": 1, "birth_year": 2000}
    make_person(extract, dwelling_hash="for seg selv", **away)
    make_person(extract, **away, **values)
    counted = count(event, "young-away")
    assert counted.people == 1
    assert counted.excluded == {**NONE_EXCLUDED, reason: 1}


def test_a_rule_about_a_handful_judges_each_as_one_about_everybody_does(app):
    """The two statements differ; what they say of a person does not, whatever stands against them."""
    event, extract = make_event(), make_import(date(2026, 11, 1))
    set_aside = make_household(set_aside_reason="by_hand")
    in_town = {"study_city": "oslo", "birth_year": 2003}
    gone = {**in_town, "is_resident": False, "seen_as_of": date(2026, 9, 1)}
    make_person(extract, set_aside, dwelling_hash="d1", birth_year=1970)
    people = [
        make_person(extract, **in_town),
        make_person(extract, set_aside, **in_town),
        make_person(extract, dwelling_hash="d1", **gone),
        make_person(extract, dwelling_hash="d2", **gone),
        make_person(extract, dwelling_hash="", **gone),
        make_person(extract, identity_hash="h:number", **in_town),
        make_person(extract, identity_hash=None, weak_hash="h:name", **in_town),
        make_person(extract, identity_hash="h:other", weak_hash="", **in_town),
        make_person(extract, **{**in_town, "address": None}),
    ]
    for subject, purpose in (("h:number", "invitation"), ("h:name", "all"), ("h:other", "newsletter"), ("", "all")):
        db.session.add(Suppression(subject_hash=subject, purpose=purpose, source="guest", since_utc=NOW))
    db.session.commit()

    def judged(*conditions: Condition) -> dict[int, str]:
        segment = bound(Rule(Who.BOTH, conditions), name="x", title="", as_of=extract.as_of, held_days=395)
        rows = queries.judged_persons(segment, event_id=event.id, import_id=extract.id)
        return {row.person_id: row.reason for row in rows}

    few, all_of_the_year = judged(Age(20, 30), StudyCity(("oslo",))), judged(Age(20, 30))
    assert few == all_of_the_year
    assert [few[one.id] for one in people] == [
        "rule", "by_hand", "by_hand", "former", "former", "suppressed", "suppressed", "rule", "no_address",
    ]  # fmt: skip


def test_the_contact_point_is_empty_until_somebody_signs_up(app):
    extract, event = make_import(), make_event()
    make_person(extract)
    assert count(event, "contact-point").people == 0


def test_without_an_extract_there_is_a_clear_line(app):
    with pytest.raises(NoExtractError) as caught:
        count(make_event())
    assert "Les inn et uttrekk først" in str(caught.value)


def test_the_latest_extract_decides_the_default_window(app):
    make_import(date(2025, 10, 31))
    extract = make_import(date(2026, 10, 31))
    make_import(date(2024, 10, 31))
    event = make_event()
    make_person(extract)
    assert count(event).people == 1


def test_freezing_keeps_each_person_with_the_reason(app):
    extract, event = make_import(), make_event()
    make_family(extract, 1985, 1987)
    left_out = make_person(extract, address=None)
    frozen = service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    rows = {
        row.person_id: (row.is_included, row.reason)
        for row in db.session.scalars(select(AudienceMember).where(AudienceMember.list_id == frozen.id))
    }
    assert rows[left_out.id] == (False, "no_address")
    assert sorted(rows.values()) == [(False, "no_address"), (True, "moved_in"), (True, "moved_in")]
    assert (frozen.since, frozen.until, frozen.segment) == (date(2025, 11, 1), date(2026, 10, 31), "moved-in")


def test_freezing_again_replaces_the_same_list_and_keeps_another(app):
    extract, event = make_import(), make_event()
    make_person(extract)
    for _ in range(2):
        service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    service.freeze(event, segment="moved-in", since=date(2026, 1, 1), until=None, now=NOW)
    service.freeze(event, segment="young-away", since=None, until=None, now=NOW)
    service.freeze(event, segment="young-away", since=None, until=None, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(AudienceList)) == 3


def test_freezing_a_large_segment_takes_a_few_statements(app):
    extract, event = make_import(), make_event()
    for _ in range(30):
        make_family(extract, 1985, 1990)
    statements = []
    record = lambda *args: statements.append(args[2])  # noqa: E731
    sqlalchemy_event.listen(db.engine, "before_cursor_execute", record)
    service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    sqlalchemy_event.remove(db.engine, "before_cursor_execute", record)
    assert len(statements) <= 6


def test_the_list_shows_names_and_reasons_page_by_page(app, monkeypatch):
    extract, event = make_import(), make_event()
    make_person(extract, given_name="Åse", middle_name="Ørn", family_name="Æsop", birth_year=1950)
    make_person(extract, given_name="Ola", family_name="Uten", address=None)
    seen = service.see("moved-in", since=None, until=None)
    arguments = {"event_id": event.id, "import_id": seen.extract.id}
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    inside, number = queries.listed(seen.segment, **arguments, reason="in", page=1)
    assert ([person.name for person in inside], number) == (["Åse Ørn Æsop"], 1)
    outside, _ = queries.listed(seen.segment, **arguments, reason="out", page=1)
    assert [(person.name, person.reason) for person in outside] == [("Ola Uten", "no_address")]
    assert queries.listed(seen.segment, **arguments, reason="no_address", page=2)[0] == []


def test_erasing_the_people_of_an_event_keeps_the_criteria(app):
    extract, event = make_import(), make_event()
    make_family(extract, 1985, 1987)
    service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    assert erasure.erase_event_people(event.id) == {"audience_member": 2}
    assert len(frozen_lists.lists_of(event.id)) == 1
    assert erasure.erase_event_people(event.id) == {"audience_member": 0}


def test_who_asks_is_told_in_words_what_the_list_looked_at(app):
    extract, event = make_import(), make_event()
    person = make_person(extract)
    frozen = service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    [told] = erasure.export_persons([person.id])
    assert [words.split()[0] for words in told["known"]] == ["Flyttet"], told["known"]
    frozen.rule_json = '{"version": 99}'  # what a later version wrote
    db.session.flush()
    [told] = erasure.export_persons([person.id])
    assert told["known"] == [db.session.scalars(select(AudienceMember.known_json)).one()]


def test_erasing_a_person_takes_them_out_of_every_list(app):
    extract, event = make_import(), make_event()
    person = make_person(extract)
    make_person(extract)
    service.freeze(event, segment="moved-in", since=None, until=None, now=NOW)
    service.freeze(event, segment="moved-in", since=date(2026, 1, 1), until=None, now=NOW)
    assert erasure.erase_persons([person.id]) == {"audience_member": 2}
