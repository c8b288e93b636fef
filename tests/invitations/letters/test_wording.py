import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outreach.events.event import Kind
from outreach.events.series.meetups import Choice
from outreach.invitations.letters.wording import Occasion, Side, brief, greeting, invitation, side, slip
from outreach.messages.writing.same_facts import differences
from tests.events.series.test_meetups import CHOICE

ABOUT = Occasion(
    kind=Kind.NY_I_MODUM,
    title="Ny i Modum-kveld 2026",
    starts_at_utc=datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
    ends_at_utc=datetime(2026, 11, 26, 20, 0, tzinfo=UTC),
    venue="Modum kulturhus",
    venue_address="Vikersundgata 30, 3370 Vikersund",
    access_information="Trinnfri inngang.",
    answer_by=date(2026, 11, 23),
    organisation="Modum kommune",
    organisation_number="970491589",
    organisation_address="Postboks 38, 3371 Vikersund",
    municipality="Modum",
    phone="32 78 93 00",
    hours="mandag til fredag kl. 9.00–15.00",
    email="servicetorget@modum.example",
    public_url="https://treffpunkt.modum.example",
    today=date(2026, 11, 2),
    erased_on=date(2027, 2, 24),
)


LANGUAGES = ["nb", "nn", "en"]


def text_of(side: Side) -> str:
    opening = (side.title, greeting(side, ("Åse", "Bo")), invitation(side, 2))
    facts = (f"{label}: {fact}." for label, fact in side.facts)
    return " ".join((*opening, *facts, side.answer_heading + ".", *side.answers, side.privacy_heading, *side.privacy))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_side_says_what_article_14_asks_for(language: str, kind: Kind) -> None:
    text = text_of(side(replace(ABOUT, kind=kind), language))
    for fact in ("National Population Register" if language == "en" else "Folkeregisteret", "Modum kommune", "GDPR"):
        assert fact in text
    for fact in ("32 78 93 00", "servicetorget@modum.example", "Datatilsynet", "/personvern", "/svar", "2027"):
        assert fact in text


@pytest.mark.parametrize(
    ("language", "hours", "day"),
    [
        ("nb", "kl. 18.00–21.00", "mandag 23. november 2026"),
        ("nn", "kl. 18.00–21.00", "måndag 23. november 2026"),
        ("en", "18:00–21:00", "Monday 23 November 2026"),
    ],
)
def test_each_side_states_the_same_times_and_place(language: str, hours: str, day: str) -> None:
    text = text_of(side(ABOUT, language))
    assert "Modum kulturhus, Vikersundgata 30, 3370 Vikersund" in text
    assert hours in text
    assert day in text
    assert ("Trinnfri inngang." in text) is (ABOUT.hours in text) is (language != "en")


@pytest.mark.parametrize(
    ("language", "day"), [("en", "Monday 23 November 2026"), ("uk", "23 листопада 2026"), ("pl", "23 listopada 2026"),
                          ("ar", "23 نوفمبر 2026")],
)  # fmt: skip
def test_the_few_lines_say_what_when_where_how_to_answer_and_whence_the_address_is(language: str, day: str) -> None:
    lines = brief(ABOUT, language)
    text = " ".join([lines.title, *(f"{label}: {fact}" for label, fact in lines.facts), lines.answer, lines.privacy])
    for fact in ("Ny i Modum-kveld 2026", "18:00–21:00", "Modum kulturhus, Vikersundgata 30", day, ABOUT.answer_url):
        assert fact in text
    assert ABOUT.phone in lines.answer
    assert f"{ABOUT.public_url}/personvern" in lines.privacy
    assert lines.title != brief(replace(ABOUT, is_reminder=True), language).title


IN_SERIES = replace(ABOUT, kind=Kind.MEETUP, title="Treff for studenter", choice=CHOICE)


