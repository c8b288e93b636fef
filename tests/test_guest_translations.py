"""A further language says everything of a guest's walk, and nothing else: each text whole, each number in its form."""

import re
from collections.abc import Iterable
from functools import cache
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from outreach.invitations.letters.texts import BRIEF
from outreach.web.languages import FURTHER_LANGUAGES, LANGUAGES
from tests.guest_texts import ROOT, STAFF_ALONE, Text, texts_of_guests

TRANSLATIONS = ROOT / "outreach" / "translations"
PLACE = re.compile(r"%\((\w+)\)[sd]")
further = pytest.mark.parametrize("language", FURTHER_LANGUAGES)


@cache
def _catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _strings(catalogue: Catalog, text: Text) -> tuple[str, ...]:
    message = catalogue.get(text if isinstance(text, str) else text[0])
    if message is None or message.fuzzy:
        return ("",)
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _missing(catalogue: Catalog, texts: Iterable[Text]) -> list[Text]:
    return [text for text in texts if not all(_strings(catalogue, text))]


def _places(*parts: str) -> set[str]:
    return {place for part in parts for place in PLACE.findall(part)}


@further
def test_no_text_of_the_walk_is_missing(language: str) -> None:
    missing = _missing(_catalogue(language), texts_of_guests())
    assert not missing, "\n".join(f"{texts_of_guests()[text]}: {text}" for text in missing)


def test_control_a_text_that_is_not_there_or_empty_or_half_is_found() -> None:
    catalogue = Catalog(locale="uk")
    catalogue.add("Hvem kommer?", "Хто прийде?")
    catalogue.add("Send svaret", "")
    catalogue.add(("%(num)s person", "%(num)s personer"), ("%(num)s особа", "", ""))
    wanted: list[Text] = ["Hvem kommer?", "Send svaret", ("%(num)s person", "%(num)s personer"), "Når"]
    assert _missing(catalogue, wanted) == wanted[1:]


def test_the_walk_has_texts_of_pages_forms_faults_and_mails() -> None:
    folders = {place.split("/")[1] for place in texts_of_guests().values()}
    assert {"layouts", "components", "errors", "rsvp", "tickets", "events", "outgoing", "web", "formats"} <= folders
    assert {text for text in texts_of_guests() if not isinstance(text, str)}


def test_what_staff_alone_read_is_still_said_somewhere() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in _sources())
    joined = re.sub(r'"\s*\n\s*"', "", said)
    assert sorted(text for text in STAFF_ALONE if text not in joined) == []


def _sources() -> list[Path]:
    return [
        path for folder, kind in (("outreach", "*.py"), ("templates", "*.html")) for path in (ROOT / folder).rglob(kind)
    ]


@further
def test_a_catalogue_holds_nothing_else(language: str) -> None:
    known = {text if isinstance(text, str) else text[0] for text in texts_of_guests()} | set(BRIEF)
    ids = [
        message.id if isinstance(message.id, str) else message.id[0] for message in _catalogue(language) if message.id
    ]
    assert [one for one in ids if one not in known] == []


@further
def test_a_translation_fills_in_the_same_places(language: str) -> None:
    for message in _catalogue(language):
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            source = (message.id,) if isinstance(message.id, str) else message.id
            # One and two are words in Arabic, without the number; the other forms have it.
            assert _places(*strings) == _places(*source), message.id


@further
def test_each_number_has_the_form_that_unicode_says(language: str) -> None:
    """CLDR's plural rules, against the header that the compiled catalogue is read by."""
    catalogue, rule = _catalogue(language), Locale.parse(language).plural_form
    forms = ["zero", "one", "two", "few", "many", "other"]
    order = [name for name in forms if name in {rule(number) for number in range(200)}]
    form_of = c2py(catalogue.plural_expr)
    assert catalogue.num_plurals == len(order)
    assert [order[form_of(number)] for number in range(200)] == [rule(number) for number in range(200)]


@further
def test_a_language_calls_itself_by_its_own_name(language: str) -> None:
    own = Locale.parse(language).get_language_name(language) or ""
    assert FURTHER_LANGUAGES[language].casefold() == own.casefold()
    assert language not in LANGUAGES
