"""Postcode areas as people type them: postcodes, their first digits, or names of places. Pure.

In: a typed text and the table of postcodes (register/data, Bring's postnummerregister). Out: postcodes and prefixes in
order, each once; what is neither stays as it was typed, so that it can be shown as wrong.
"""

import re
from collections.abc import Callable, Iterable, Mapping

_BETWEEN = re.compile(r"[,;\n]+")
_NUMBERS = re.compile(r"[0-9]{1,4}(?:\s+[0-9]{1,4})*", re.ASCII)
_CODE_AND_PLACE = re.compile(r"([0-9]{4})\s+\D+", re.ASCII)
_DIGITS = 4
_SMALL_WORDS = frozenset({"i", "på", "ved"})


def read_areas(text: str, places: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Return the areas that `text` names; `places` has (place in capitals, municipality) by postcode."""
    by_place: dict[str, list[str]] = {}
    for code, (place, _) in places.items():
        by_place.setdefault(place.casefold(), []).append(code)
    found: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        found += _areas_of(" ".join(part.split()), by_place)
    return tuple(dict.fromkeys(found))


def is_whole(area: str) -> bool:
    """Return whether `area` is one postcode, and not the first digits of many."""
    return len(area) >= _DIGITS


def area_words(area: str, place_of: Callable[[str], str]) -> str:
    """Return a whole postcode as people read it: "3370 Vikersund"."""
    return f"{area} {written_place(place_of(area))}".strip()


def areas_text(areas: Iterable[str]) -> str:
    """Return `areas` as they are typed."""
    return ", ".join(areas)


def written_place(place: str) -> str:
    """Return a place in capitals as people write it: "MO I RANA" becomes "Mo i Rana"."""
    words = place.lower().split()
    return " ".join(word if at and word in _SMALL_WORDS else word.capitalize() for at, word in enumerate(words))


def _areas_of(part: str, by_place: Mapping[str, list[str]]) -> list[str]:
    if _NUMBERS.fullmatch(part):
        return part.split()
    if named := _CODE_AND_PLACE.fullmatch(part):
        return [named[1]]
    return by_place.get(part.casefold(), [part])
