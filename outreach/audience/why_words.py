"""What is known of one person for each condition of a rule, in words. Pure: a condition and a value in, a phrase out.

Values are what one statement tells of the person and what a frozen list keeps: a day as ISO text, a number, a postcode,
a town, or None. Whether the condition holds is told beside it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from outreach.audience.areas import written_place
from outreach.audience.phrase import Phrase
from outreach.audience.rule import (
    SCHOOL_LEAVING_AGE_YEARS,
    Age,
    Attended,
    BirthYear,
    Children,
    Condition,
    Invited,
    MovedIn,
    PostcodeArea,
    SchoolLeaving,
    SignedUp,
    StudyCity,
    Unanswered,
    is_negated,
)
from outreach.audience.rule_words import CITY_NAMES, PlaceOf, condition_phrase
from outreach.audience.segment import Segment
from outreach.errors import N_

PlainValue = str | int | None
_YES_NO: dict[type[Condition], tuple[str, str]] = {
    SignedUp: (N_("Har meldt seg på kontaktpunktet."), N_("Har ikke meldt seg på kontaktpunktet.")),
    Attended: (N_("Har vært på et tidligere arrangement."), N_("Har ikke vært på et tidligere arrangement.")),
    Unanswered: (N_("Har fått en invitasjon uten å svare."), N_("Har ingen invitasjon som venter på svar.")),
}

_INTERESTED = N_("Har sagt på kontaktpunktet at de vil høre om det."), N_("Har ikke sagt at de vil høre om det.")


@dataclass(frozen=True)
class Answer:
    """One condition for one person: what it asks, whether it holds, and what we know."""

    asked: Phrase
    holds: bool
    known: Phrase


def answers_in_words(segment: Segment, answers: Iterable[tuple[bool, PlainValue]], place_of: PlaceOf) -> list[Answer]:
    """Return (holds, value) of each condition of the segment's rule, in its order, in words."""
    return [
        Answer(
            asked=condition_phrase(condition, place_of),
            holds=holds,
            known=known_phrase(condition, holds=holds, value=value, as_of=segment.as_of, place_of=place_of),
        )
        for condition, (holds, value) in zip(segment.rule.conditions, answers, strict=True)
    ]


def known_phrase(condition: Condition, *, holds: bool, value: PlainValue, as_of: date, place_of: PlaceOf) -> Phrase:
    """Return what we know of the person that decides `condition`; `holds` counts the condition's own "not" in."""
    if type(condition) in _YES_NO:
        yes, no = _INTERESTED if isinstance(condition, SignedUp) and condition.interests else _YES_NO[type(condition)]
        return Phrase(yes if holds != is_negated(condition) else no)
    if isinstance(condition, PostcodeArea):
        return _postcode(str(value or ""), place_of)
    return _WORDS[type(condition)](condition, value, as_of)


def residence_phrase(*, is_resident: bool, is_dead: bool, seen_as_of: date) -> Phrase:
    """Return where the person is, for whom the rule is about."""
    if is_dead:
        return Phrase(N_("Er død."))
    if is_resident:
        return Phrase(N_("Bor i kommunen."))
    return Phrase(N_("Bor ikke i kommunen. Sto sist i uttrekket fra %(day)s."), {"day": seen_as_of})


def _moved_in(_: Condition, value: PlainValue, __: date) -> Phrase:
    if not value:
        return Phrase(N_("Har ikke flyttet hit."))
    return Phrase(N_("Flyttet hit %(day)s."), {"day": date.fromisoformat(str(value))})


def _born(condition: Condition, value: PlainValue, as_of: date) -> Phrase:
    if value is None:
        return Phrase(N_("Fødselsåret er ukjent."))
    year = int(value)
    if isinstance(condition, Age):
        values = {"year": year, "age": as_of.year - year, "now": as_of.year}
        return Phrase(N_("Født i %(year)s, fyller %(age)s år i %(now)s."), values)
    if isinstance(condition, SchoolLeaving):
        values = {"year": year, "left": year + SCHOOL_LEAVING_AGE_YEARS}
        return Phrase(N_("Født i %(year)s, fyller 19 år i %(left)s."), values)
    return Phrase(N_("Født i %(year)s."), {"year": year})


def _children(_: Condition, value: PlainValue, __: date) -> Phrase:
    if not value:
        return Phrase(N_("Ingen i denne alderen i husstanden."))
    if value == 1:
        return Phrase(N_("Én i denne alderen i husstanden."))
    return Phrase(N_("%(count)s i denne alderen i husstanden."), {"count": value})


def _postcode(postcode: str, place_of: PlaceOf) -> Phrase:
    if not postcode:
        return Phrase(N_("Postnummeret er ukjent."))
    place = written_place(place_of(postcode))
    return Phrase(N_("Bor på %(postcode)s."), {"postcode": f"{postcode} {place}".strip()})


def _city(_: Condition, value: PlainValue, __: date) -> Phrase:
    if not value:
        return Phrase(N_("Har ingen adresse i en studieby."))
    return Phrase(N_("Har adresse i %(city)s."), {"city": CITY_NAMES.get(str(value), str(value))})


def _invited(_: Condition, value: PlainValue, __: date) -> Phrase:
    if not value:
        return Phrase(N_("Aldri invitert før."))
    return Phrase(N_("Sist invitert %(day)s."), {"day": date.fromisoformat(str(value))})


_WORDS: dict[type[Condition], Callable[[Condition, PlainValue, date], Phrase]] = {
    MovedIn: _moved_in,
    Age: _born,
    BirthYear: _born,
    SchoolLeaving: _born,
    Children: _children,
    StudyCity: _city,
    Invited: _invited,
}
