import pytest

from outreach.messages.writing.facts import FactKind, facts_of
from outreach.messages.writing.same_facts import differences

PLACES = ("Modum kulturhus",)


def values(text: str, language: str, kind: FactKind) -> list[str]:
    return [fact.value for fact in facts_of(text, language=language, places=PLACES) if fact.kind is kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "torsdag 26. november kl. 18.00"),
        ("nb", "den 26. november, klokka 18"),
        ("nb", "26. nov. kl. 18"),
        ("nb", "26.11. kl. 18:00"),
        ("nb", "26.11.2026 klokken 18.00"),
        ("nb", "26. november kl. 6 om kvelden"),
        ("nn", "torsdag 26. november 2026 kl. 18.00"),
        ("en", "Thursday 26 November at 18:00"),
        ("en", "Thursday, 26th of November 2026, 6 pm"),
        ("en", "the 26th November at 6 p.m."),
        ("en", "November 26, 2026 at 6:00 PM"),
        ("en", "2026-11-26 18:00"),
        ("en", "26 Nov at 6.00 pm"),
    ],
)
def test_reads_the_same_day_and_hour(language: str, text: str) -> None:
    assert values(text, language, FactKind.DATE) == ["--11-26"]
    assert values(text, language, FactKind.TIME) == ["18:00"]
    assert values(text, language, FactKind.NUMBER) == []


@pytest.mark.parametrize(
    ("language", "text", "times"),
    [
        ("nb", "kl. 18.00–21.00", ["18:00", "21:00"]),
        ("nb", "fra kl. 18 til 21", ["18:00", "21:00"]),
        ("nb", "kl. 18 til 26. november", ["18:00"]),
        ("nb", "kl. 9", ["09:00"]),
        ("nb", "18.30 og 19.45", ["18:30", "19:45"]),
        ("nb", "det koster 12.50 kr", []),
        ("nb", "kl. 25.00", []),
        ("en", "6–9 pm", ["18:00", "21:00"]),
        ("en", "10 am to 2 pm", ["10:00", "14:00"]),
        ("en", "10–2 pm", ["10:00", "14:00"]),
        ("en", "12 noon", ["12:00"]),
        ("en", "12 pm and 12 am", ["12:00", "00:00"]),
        ("en", "13 pm", []),
        ("en", "I am 6", []),
    ],
)
def test_reads_times(language: str, text: str, times: list[str]) -> None:
    assert values(text, language, FactKind.TIME) == times


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torsdag 26. november kl. 18.00–21.00", "Thursday 26 November, 6–9 pm"),
        ("Ring 32 78 93 00", "Call +47 32789300"),
        ("13 000 personer og 2,5 timer", "13,000 people and 2.5 hours"),
        ("tre retter", "3 courses"),
        ("3 retter", "three courses"),
        ("tre retter", "some courses"),
        ("se https://modum.example/svar?lang=nb.", "see https://Modum.example/svar?lang=en"),
        ("Kode K7MF-2XQP-9TRA i Modum kulturhus", "Code K7MF-2XQP-9TRA, Modum kulturhus"),
        ("Svar på {lenke} innen {svarfrist}", "Answer by {svarfrist} at {lenke}"),
        ("1. Kom\n2. Spis", "- Come\n- Eat"),
        ("26. november 2026", "26 November"),
        ("", ""),
    ],
)
def test_finds_no_difference_where_there_is_none(one: str, other: str) -> None:
    assert differences({"nb": one, "en": other}, places=PLACES) == ()


@pytest.mark.parametrize(
    ("one", "other", "kind", "here", "there"),
    [
        ("kl. 18.00", "at 7 pm", FactKind.TIME, "kl. 18.00", "7 pm"),
        ("kl. 18.00", "in the evening", FactKind.TIME, "kl. 18.00", None),
        ("om kvelden", "at 6 pm", FactKind.TIME, None, "6 pm"),
        ("26. november", "27 November", FactKind.DATE, "26. november", "27 November"),
        ("torsdag 26. november", "Friday 26 November", FactKind.DATE, "torsdag 26. november", "Friday 26 November"),
        ("26. november 2026", "26 November 2027", FactKind.DATE, "26. november 2026", "26 November 2027"),
        ("Ring 32 78 93 00", "Call 32 78 93 01", FactKind.PHONE, "32 78 93 00", "32 78 93 01"),
        ("https://a.no/x", "https://a.no/y", FactKind.LINK, "https://a.no/x", "https://a.no/y"),
        ("K7MF-2XQP-9TRA", "K7MF-2XQP-9TRB", FactKind.CODE, "K7MF-2XQP-9TRA", "K7MF-2XQP-9TRB"),
        ("i Modum kulturhus", "at the culture house", FactKind.PLACE, "Modum kulturhus", None),
        ("50 kroner", "60 kroner", FactKind.NUMBER, "50", "60"),
        ("3 retter", "four courses", FactKind.NUMBER, "3", None),
        ("{lenke}", "here", FactKind.PLACEHOLDER, "{lenke}", None),
        ("post@modum.example", "post@modum.no", FactKind.EMAIL, "post@modum.example", "post@modum.no"),
    ],
)
def test_says_what_is_missing_or_differs_and_where(
    one: str, other: str, kind: FactKind, here: str | None, there: str | None
) -> None:
    (found,) = differences({"nb": one, "en": other}, places=PLACES)
    assert (found.kind, found.language, found.other) == (kind, "nb", "en")
    assert found.here == here if here is None else found.here and found.here.shown == here
    assert found.there == there if there is None else found.there and found.there.shown == there


def test_each_further_version_is_held_against_the_first() -> None:
    found = differences({"nb": "kl. 18", "nn": "kl. 18", "en": "at 7 pm"})
    assert [(each.language, each.other) for each in found] == [("nb", "en")]


def test_tells_the_line() -> None:
    (found,) = differences({"nb": "Hei\n\nkl. 18", "en": "Hello"})
    assert found.here is not None
    assert found.here.line == 3


@pytest.mark.parametrize("versions", [{}, {"nb": "kl. 18"}])
def test_one_version_differs_from_nothing(versions: dict[str, str]) -> None:
    assert differences(versions) == ()
