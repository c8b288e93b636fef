"""What a frozen list says in words. Pure: the kept rule and a person's kept values in, phrases out.

A list from before rules were kept has no rule, and says nothing more than its segment's name and window.
"""

from datetime import date

from outreach.audience.known_values import of_json
from outreach.audience.phrase import Phrase
from outreach.audience.rule import rule_of_json
from outreach.audience.rule_words import PlaceOf, rule_phrases
from outreach.audience.why_words import known_phrase


def kept_lines(rule_json: str, place_of: PlaceOf) -> list[Phrase]:
    """Return the lines of a kept rule; none when none was kept. Raises RuleFormatError."""
    return rule_phrases(rule_of_json(rule_json), place_of) if rule_json else []


def member_words(rule_json: str, as_of: date | None, known_json: str, place_of: PlaceOf) -> list[Phrase]:
    """Return what was known of a person for each condition of the kept rule. Raises RuleFormatError."""
    if not (rule_json and as_of and known_json):
        return []
    conditions = rule_of_json(rule_json).conditions
    values = of_json(known_json, len(conditions))
    return [
        known_phrase(condition, holds=True, value=value, as_of=as_of, place_of=place_of)
        for condition, value in zip(conditions, values, strict=True)
    ]
