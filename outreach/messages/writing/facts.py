"""The facts that stand in a text: dates, times, places, codes, links, numbers, in Norwegian and English spelling. Pure.

In: one language version. Out: facts in comparable form, with their words and line. What people write: "torsdag 26.
november kl. 18.00" and "Thursday 26 November at 18:00" or "at 6 pm"; "13 000" and "13,000"; "32 78 93 00" and
"+47 32789300". Spelt-out numbers up to twelve answer a figure in another version, but are no facts by themselves.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.messages.writing.fact_patterns import (
    AFTER_MIDDAY,
    BARE_TIME,
    CODE,
    DATES,
    EMAIL,
    LINK,
    LIST_MARK,
    MARKED_TIME,
    MONTHS,
    NAMED_TIME,
    NUMBER,
    NUMBER_WORDS,
    PHONE,
    PLACEHOLDER,
    TWELVE_HOUR_TIME,
    WEEKDAYS,
)

_HALF_DAY = 12 * 60


class FactKind(StrEnum):
    """What a fact is about."""

    DATE = "date"
    TIME = "time"
    PLACE = "place"
    CODE = "code"
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True)
class Fact:
    """One fact. `value` compares: "18:00", "--11-26", "3370"; `shown` is what stands in the text, on `line` from 1.

    `year` and `weekday` (0 Monday) are None where a date does not tell them. `is_word`: a number spelt out.
    """

    kind: FactKind
    value: str
    shown: str
    line: int
    year: int | None = None
    weekday: int | None = None
    is_word: bool = False


def agree(one: Fact, other: Fact) -> bool:
    """Say whether two facts are the same; what only one of two dates tells is no difference."""
    if (one.kind, one.value) != (other.kind, other.value):
        return False
    same_year = one.year is None or other.year is None or one.year == other.year
    return same_year and (one.weekday is None or other.weekday is None or one.weekday == other.weekday)


def facts_of(text: str, *, language: str, places: Collection[str] = ()) -> tuple[Fact, ...]:
    """Return the facts of `text` by line; `places` are names and addresses to look for. Each kind of fact once a value.

    What is read as one kind is gone for the next: the figures of a date are no numbers.
    """
    reader = _Reader(text.replace("\r\n", "\n"))
    reader.take(LIST_MARK, lambda _found: None)
    for pattern, kind, value in _PLAIN:
        reader.take(pattern, _as(kind, value))
    for place in sorted((place for place in places if place), key=len, reverse=True):
        reader.take(re.compile(rf"(?<!\w){re.escape(place)}(?!\w)", re.IGNORECASE), _as(FactKind.PLACE, str.casefold))
    reader.take(MARKED_TIME, _times(is_marked=True))
    reader.take(TWELVE_HOUR_TIME, _twelve_hour_times)
    reader.take(NAMED_TIME, _named_time)
    for pattern in DATES:
        reader.take(pattern, _date)
    reader.take(BARE_TIME, _times())
    reader.take(PHONE, _as(FactKind.PHONE, _phone))
    reader.take(NUMBER, _as(FactKind.NUMBER, _number))
    words = NUMBER_WORDS.get(language, {})
    reader.take(re.compile(r"[^\W\d_]+"), lambda found: _spelt(found[0], words))
    return reader.found()


@dataclass(frozen=True)
class _Read:
    """A fact as read, before it is known where it stands."""

    kind: FactKind
    value: str
    year: int | None = None
    weekday: int | None = None
    is_word: bool = False


_Reading = Callable[[re.Match[str]], "Iterator[_Read] | list[_Read] | _Read | None"]


class _Reader:
    """Takes facts out of a text, one pattern after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._rest = text
        self._facts: list[tuple[int, Fact]] = []

    def take(self, pattern: re.Pattern[str], read: _Reading) -> None:
        """Read every match of `pattern`; what was read as a fact, or is no fact (None), is blanked."""
        for match in pattern.finditer(self._rest):
            found = read(match)
            facts = [found] if isinstance(found, _Read) else list(found or [])
            if found is not None and not facts:
                continue
            self._facts += [(match.start(), self._placed(each, match)) for each in facts]
            blank = re.sub(r"[^\n]", " ", match[0])
            self._rest = self._rest[: match.start()] + blank + self._rest[match.end() :]

    def found(self) -> tuple[Fact, ...]:
        """Return what was taken, from the top, without repetitions."""
        kept: list[Fact] = []
        for _place, fact in sorted(self._facts, key=lambda each: each[0]):
            if not any(agree(fact, known) and fact.is_word == known.is_word for known in kept):
                kept.append(fact)
        return tuple(kept)

    def _placed(self, read: _Read, match: re.Match[str]) -> Fact:
        line = self._text.count("\n", 0, match.start()) + 1
        shown = " ".join(self._text[match.start() : match.end()].split()).rstrip(",")
        return Fact(read.kind, read.value, shown, line, read.year, read.weekday, read.is_word)


