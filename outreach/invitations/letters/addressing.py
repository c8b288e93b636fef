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

    Adults, or everybody when there is no adult. Names grow shorter by rule, never by cutting: shared family names once,
    then without middle names, then the first person and how many more.
    """
    adults = [guest.name for guest in guests if guest.is_adult] or [guest.name for guest in guests]
    for line in _candidates(adults, joint):
        if len(line) <= LINE_LENGTH:
            return (line,)
    if room > 1 and (lines := _on_two_lines([name.full for name in adults], joint)):
        return lines
    return (list(_candidates(adults, joint))[-1],)


def window_lines(guests: Sequence[Guest], address: Sequence[str]) -> tuple[str, ...]:
    """Return the lines in the window: names, then `address` (one to four lines)."""
    return (*name_lines(guests, room=MOST_LINES - len(address)), *address)


def listed(words: Sequence[str], joint: str) -> str:
    """Return `words` as a sentence lists them: "Åse, Bjørn og Emma"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _candidates(names: Sequence[PersonName], joint: str) -> list[str]:
    short = [PersonName(given=name.first if name.given else "", family=name.family) for name in names]
    found = [listed([name.full for name in names], joint)]
    if len(names) > 1 and names[0].family and len({name.family for name in names}) == 1:
        found.append(f"{listed([_given(name) for name in names], joint)} {names[0].family}")
        found.append(f"{listed([name.given for name in short], joint)} {names[0].family}")
    found.append(listed([name.full for name in short], joint))
    if len(names) > 2:
        # "med flere", as Språkrådet's list of abbreviations has it.
        found.append(f"{short[0].full} m.fl.")
    return found


def _given(name: PersonName) -> str:
    return PersonName(given=name.given, middle=name.middle).full


def _on_two_lines(names: list[str], joint: str) -> tuple[str, ...]:
    for split in range(len(names) - 1, 0, -1):
        lines = (", ".join(names[:split]) + f" {joint}", listed(names[split:], joint))
        if max(map(len, lines)) <= LINE_LENGTH:
            return lines
    return ()
