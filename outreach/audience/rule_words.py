"""What a rule says, line by line, for people. Pure: a rule in, phrases out, in the order in which they are tried."""

from collections.abc import Callable, Sequence

from outreach.audience.areas import area_words, is_whole
from outreach.audience.interest import INTEREST_WORDS
from outreach.audience.phrase import Phrase, Value
from outreach.audience.rule import (
    Age,
    Attended,
    BirthYear,
    Children,
    Condition,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    SignedUp,
    StudyCity,
    Unanswered,
    Who,
    is_negated,
)
from outreach.errors import N_

WHO_WORDS = {
    Who.RESIDENTS: N_("Bor i kommunen"),
    Who.FORMER: N_("Har flyttet fra kommunen"),
    Who.BOTH: N_("Bor i kommunen eller har flyttet herfra"),
}
CITY_NAMES = {"oslo": "Oslo", "bergen": "Bergen", "trondheim": "Trondheim"}
PlaceOf = Callable[[str], str]
_Spans = tuple[str, str, str, str]

_AGE: _Spans = (
    N_("Fyller %(low)s til %(high)s år det året uttrekket er fra"),
    N_("Fyller %(low)s år eller mer det året uttrekket er fra"),
    N_("Fyller %(high)s år eller mindre det året uttrekket er fra"),
    N_("Fyller %(low)s år det året uttrekket er fra"),
)
_BORN: _Spans = (
    N_("Født fra %(low)s til %(high)s"),
    N_("Født i %(low)s eller senere"),
    N_("Født i %(high)s eller før"),
    N_("Født i %(low)s"),
)
_SCHOOL: _Spans = (
    N_("Ferdig på videregående skole fra %(low)s til %(high)s (fylte 19 år)"),
    N_("Ferdig på videregående skole i %(low)s eller senere (fylte 19 år)"),
    N_("Ferdig på videregående skole i %(high)s eller før (fylte 19 år)"),
    N_("Ferdig på videregående skole i %(low)s (fylte 19 år)"),
)
_CHILDREN: _Spans = (
    N_("Bor i en husstand med barn fra %(low)s til %(high)s år"),
    N_("Bor i en husstand med noen på %(low)s år eller mer"),
    N_("Bor i en husstand med barn på %(high)s år eller mindre"),
    N_("Bor i en husstand med barn på %(low)s år"),
)
_PLAIN: dict[type[Condition], str] = {
    SignedUp: N_("Har meldt seg på kontaktpunktet"),
    Attended: N_("Har vært på et tidligere arrangement"),
    Unanswered: N_("Har fått en invitasjon før uten å svare"),
}


def rule_phrases(rule: Rule, place_of: PlaceOf) -> list[Phrase]:
    """Return whom the rule is about, and then what must hold; `place_of` gives the place of a postcode in capitals."""
    return [Phrase(WHO_WORDS[rule.who]), *(condition_phrase(condition, place_of) for condition in rule.conditions)]


def condition_phrase(condition: Condition, place_of: PlaceOf) -> Phrase:
    """Return what one condition says."""
    match condition:
        case Invited():
            return _invited(condition)
        case MovedIn():
            message, values = _moved_in(condition)
        case Age() | Children():
            words = _AGE if isinstance(condition, Age) else _CHILDREN
            message, values = _span(words, condition.youngest, condition.oldest)
        case BirthYear() | SchoolLeaving():
            words = _BORN if isinstance(condition, BirthYear) else _SCHOOL
            message, values = _span(words, condition.first, condition.last)
        case PostcodeArea():
            message, values = _postcodes(condition.areas, place_of)
        case StudyCity():
            named = ", ".join(CITY_NAMES.get(city, city) for city in condition.cities)
            message, values = N_("Har adresse i %(cities)s"), {"cities": named}
        case SignedUp(interests=(_, *_)):
            wanted = tuple(words for interest, words in INTEREST_WORDS.items() if interest in condition.interests)
            message, values = N_("Har meldt seg på kontaktpunktet og vil høre om: %(interests)s"), {"interests": wanted}
        case _:
            message, values = _PLAIN[type(condition)], {}
    return Phrase(message, values, is_negated(condition))


def _moved_in(condition: MovedIn) -> tuple[str, dict[str, Value]]:
    if condition.months == 1:
        return N_("Flyttet hit den siste måneden før uttrekket"), {}
    if condition.months:
        return N_("Flyttet hit de siste %(months)s månedene før uttrekket"), {"months": condition.months}
    if condition.since and condition.until:
        days: dict[str, Value] = {"since": condition.since, "until": condition.until}
        return N_("Flyttet hit fra og med %(since)s til og med %(until)s"), days
    if condition.since:
        return N_("Flyttet hit %(since)s eller senere"), {"since": condition.since}
    return N_("Flyttet hit %(until)s eller før"), {"until": condition.until or ""}


def _postcodes(areas: Sequence[str], place_of: PlaceOf) -> tuple[str, dict[str, Value]]:
    whole = ", ".join(area_words(area, place_of) for area in areas if is_whole(area))
    starts = ", ".join(area for area in areas if not is_whole(area))
    if not starts:
        return N_("Bor på postnummer %(areas)s"), {"areas": whole}
    if not whole:
        return N_("Bor på et postnummer som begynner på %(starts)s"), {"starts": starts}
    return N_("Bor på postnummer %(areas)s, eller et som begynner på %(starts)s"), {"areas": whole, "starts": starts}


def _invited(condition: Invited) -> Phrase:
    if condition.months is None:
        return Phrase(N_("Aldri invitert før") if condition.negated else N_("Har vært invitert før"))
    if condition.months == 1:
        recently = N_("Invitert den siste måneden"), N_("Ikke invitert den siste måneden")
    else:
        recently = N_("Invitert de siste %(months)s månedene"), N_("Ikke invitert de siste %(months)s månedene")
    return Phrase(recently[condition.negated], {"months": condition.months})


def _span(words: _Spans, low: int | None, high: int | None) -> tuple[str, dict[str, Value]]:
    between, above, below, one = words
    if low is None:
        return below, {"high": high or 0}
    if high is None:
        return above, {"low": low}
    return (one, {"low": low}) if low == high else (between, {"low": low, "high": high})
