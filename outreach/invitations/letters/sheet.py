"""What the typesetter gets, as plain JSON values. Pure: words and letters in, dictionaries for `letter.typ` out."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from outreach.invitations.letters.addressing import LINE_LENGTH
from outreach.invitations.letters.wording import Occasion, Side, bokmal, english, greeting, invitation, slip

PAGES_A_LETTER = 2
# Two files at a time, with the command, take about 370 MB (benchmarks/letters_memory.py); a file holds a thousand
# sheets at most (promises.md 8).
LETTERS_A_FILE = 500
_ONE_LINE = 50


@dataclass(frozen=True)
class Letter:
    """One household's letter. `code` as printed; `qr_png` holds the link; `window` is the lines in the window."""

    reference: int
    window: tuple[str, ...]
    first_names: tuple[str, ...]
    code: str
    qr_png: bytes


def common_part(about: Occasion, *, logo: dict[str, Any], ink: str) -> dict[str, Any]:
    """Return what all letters of a file share.

    `logo`: {"svg": text} or {"png": list of byte values}. `ink`: the colour of headings and of the code's frame,
    `#rrggbb`, dark enough to be read on paper.
    """
    return {
        "ink": ink,
        "front": _side(bokmal(about), about),
        "back": _side(english(about), about),
        "slip": asdict(slip(about)),
        "organisation": about.organisation,
        "return_address": f"{about.organisation}, {about.organisation_address}",
        "contact": f"{about.phone} · {about.email} · org.nr. {about.organisation_number}",
        "date": about.today.strftime("%d.%m.%Y"),
        "day": [about.today.year, about.today.month, about.today.day],
        "logo": logo,
    }


def own_part(about: Occasion, letter: Letter) -> dict[str, Any]:
    """Return what only this letter says."""
    front, back = bokmal(about), english(about)
    number = len(letter.first_names)
    return {
        "window": letter.window,
        "is_wide": max(map(len, letter.window)) > LINE_LENGTH,
        "code": letter.code,
        "qr": list(letter.qr_png),
        "front": {"greeting": greeting(front, letter.first_names), "invitation": invitation(front, number)},
        "back": {"greeting": greeting(back, letter.first_names), "invitation": invitation(back, number)},
    }


def _side(side: Side, about: Occasion) -> dict[str, Any]:
    kept = [words for words in (about.phone, about.hours, about.answer_url, about.email) if len(words) <= _ONE_LINE]
    return {
        **asdict(side),
        "answers": [_runs(text, kept) for text in side.answers],
        "privacy": [_runs(text, kept) for text in side.privacy],
    }


def _runs(text: str, kept: list[str]) -> list[tuple[str, bool]]:
    """Return `text` in runs, each with whether it must stay on one line."""
    pieces = re.split("(" + "|".join(re.escape(words) for words in kept) + ")", text)
    return [(piece, piece in kept) for piece in pieces if piece]


def texts_in(part: Any) -> list[str]:
    """Return every text inside `part`, for the check that the fonts can print it."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        return [text for value in part.values() for text in texts_in(value)]
    if isinstance(part, list | tuple):
        return [text for value in part for text in texts_in(value)]
    return []


def file_name(number: int) -> str:
    """Return the name of the print file with `number`, from 1."""
    return f"letters-{number:03}.pdf"


def parts(items: Sequence[Any], size: int = LETTERS_A_FILE) -> list[Sequence[Any]]:
    """Return `items` in runs of at most `size`, one for each print file."""
    return [items[start : start + size] for start in range(0, len(items), size)]
