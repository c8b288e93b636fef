"""A sentence about a rule or a person: a bokmål source text with its values, translated where it is shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach.formats.norwegian_dates import short_date

Value = str | int | date


@dataclass(frozen=True)
class Phrase:
    """`message` has `%(name)s` places for `values`; a date is written as the reader's language has it.

    `is_negated`: said with "not" before it.
    """

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    is_negated: bool = False

    def filled(self, language: str) -> dict[str, str | int]:
        """Return the values as `language` writes them."""
        return {
            name: short_date(value, language) if isinstance(value, date) else value
            for name, value in self.values.items()
        }


def bokmaal(phrase: Phrase) -> str:
    """Return the phrase in bokmål, the language of the archive."""
    text = phrase.message % phrase.filled("nb")
    return f"Ikke: {text}" if phrase.is_negated else text
