"""What each type of event means, and how long it holds."""

from datetime import date, datetime

import pytest

from outreach.register.feed.meaning import REASONS, Meaning, PersonNews, meaning_of
from outreach.register.formats.dates import OSLO
from outreach.register.formats.feed import Event


@pytest.mark.parametrize(
    ("type_name", "meaning"),
    [
        ("personErDoed", Meaning.DIED),
        ("PERSONERDOED", Meaning.DIED),
        ("personErUtflyttet", Meaning.EMIGRATED),
        ("endringIAdressebeskyttelse", Meaning.PROTECTED),
        ("endringIBostedsadresse", Meaning.STALE),
        ("endringIBostedsadresseUtenFlytting", Meaning.NOTHING),
        ("endringIBostedsadresseVedKommuneregulering", Meaning.NOTHING),
        ("personErBosatt", Meaning.STALE),
        ("personErOppdatert", Meaning.STALE),
        ("personErOpphoertSomDublett", Meaning.STALE),
        ("endringIKontaktinformasjon", Meaning.STALE),
        ("endringIDoedsfall", Meaning.STALE),
        ("endringINavn", Meaning.STALE),
        ("endringISivilstand", Meaning.NOTHING),
        ("noeHeltNyttUtenFlytting", Meaning.STALE),
        ("", Meaning.STALE),
    ],
)
def test_types(type_name: str, meaning: Meaning) -> None:
    assert meaning_of(type_name) is meaning


def test_the_words_for_protection_are_those_of_any_change() -> None:
    assert REASONS[Meaning.PROTECTED] == REASONS[Meaning.STALE]
    assert REASONS.keys() == set(Meaning)


def event(type_name: str, day: int | None) -> Event:
    at = datetime(2026, 11, day, 8, tzinfo=OSLO) if day else None
    return Event(row=1, number="12849022499", type_name=type_name, sequence=None, at=at)


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (3, True), (None, True)])
def test_what_a_later_extract_has_shown_no_longer_holds_but_protection_does(day: int | None, holds: bool) -> None:
    news = PersonNews()
    for type_name in ("endringIBostedsadresse", "personErDoed", "endringIAdressebeskyttelse", "endringISivilstand"):
        news.add(event(type_name, day))
    rest = {Meaning.STALE, Meaning.DIED} if holds else set()
    assert news.since(date(2026, 11, 2)) == {Meaning.PROTECTED, *rest}
