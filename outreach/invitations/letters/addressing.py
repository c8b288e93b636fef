"""The window's lines and the greeting. Pure: names and address in, at most five lines out, nothing cut.

The window shows whom the envelope is for: the adults by full name. Inside the letter stand first names only, since
letters go into wrong hands. Window and lines: docs/architecture.md, "Letters" (area common to Norwegian envelopes).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.people.person import PersonName

MOST_LINES = 5
# So many characters of the letter's font fit across the window at full size; longer lines are set smaller.
LINE_LENGTH = 44


@dataclass(frozen=True)
class Guest:
    """One person of a letter."""

    name: PersonName
    is_adult: bool


def name_lines(guests: Sequence[Guest], *, room: int, joint: str = "og") -> tuple[str, ...]:
    """Return the names for the window, on one line or, where `room` (lines) allows, on two.

    Adults, or everybody when there is no adult. Names grow shorter by rule, never by cutting: those who share a family
    name have it once, then first given names alone, then two lines, then the first person and "m.fl.".
    """
    adults = [guest.name for guest in guests if guest.is_adult] or [guest.name for guest in guests]
    wordings = _wordings(adults, joint)
    for words in wordings:
        if len(line := listed(words, joint)) <= LINE_LENGTH:
            return (line,)
    for words in wordings if room > 1 else ():
        if lines := _on_two_lines(words, joint):
            return lines
    # "med flere", as Språkrådet's list of abbreviations has it.
    return (f"{_short(adults[0]).full} m.fl." if len(adults) > 2 else listed(wordings[-1], joint),)


def window_lines(guests: Sequence[Guest], address: Sequence[str]) -> tuple[str, ...]:
    """Return the lines in the window: names, then `address` (one to four lines)."""
    return (*name_lines(guests, room=MOST_LINES - len(address)), *address)


def listed(words: Sequence[str], joint: str) -> str:
    """Return `words` as a sentence lists them: "Åse, Bjørn og Emma"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _wordings(names: Sequence[PersonName], joint: str) -> list[list[str]]:
    """Return the names as ever shorter lists of words, the longest first."""
    short = [_short(name) for name in names]
    return [[name.full for name in names], _by_family(names, joint), _by_family(short, joint)]


def _by_family(names: Sequence[PersonName], joint: str) -> list[str]:
    """Return the names in the order of their families, each family name once: "Åse og Bjørn Lien", "Kari Nord"."""
    families: dict[str, list[str]] = {}
    for place, name in enumerate(names):
        # Who lacks one of the two has nothing to share, and stands alone.
        shares = bool(name.given and name.family)
        said = PersonName(name.given, name.middle).full if shares else name.full
        families.setdefault(name.family if shares else f"\0{place}", []).append(said)
    return [
        listed(given, joint) if family.startswith("\0") else f"{listed(given, joint)} {family}"
        for family, given in families.items()
    ]


def _short(name: PersonName) -> PersonName:
    return PersonName(given=name.first if name.given else "", family=name.family)


def _on_two_lines(words: Sequence[str], joint: str) -> tuple[str, ...]:
    for split in range(len(words) - 1, 0, -1):
        is_last = split == len(words) - 1
        lines = (", ".join(words[:split]) + (f" {joint}" if is_last else ","), listed(words[split:], joint))
        if max(map(len, lines)) <= LINE_LENGTH:
            return lines
    return ()
