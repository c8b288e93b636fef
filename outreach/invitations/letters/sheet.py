"""What the typesetter gets, as plain JSON values. Pure: words and letters in, dictionaries for `letter.typ` out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from outreach.invitations.letters.addressing import LINE_LENGTH
from outreach.invitations.letters.languages.catalogues import full_languages
from outreach.invitations.letters.languages.choice import UNTOLD, Layout, layout
from outreach.invitations.letters.wording import Occasion, Side, brief, greeting, invitation, side, slip

PAGES_A_LETTER = 2
# Two files at a time, with the command, take about 370 MB (benchmarks/letters_memory.py); a file holds a thousand
# sheets at most (promises.md 8).
LETTERS_A_FILE = 500
_ONE_LINE = 50


@dataclass(frozen=True)
class Letter:
    """One household's letter. `code` as printed; `qr_png` holds the link; `window` is the lines in the window.

    `languages`: one to four, the front's first.
    """

    reference: int
    window: tuple[str, ...]
    first_names: tuple[str, ...]
    code: str
    qr_png: bytes
    languages: tuple[str, ...]


def common_part(
    about: Occasion, *, logo: dict[str, Any], ink: str, choices: Collection[tuple[str, ...]]
) -> dict[str, Any]:
    """Return what all letters of a file share.

    `logo`: {"svg": text} or {"png": list of byte values}. `ink`: the colour of headings and of the code's frame,
    `#rrggbb`, dark enough to be read on paper. `choices`: the languages of each letter, each choice once, at least one.
    """
    sheets = [_layout(languages) for languages in sorted(choices)]
    whole = sorted({language for sheet in sheets for language in (sheet.front, sheet.back) if language})
    few = sorted({language for sheet in sheets for language in sheet.briefs})
    fronts = [sheet.front for sheet in sheets]
    return {
        "ink": ink,
        # The language of the file; what is in another says so itself.
        "language": UNTOLD if UNTOLD in fronts else fronts[0],
        "sides": {language: _side(side(about, language), about) for language in whole},
        "briefs": {language: _brief(about, language) for language in few},
        "slips": {_joined(sheet.slip): asdict(slip(about, sheet.slip)) for sheet in sheets},
        "meetups": len(about.choice.meetups) if about.choice else 0,
        "organisation": about.organisation,
        "return_address": f"{about.organisation}, {about.organisation_address}",
        "contact": f"{about.phone} · {about.email} · org.nr. {about.organisation_number}",
        "date": about.today.strftime("%d.%m.%Y"),
        "day": [about.today.year, about.today.month, about.today.day],
        "logo": logo,
    }


def own_part(about: Occasion, letter: Letter) -> dict[str, Any]:
    """Return what only this letter says."""
    sheet = _layout(letter.languages)
    return {
        "window": letter.window,
        "is_wide": max(map(len, letter.window)) > LINE_LENGTH,
        "code": letter.code,
        "qr": list(letter.qr_png),
        "front": _own_side(about, sheet.front, letter),
        "back": _own_side(about, sheet.back, letter) if sheet.back else None,
        "briefs": sheet.briefs,
        "slip": _joined(sheet.slip),
        "has_privacy_on_back": sheet.has_privacy_on_back,
    }


def _layout(languages: tuple[str, ...]) -> Layout:
    return layout(languages, full=full_languages())


def _joined(languages: tuple[str, ...]) -> str:
    return " ".join(languages)


def _own_side(about: Occasion, language: str, letter: Letter) -> dict[str, str]:
    texts = side(about, language)
    return {
        "language": language,
        "greeting": greeting(texts, letter.first_names),
        "invitation": invitation(texts, len(letter.first_names)),
    }


def _side(texts: Side, about: Occasion) -> dict[str, Any]:
    kept = _kept(about)
    return {
        **asdict(texts),
        "answers": [_runs(text, kept) for text in texts.answers],
        "privacy": [_runs(text, kept) for text in texts.privacy],
    }


def _brief(about: Occasion, language: str) -> dict[str, Any]:
    texts, kept = brief(about, language), _kept(about, f"{about.public_url}/personvern")
    return {**asdict(texts), "answer": _runs(texts.answer, kept), "privacy": _runs(texts.privacy, kept)}


def _kept(about: Occasion, *more: str) -> list[str]:
    typed = (*more, about.phone, about.hours, about.answer_url, about.email)
    return [words for words in typed if len(words) <= _ONE_LINE]


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