def _as(kind: FactKind, value: Callable[[str], str]) -> _Reading:
    return lambda found: _Read(kind, value(found[0]))


def _link(text: str) -> str:
    """Return what tells a link: not its language, nor how its host is spelt."""
    scheme, _, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    bare = re.sub(r"([?&])lang=\w+&?", r"\1", f"{host.lower()}{slash}{path}")
    return f"{scheme.lower() or 'https'}://{bare.rstrip('?&/')}"


def _phone(text: str) -> str:
    digits = re.sub(r"[^\d+]", "", text)
    return digits.removeprefix("+47") if digits.startswith("+47") else digits


def _number(text: str) -> str:
    whole = re.sub(r"[\s\u00a0\u202f.,](?=\d{3}(?!\d))", "", text)
    return whole.replace(",", ".")


def _spelt(word: str, words: dict[str, int]) -> list[_Read]:
    number = words.get(word.lower())
    return [] if number is None else [_Read(FactKind.NUMBER, str(number), is_word=True)]


def _date(found: re.Match[str]) -> list[_Read]:
    parts = found.groupdict()
    month = MONTHS.get(parts["month"].lower()) or (int(parts["month"]) if parts["month"].isdigit() else 0)
    day = int(parts["day"])
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    try:
        date(year or 2000, month, day)
    except ValueError:
        return []
    weekday = WEEKDAYS.get((parts.get("weekday") or "").lower())
    return [_Read(FactKind.DATE, f"--{month:02}-{day:02}", year, weekday)]


def _times(*, is_marked: bool = False) -> _Reading:
    def read(found: re.Match[str]) -> list[_Read]:
        parts = found.groupdict()
        later = _HALF_DAY if is_marked and AFTER_MIDDAY.search(found[0]) else 0
        return [
            _time(minutes + later if minutes < _HALF_DAY else minutes)
            for hour, minute in (("hour", "minute"), ("until_hour", "until_minute"))
            if parts.get(hour) and (minutes := _minutes(parts[hour], parts.get(minute))) is not None
        ]

    return read


def _twelve_hour_times(found: re.Match[str]) -> list[_Read]:
    """Read "6 pm", "6.30 p.m." and "6–9 pm": where only the end is marked, the start is of the same half or the one
    before."""
    parts = found.groupdict()
    last = _twelve(parts["hour"], parts["minute"], parts["half"])
    if last is None:
        return []
    if not parts["from_hour"]:
        return [_time(last)]
    first = _twelve(parts["from_hour"], parts["from_minute"], parts["from_half"] or parts["half"])
    if first is None:
        return []
    return [_time(first - _HALF_DAY if first > last and not parts["from_half"] else first), _time(last)]


def _named_time(found: re.Match[str]) -> _Read:
    return _time(0 if found[0].lower() in ("midnight", "midnatt") else _HALF_DAY)


def _twelve(hour: str, minute: str | None, half: str) -> int | None:
    if not 1 <= int(hour) <= 12:
        return None
    minutes = _minutes(str(int(hour) % 12), minute)
    return None if minutes is None else minutes + (_HALF_DAY if half.lower().startswith("p") else 0)


def _minutes(hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _time(minutes: int) -> _Read:
    return _Read(FactKind.TIME, f"{minutes // 60:02}:{minutes % 60:02}")


_PLAIN: tuple[tuple[re.Pattern[str], FactKind, Callable[[str], str]], ...] = (
    (EMAIL, FactKind.EMAIL, str.lower),
    (LINK, FactKind.LINK, _link),
    (PLACEHOLDER, FactKind.PLACEHOLDER, lambda text: text.strip("{} ")),
    (CODE, FactKind.CODE, str),
)
