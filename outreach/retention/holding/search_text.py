"""What a searched text can be: a number, a record, a code, a row of a file that waits, or words of a name. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from outreach.audience.name_search import LEAST_LETTERS, words_of
from outreach.formats.short_code import INVITATION, MistypedCodeError, read
from outreach.people.person import clean_text

_NATIONAL_NUMBER = 11
# Record numbers are at most so long.
_LONGEST_RECORD = 19
# The reference of a row in an upload that waits (`register/staging/searching/waiting_row.py`).
_WAITING = re.compile(r"[0-9]{1,19}\.[0-9]{1,9}")


class SearchKind(StrEnum):
    """As what a text is searched for."""

    NATIONAL_ID = "national_id"
    RECORD = "record"
    CODE = "code"
    WAITING = "waiting"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True)
class SearchText:
    """A text as it is searched for: digits, a code, or the words of a name."""

    kind: SearchKind
    text: str = ""
    words: tuple[str, ...] = ()


def understood(typed: str) -> SearchText:
    """Return as what `typed` is searched for; NOTHING for what can be none of these."""
    text = clean_text(typed)
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        kind = SearchKind.NATIONAL_ID if len(digits) == _NATIONAL_NUMBER else SearchKind.RECORD
        return SearchText(kind, digits) if len(digits) <= _LONGEST_RECORD else SearchText(SearchKind.NOTHING)
    if _WAITING.fullmatch(text):
        return SearchText(SearchKind.WAITING, text)
    if any(letter.isdigit() for letter in text):
        return _code(text)
    words = words_of(text)
    if any(len(word) >= LEAST_LETTERS for word in words):
        return SearchText(SearchKind.NAME, text, words)
    return SearchText(SearchKind.NOTHING)


def _code(text: str) -> SearchText:
    try:
        return SearchText(SearchKind.CODE, read(INVITATION, text).text)
    except MistypedCodeError:
        return SearchText(SearchKind.NOTHING)
