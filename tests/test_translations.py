"""Nynorsk and English say everything that bokmål says: nothing missing, nothing stale, the same places filled in."""

import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "outreach" / "translations"
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "N_": None, "_l": None, "ngettext": (1, 2),
}  # fmt: skip
PLACE = re.compile(r"%\((\w+)\)[sd]")


@cache
def _texts() -> dict[str | tuple[str, ...], str]:
    """Return every text in code and templates, with where it was first found."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[str | tuple[str, ...], str] = {}
    for folder in ("outreach", "templates"):
        rows = extract_from_dir(
            ROOT / folder, [(p.removeprefix(f"{folder}/"), m) for p, m in methods if not p.startswith(".")],
            options, keywords=KEYWORDS,
        )  # fmt: skip
        for name, line, message, _comments, _context in rows:
            found.setdefault(message, f"{folder}/{name}:{line}")
    return found


@cache
def _catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _places(message: Message | str | tuple[str, ...] | list[str]) -> set[str]:
    parts = [message] if isinstance(message, str) else list(message)
    return {place for part in parts for place in PLACE.findall(part)}


def test_the_extraction_finds_texts_of_code_and_templates() -> None:
    places = _texts().values()
    assert any(place.startswith("outreach/") for place in places)
    assert any(place.startswith("templates/") for place in places)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_no_text_is_missing(language: str) -> None:
    catalogue = _catalogue(language)
    missing = []
    for text, place in _texts().items():
        message = catalogue.get(text if isinstance(text, str) else text[0])
        whole = message is not None and (all(message.string) if isinstance(message.string, tuple) else message.string)
        if not whole or (message is not None and message.fuzzy):
            missing.append(f"{place}: {text}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_translation_fills_in_the_same_places(language: str) -> None:
    for message in _catalogue(language):
        if message.id and message.string:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in strings:
                assert _places(text) <= _places(message.id), message.id
            assert _places(list(strings)) == _places(message.id), message.id


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_catalogue_holds_nothing_that_is_no_longer_said(language: str) -> None:
    known = {text if isinstance(text, str) else text[0] for text in _texts()}
    stale = [m.id for m in _catalogue(language) if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in known]
    assert not stale, stale


def test_source_texts_end_in_no_blank() -> None:
    for text, place in _texts().items():
        for part in [text] if isinstance(text, str) else text:
            assert part == part.strip(string.whitespace), f"{place}: {part!r}"
