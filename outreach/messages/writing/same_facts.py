"""The same facts in every language version of a text: what is missing or differs, and in which version. Pure.

In: texts by language, the first being the one that the others are held against. Out: differences, from the top.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from outreach.errors import N_
from outreach.messages.writing.facts import Fact, FactKind, agree, facts_of

FACT_WORDS = {
    FactKind.DATE: N_("Dato"),
    FactKind.TIME: N_("Klokkeslett"),
    FactKind.PLACE: N_("Sted"),
    FactKind.CODE: N_("Kode"),
    FactKind.LINK: N_("Lenke"),
    FactKind.EMAIL: N_("E-post"),
    FactKind.PHONE: N_("Telefon"),
    FactKind.NUMBER: N_("Tall"),
    FactKind.PLACEHOLDER: N_("Felt"),
}


@dataclass(frozen=True)
class Difference:
    """A fact that two versions do not share: `here` stands in `language`, `there` in `other`; None: missing there."""

    kind: FactKind
    language: str
    other: str
    here: Fact | None
    there: Fact | None


def differences(versions: Mapping[str, str], *, places: Collection[str] = ()) -> tuple[Difference, ...]:
    """Return where the versions differ from the first of them; nothing for one version, or where all is the same.

    `places`: names and addresses that count as facts where they stand.
    """
    found = {language: facts_of(text, language=language, places=places) for language, text in versions.items()}
    first, *others = found or [""]
    return tuple(
        difference for other in others for difference in _between(first, other, here=found[first], there=found[other])
    )


def _between(language: str, other: str, *, here: Collection[Fact], there: Collection[Fact]) -> list[Difference]:
    missing, extra = _not_in(here, there), _not_in(there, here)
    made = []
    for kind in FactKind:
        ours = [fact for fact in missing if fact.kind is kind]
        theirs = [fact for fact in extra if fact.kind is kind]
        for place in range(max(len(ours), len(theirs))):
            pair = (ours[place] if place < len(ours) else None, theirs[place] if place < len(theirs) else None)
            made.append(Difference(kind, language, other, *pair))
    return made


def _not_in(facts: Collection[Fact], others: Collection[Fact]) -> list[Fact]:
    return [fact for fact in facts if not fact.is_word and not any(agree(fact, other) for other in others)]
