"""What the printed report says. In: published figures and words. Out: the data of `report.typ`. Pure.

Two pages for the municipality's leaders: the walk with its losses, and whom it reached. Hidden numbers stand as a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.reports.funnel_words import CHART, EXPLAINED
from outreach.reports.published import Published

_RARE = frozenset({"waiting", "withheld", "failed", "uncertain", "waitlisted", "offered", "offer_expired"})


@dataclass(frozen=True)
class Words:
    """The words of the report in its language; `figures` by name; `hidden` for a hidden number."""

    language: str
    title: str
    subtitle: str
    walk: str
    losses: str
    reached: str
    partners: str
    group: str
    persons: str
    hidden: str
    note: str
    figures: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """One breakdown: its caption, the names of its columns, and rows of a name and numbers."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]


def sheet(published: Published, words: Words, tables: Sequence[Table], beside: Sequence[Table]) -> dict[str, Any]:
    """Return the data of the report but for what every sheet has (logo, colours, date)."""
    names = [(name, words.figures[name]) for name in CHART]
    most = max([published.total(name) or 0 for name, _word in names] + [1])
    return {
        "language": words.language,
        "title": words.title,
        "subtitle": words.subtitle,
        "headings": {"walk": words.walk, "losses": words.losses, "reached": words.reached, "partners": words.partners},
        "columns": {"group": words.group, "persons": words.persons},
        "bars": [_bar(word, published.total(name), most, words) for name, word in names],
        "losses": _losses(published, words),
        "tables": [_table(table, words) for table in tables],
        "beside": [_table(table, words) for table in beside],
        "note": words.note,
    }


def _table(table: Table, words: Words) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[name, *(_told(number, words) for number in numbers)] for name, numbers in table.rows],
    }


def _bar(word: str, number: int | None, most: int, words: Words) -> dict[str, Any]:
    return {"word": word, "number": _told(number, words), "share": (number or 0) / most}


def _losses(published: Published, words: Words) -> list[dict[str, Any]]:
    """Return each whole of the walk with what became of it; what did not happen is left out."""
    return [
        {
            "whole": words.figures[whole],
            "number": _told(published.total(whole), words),
            "parts": [
                [words.figures[part], _told(published.total(part), words)]
                for part in parts
                if part not in _RARE or published.total(part) != 0
            ],
        }
        for whole, parts in EXPLAINED
    ]


def _told(number: int | None, words: Words) -> str:
    return words.hidden if number is None else f"{number:,}".replace(",", "\u00a0")