@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.parametrize("number", [1, 2])
def test_a_series_names_the_same_meetups_in_each_language(number: int, is_reminder: bool) -> None:
    about = replace(IN_SERIES, is_reminder=is_reminder)
    texts = {}
    for language in LANGUAGES:
        whole = side(about, language)
        texts[language] = "\n".join([invitation(whole, number), *(f"{label}: {fact}" for label, fact in whole.facts)])
        assert [label for label, _fact in whole.facts[:2]] == ["Oslo", "Modum"]
    assert differences(texts, places=CHOICE.names) == ()
    without = {**texts, "en": texts["en"].replace("Sentralen", "").replace("18:00", "19:00")}
    assert {found.kind.value for found in differences(without, places=CHOICE.names)} == {"place", "time"}


@pytest.mark.parametrize("language", ["en", "uk", "pl", "ar"])
def test_the_few_lines_of_a_series_say_that_one_chooses_and_between_what(language: str) -> None:
    lines, alone = brief(IN_SERIES, language), brief(ABOUT, language)
    assert [(label, "18:00–21:00" in fact) for label, fact in lines.facts[:2]] == [("Oslo", True), ("Modum", False)]
    assert lines.answer.endswith(alone.answer)
    assert len(lines.answer) > len(alone.answer)


def test_the_slip_of_a_series_has_a_box_for_each_meetup() -> None:
    on_paper = slip(IN_SERIES, ("nb", "en"))
    assert (on_paper.yes, on_paper.choices) == ("Ja, til / Yes, to", ("Oslo 26. nov.", "Modum 2. jan."))
    assert on_paper.lead == "Treff for studenter"
    assert slip(ABOUT, ("nb",)).choices == ()


def test_one_is_du_and_many_are_dere() -> None:
    nb, nn = side(ABOUT, "nb"), side(ABOUT, "nn")
    assert invitation(nb, 1).startswith("Du har flyttet")
    assert invitation(nb, 3).startswith("Dere har flyttet")
    assert invitation(nn, 1).startswith("Du har flytta")
    assert invitation(nn, 3).startswith("De har flytta")
    assert greeting(nb, ("Åse", "Bo", "Emma")) == "Hei, Åse, Bo og Emma!"
    assert greeting(side(ABOUT, "en"), ("Åse", "Bo")) == "Hello, Åse and Bo!"


@pytest.mark.parametrize(("language", "word"), [("nb", "påminnelse"), ("nn", "påminning"), ("en", "reminder")])
@pytest.mark.parametrize("number", [1, 3])
def test_a_reminder_says_that_it_is_one_and_keeps_everything_but_the_request(
    language: str, word: str, number: int
) -> None:
    first, reminder = side(ABOUT, language), side(replace(ABOUT, is_reminder=True), language)
    assert word in invitation(reminder, number)
    assert reminder.title != first.title
    changed = {"title", "invitation_to_one", "invitation_to_many"}
    assert {name for name in vars(first) if vars(first)[name] != vars(reminder)[name]} == changed


def test_a_title_that_welcomes_is_not_welcomed_twice() -> None:
    assert side(replace(ABOUT, title="Velkommen hjem"), "nb").title == "Velkommen hjem"


def test_the_slip_says_where_to_send_it() -> None:
    assert slip(ABOUT, ("nb", "en")).return_to == "Modum kommune, Postboks 38, 3371 Vikersund"


def test_the_slip_is_in_one_language_or_two_and_says_what_is_the_same_once() -> None:
    assert slip(ABOUT, ("nn",)).yes == "Ja, vi kjem"
    both = slip(ABOUT, ("nb", "en"))
    assert (both.heading, both.yes) == ("Svarslipp / Reply slip", "Ja, vi kommer / Yes, we are coming")
    assert slip(ABOUT, ("nb", "nn")).heading == "Svarslipp"


@pytest.mark.parametrize("choice", [None, CHOICE])
@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_front_is_easy_to_read(language: str, kind: Kind, is_reminder: bool, choice: Choice | None) -> None:
    """LIX: words a sentence plus the share of words over six letters (Björnsson 1968). Names and dates left out."""
    front = side(replace(ABOUT, kind=kind, is_reminder=is_reminder, choice=choice), language)
    text = " ".join([invitation(front, 2), *front.answers, *front.privacy])
    for name in ("Modum kommune", ABOUT.public_url, ABOUT.email, "onsdag 24. februar 2027", ABOUT.hours, "nr. 1 e"):
        text = text.replace(name, "")
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?](?=\s|$)", text))
    lix = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
    assert lix <= 35, lix
