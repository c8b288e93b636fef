"""What a household is called on one line of a list. Pure: names in, a text out."""

from collections.abc import Sequence

from outreach.people.person import PersonName


def household_name(surname: str, first_names: Sequence[str], and_word: str) -> str:
    """Return "Lien, Ove" of one and "Lien: Ove og Mai" of several, without `surname` the names alone; "" without names.

    `and_word`: "og" in the reader's language.
    """
    if len(first_names) < 2:
        return ", ".join(filter(None, (surname, *first_names))) if first_names else ""
    named = f"{', '.join(first_names[:-1])} {and_word} {first_names[-1]}"
    return f"{surname}: {named}" if surname else named


def called(given: str, family: str, surname: str) -> str:
    """Return somebody's first name, with the family name when it is another than the household's `surname`."""
    name = PersonName(given=given, family=family)
    return name.first if name.family == surname else f"{name.first} {name.family}".strip()
