"""What a searched text can be: a national number, a record number, a code, or words of a name. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.audience.name_search import LEAST_LETTERS, words_of
from outreach.formats.short_code import INVITATION, MistypedCodeError, read
from outreach.people.person import clean_text

_NATIONAL_NUMBER = 11
# Record numbers are at most so long.
_LONGEST_RECORD = 19


class SearchKind(StrEnum):
    """As what a text is searched for."""

    NATIONAL_ID = "national_id"
    RECORD = "record"
    CODE = "code"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True)
class SearchText:
    """A text as it is searched for: digits, a code, or the words of a name."""

    kind: SearchKind
    text: str = ""
    words: tuple[str, ...] = ()


def understood(typed: str) -> SearchText:
    """Return as what `typed` is searched for; NOTHING for what can be none of the four."""
    text = clean_text(typed)
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        kind = SearchKind.NATIONAL_ID if len(digits) == _NATIONAL_NUMBER else SearchKind.RECORD
        return SearchText(kind, digits) if len(digits) <= _LONGEST_RECORD else SearchText(SearchKind.NOTHING)
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
