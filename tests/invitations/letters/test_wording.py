import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outreach.events.event import Kind
from outreach.invitations.letters.wording import Occasion, Side, bokmal, english, greeting, invitation, slip

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


def text_of(side: Side) -> str:
    opening = (side.title, greeting(side, ("Åse", "Bo")), invitation(side, 2))
    facts = (f"{label}: {fact}." for label, fact in side.facts)
    return " ".join((*opening, *facts, side.answer_heading + ".", *side.answers, side.privacy_heading, *side.privacy))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("side", [bokmal, english])
def test_each_side_says_what_article_14_asks_for(side, kind: Kind) -> None:
    text = text_of(side(replace(ABOUT, kind=kind)))
    for fact in ("Folkeregisteret" if side is bokmal else "National Population Register", "Modum kommune", "GDPR"):
        assert fact in text
    for fact in ("32 78 93 00", "servicetorget@modum.example", "Datatilsynet", "/personvern", "/svar", "2027"):
        assert fact in text


@pytest.mark.parametrize("side", [bokmal, english])
def test_both_sides_state_the_same_times_and_place(side) -> None:
    text = text_of(side(ABOUT))
    assert "Modum kulturhus, Vikersundgata 30, 3370 Vikersund" in text
    assert ("kl. 18.00–21.00" if side is bokmal else "18:00–21:00") in text
    assert ("mandag 23. november 2026" if side is bokmal else "Monday 23 November 2026") in text


def test_one_is_du_and_many_are_dere() -> None:
    side = bokmal(ABOUT)
    assert invitation(side, 1).startswith("Du har flyttet")
    assert invitation(side, 3).startswith("Dere har flyttet")
    assert greeting(side, ("Åse", "Bo", "Emma")) == "Hei, Åse, Bo og Emma!"
    assert greeting(english(ABOUT), ("Åse", "Bo")) == "Hello, Åse and Bo!"


@pytest.mark.parametrize("side", [bokmal, english])
@pytest.mark.parametrize("number", [1, 3])
def test_a_reminder_says_that_it_is_one_and_keeps_everything_but_the_request(side, number: int) -> None:
    first, reminder = side(ABOUT), side(replace(ABOUT, is_reminder=True))
    assert ("påminnelse" if side is bokmal else "reminder") in invitation(reminder, number)
    assert reminder.title != first.title
    changed = {"title", "invitation_to_one", "invitation_to_many"}
    assert {name for name in vars(first) if vars(first)[name] != vars(reminder)[name]} == changed


def test_a_title_that_welcomes_is_not_welcomed_twice() -> None:
    assert bokmal(replace(ABOUT, title="Velkommen hjem")).title == "Velkommen hjem"


def test_the_slip_says_where_to_send_it() -> None:
    assert slip(ABOUT).return_to == "Modum kommune, Postboks 38, 3371 Vikersund"


@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_front_is_easy_to_read(kind: Kind, is_reminder: bool) -> None:
    """LIX: words a sentence plus the share of words over six letters (Björnsson 1968). Names and dates left out."""
    side = bokmal(replace(ABOUT, kind=kind, is_reminder=is_reminder))
    text = " ".join([invitation(side, 2), *side.answers, *side.privacy])
    for name in ("Modum kommune", ABOUT.public_url, ABOUT.email, "onsdag 24. februar 2027", ABOUT.hours, "nr. 1 e"):
        text = text.replace(name, "")
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?](?=\s|$)", text))
    lix = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
    assert lix <= 35, lix
