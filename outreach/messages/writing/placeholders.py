"""Placeholders in a text, such as {fornavn}: which are used, what is wrong with them, and the text filled in. Pure.

In: a text, the names that may stand in it, and the values that are known. Out: faults with line and language, all at
once and before anything is sent, or the filled text. Nothing is ever filled in half. {du|dere} is no placeholder but a
choice: the first word for one person, the second for several.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_CHOICE = re.compile(r"\{([^{}|\n]+)\|([^{}|\n]+)\}")


class FaultKind(StrEnum):
    """What can be wrong with a placeholder."""

    UNKNOWN = "unknown"
    NO_VALUE = "no_value"
    BROKEN = "broken"


FAULT_WORDS = {
    FaultKind.UNKNOWN: N_("%(name)s er ikke et felt som kan fylles ut."),
    FaultKind.NO_VALUE: N_("%(name)s har ingen verdi ennå."),
    FaultKind.BROKEN: N_("En krøllparentes mangler makker: %(name)s"),
}


@dataclass(frozen=True)
class Used:
    """A placeholder that stands in a text: its name without braces, and the line, from 1."""

    name: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong: `name` as it stands in the text, in which language version and on which line, from 1."""

    kind: FaultKind
    name: str
    line: int
    language: str


class UnfilledError(OutreachError):
    """The text has a placeholder without a value, so it must not leave."""

    message = N_("Teksten har et felt uten verdi: %(name)s.")


def used(text: str) -> tuple[Used, ...]:
    """Return the placeholders of `text` in their order; one that is used twice is there twice."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        found += [Used(match[1].strip(), number) for match in _PLACEHOLDER.finditer(line)]
    return tuple(found)


def faults(
    text: str, *, language: str, known: Collection[str], values: Mapping[str, str] | None = None
) -> tuple[Fault, ...]:
    """Return what is wrong in `text`, from the top: names that are not `known`, braces that stand alone and, where
    `values` are given, names whose value is missing or empty."""
    return tuple(sorted(_faults(text, language, known, values), key=lambda fault: fault.line))


def filled(text: str, values: Mapping[str, str], *, written: Callable[[str], str] = str) -> str:
    """Return `text` with each placeholder replaced by `written(value)`; the lines of a value become one.

    Raises UnfilledError when one has no value.
    """

    def value_of(match: re.Match[str]) -> str:
        name = match[1].strip()
        if not values.get(name):
            raise UnfilledError(name=braced(name))
        return written("; ".join(values[name].split("\n")))

    return _PLACEHOLDER.sub(value_of, text)


def filled_in_lines(text: str, values: Mapping[str, str], *, written: Callable[[str], str] = str) -> str:
    """Return `text` as `filled` does; a line with a value of several lines is there once for each of them.

    So "- {steder}" becomes a list. Raises UnfilledError.
    """
    lines = ((line, part) for line in text.split("\n") for part in _parts(line, values))
    return "\n".join(filled(line, {**values, **part}, written=written) for line, part in lines)


def chosen(text: str, *, is_one: bool) -> str:
    """Return `text` with each {one|several} replaced by the words for one person or for several."""
    return _CHOICE.sub(lambda choice: choice[1 if is_one else 2], text)


def braced(name: str) -> str:
    """Return `name` as it is written in a text."""
    return "{" + name + "}"


def _parts(line: str, values: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what stands in place of the first value of several lines, once for each; one empty entry without such."""
    many = next((one.name for one in used(line) if "\n" in values.get(one.name, "")), None)
    return [{}] if many is None else [{many: each} for each in values[many].split("\n")]


def _faults(text: str, language: str, known: Collection[str], values: Mapping[str, str] | None) -> Iterator[Fault]:
    for one in used(text):
        if one.name not in known:
            yield Fault(FaultKind.UNKNOWN, braced(one.name), one.line, language)
        elif values is not None and not values.get(one.name):
            yield Fault(FaultKind.NO_VALUE, braced(one.name), one.line, language)
    for number, line in enumerate(text.split("\n"), start=1):
        rest = _PLACEHOLDER.sub("", line)
        if "{" in rest or "}" in rest:
            yield Fault(FaultKind.BROKEN, rest.strip(), number, language)
