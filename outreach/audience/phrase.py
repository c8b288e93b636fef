"""A sentence about a rule or a person: a bokmål source text with its values, translated where it is shown. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach.formats.norwegian_dates import short_date

# A tuple is a list of source texts, said in the reader's language.
Value = str | int | date | tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """`message` has `%(name)s` places for `values`; a date is written as the reader's language has it.

    `is_negated`: said with "not" before it.
    """

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    is_negated: bool = False

    def filled(self, language: str, translated: Callable[[str], str] = str) -> dict[str, str | int]:
        """Return the values as `language` writes them; `translated` gives a source text in it."""
        return {name: _written(value, language, translated) for name, value in self.values.items()}


def _written(value: Value, language: str, translated: Callable[[str], str]) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(map(translated, value))
    return short_date(value, language) if isinstance(value, date) else value


def bokmaal(phrase: Phrase) -> str:
    """Return the phrase in bokmål, the language of the archive."""
    text = phrase.message % phrase.filled("nb")
    return f"Ikke: {text}" if phrase.is_negated else text
