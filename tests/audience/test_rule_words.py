"""What rules say, and what is known of a person, in words."""

from datetime import date

import pytest
from hypothesis import given

from outreach.audience.known_values import of_json, plain, to_json
from outreach.audience.phrase import bokmaal
from outreach.audience.rule import (
    Age,
    Attended,
    BirthYear,
    Children,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    SignedUp,
    StudyCity,
    Unanswered,
    Who,
)
from outreach.audience.rule_words import condition_phrase, rule_phrases
from outreach.audience.why_words import known_phrase, residence_phrase
from tests.audience.rule_strategies import AS_OF, RULES
from tests.conftest import NOW


def place_of(postcode):
    return {"3370": "VIKERSUND"}.get(postcode, "")


def said(condition):
    return bokmaal(condition_phrase(condition, place_of))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (MovedIn(months=1), "Flyttet hit den siste måneden før uttrekket"),
        (MovedIn(months=12, negated=True), "Ikke: Flyttet hit de siste 12 månedene før uttrekket"),
        (MovedIn(since=date(2026, 1, 1)), "Flyttet hit 1. jan. 2026 eller senere"),
        (MovedIn(until=date(2026, 1, 1)), "Flyttet hit 1. jan. 2026 eller før"),
        (Age(18, 29), "Fyller 18 til 29 år det året uttrekket er fra"),
        (Age(18, 18), "Fyller 18 år det året uttrekket er fra"),
        (Age(18, None), "Fyller 18 år eller mer det året uttrekket er fra"),
        (BirthYear(None, 1999), "Født i 1999 eller før"),
        (SchoolLeaving(2024, 2025), "Ferdig på videregående skole fra 2024 til 2025 (fylte 19 år)"),
        (Children(0, 6, negated=True), "Ikke: Bor i en husstand med barn fra 0 til 6 år"),
        (PostcodeArea(("3370", "3371")), "Bor på postnummer 3370 Vikersund, 3371"),
        (PostcodeArea(("336", "33")), "Bor på et postnummer som begynner på 336, 33"),
        (PostcodeArea(("3370", "33")), "Bor på postnummer 3370 Vikersund, eller et som begynner på 33"),
        (StudyCity(("oslo", "bergen")), "Har adresse i Oslo, Bergen"),
        (SignedUp(), "Har meldt seg på kontaktpunktet"),
        (
            SignedUp(("events", "jobs")),
            "Har meldt seg på kontaktpunktet og vil høre om: Jobber, Treff og arrangementer",
        ),
        (Invited(negated=True), "Aldri invitert før"),
        (Invited(), "Har vært invitert før"),
        (Invited(6, negated=True), "Ikke invitert de siste 6 månedene"),
        (Invited(1), "Invitert den siste måneden"),
        (Attended(negated=True), "Ikke: Har vært på et tidligere arrangement"),
        (Unanswered(), "Har fått en invitasjon før uten å svare"),
    ],
)
def test_each_condition_says_what_it_asks(condition, words):
    assert said(condition) == words


@given(RULES)
def test_every_rule_can_be_said(rule):
    lines = [bokmaal(line) for line in rule_phrases(rule, place_of)]
    assert len(lines) == len(rule.conditions) + 1
    assert all(lines)
    assert not any("%(" in line or "None" in line for line in lines)


def test_whom_a_rule_is_about_comes_first():
    assert bokmaal(rule_phrases(Rule(Who.FORMER, (Age(18, 29),)), place_of)[0]) == ("Har flyttet fra kommunen")


@pytest.mark.parametrize(
    ("condition", "holds", "value", "words"),
    [
        (MovedIn(months=1), True, "2026-05-01", "Flyttet hit 1. mai 2026."),
        (MovedIn(months=1), False, None, "Har ikke flyttet hit."),
        (Age(18, 29), True, 2000, "Født i 2000, fyller 26 år i 2026."),
        (SchoolLeaving(2024), False, 2000, "Født i 2000, fyller 19 år i 2019."),
        (BirthYear(1999), False, None, "Fødselsåret er ukjent."),
        (Children(), True, 1, "Én i denne alderen i husstanden."),
        (Children(), True, 3, "3 i denne alderen i husstanden."),
        (Children(), False, 0, "Ingen i denne alderen i husstanden."),
        (PostcodeArea(("33",)), True, "3370", "Bor på 3370 Vikersund."),
        (PostcodeArea(("33",)), False, "", "Postnummeret er ukjent."),
        (StudyCity(("oslo",)), False, "bergen", "Har adresse i Bergen."),
        (StudyCity(("oslo",)), False, "", "Har ingen adresse i en studieby."),
        (Invited(), True, "2026-05-01", "Sist invitert 1. mai 2026."),
        (Invited(negated=True), True, None, "Aldri invitert før."),
        (Attended(), False, None, "Har ikke vært på et tidligere arrangement."),
        (Attended(negated=True), True, None, "Har ikke vært på et tidligere arrangement."),
        (Attended(negated=True), False, None, "Har vært på et tidligere arrangement."),
        (Unanswered(), True, None, "Har fått en invitasjon uten å svare."),
        (SignedUp(), False, None, "Har ikke meldt seg på kontaktpunktet."),
        (SignedUp(("jobs",)), True, None, "Har sagt på kontaktpunktet at de vil høre om det."),
        (SignedUp(("jobs",), negated=True), True, None, "Har ikke sagt at de vil høre om det."),
    ],
)
def test_what_is_known_is_said_whatever_the_condition_asks(condition, holds, value, words):
    assert bokmaal(known_phrase(condition, holds=holds, value=value, as_of=AS_OF, place_of=place_of)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((True, False), "Bor i kommunen."),
        ((False, False), "Bor ikke i kommunen. Sto sist i uttrekket fra 31. okt. 2026."),
        ((False, True), "Er død."),
    ],
)
def test_where_a_person_is(facts, words):
    is_resident, is_dead = facts
    assert bokmaal(residence_phrase(is_resident=is_resident, is_dead=is_dead, seen_as_of=AS_OF)) == words


def test_values_are_kept_as_short_texts():
    assert plain(NOW) == "2026-11-02"
    assert to_json([AS_OF, NOW, 3, "oslo", None]) == '["2026-10-31","2026-11-02",3,"oslo",null]'
    assert of_json('["2026-10-31",3]', 2) == ["2026-10-31", 3]
    assert of_json("", 2) == [None, None]
    assert of_json("[1]", 2) == [None, None]
