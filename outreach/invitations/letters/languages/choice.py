"""Which languages stand on one letter, and where on its sheet. Pure.

In: what the event's letters offer, what we know of the household, and the languages that have texts. Out: one to four
languages, the front's first. `full`: languages with every text of a letter, fit for a side of their own; `brief`:
those that have the few lines for the back. Source: ADR 0025.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from outreach.errors import N_, OutreachError

MOST = 4
USUAL = ("nb", "en")
# What an invitation says when nobody has told us the household's language.
UNTOLD = "nb"
# Who reads one of them reads the other.
NORWEGIAN = frozenset({"nb", "nn"})


class LanguageChoiceError(OutreachError):
    """The choice names a language without texts, one twice, too many, or a front that cannot be filled."""

    message = N_("Velg ett til fire språk, hvert av dem én gang.")


class FrontLanguageError(LanguageChoiceError):
    """The front holds the whole letter."""

    message = N_("Forsiden må være på et språk der vi har alle tekstene i brevet.")


@dataclass(frozen=True)
class Layout:
    """What stands where: the front, a whole side on the back or none, few lines each, and the reply slip's languages.

    `has_privacy_on_back`: the letter is in one language, so the front leaves what the law asks for to the back.
    """

    front: str
    back: str | None
    briefs: tuple[str, ...]
    slip: tuple[str, ...]

    @property
    def has_privacy_on_back(self) -> bool:
        """Say whether the back says why one gets the letter instead of the front."""
        return self.back is None and not self.briefs


def stored(languages: Sequence[str]) -> str:
    """Return `languages` as the event keeps them: "nb,en"."""
    return ",".join(languages)


def offered(kept: str, *, full: Collection[str], brief: Collection[str]) -> tuple[str, ...]:
    """Return the languages that an event keeps, as far as there are texts for them; never empty, a full one first."""
    known = tuple(language for language in kept.split(",") if language in full or language in brief)
    return known if known and known[0] in full else (UNTOLD, *(each for each in known if each != UNTOLD))[:MOST]


def checked(languages: Sequence[str], *, full: Collection[str], brief: Collection[str]) -> tuple[str, ...]:
    """Return what an organiser chose. Raises LanguageChoiceError or FrontLanguageError."""
    has_texts = all(language in full or language in brief for language in languages)
    if not has_texts or not 1 <= len(languages) <= MOST or len(set(languages)) != len(languages):
        raise LanguageChoiceError
    if languages[0] not in full:
        raise FrontLanguageError
    return tuple(languages)


def of_household(event: Sequence[str], told: str, *, full: Collection[str], brief: Collection[str]) -> tuple[str, ...]:
    """Return the languages of one household's letter: those of its event, with what was `told` of the household first.

    A language without a whole letter comes second, on the back. The letter gets no more languages than the event
    chose, but two, so that the event's own language stays on it.
    """
    if told == UNTOLD or not (told in full or told in brief):
        return tuple(event)
    others = [each for each in event if each != told and not (told in NORWEGIAN and each in NORWEGIAN)]
    mine = [told, *others] if told in full else [*others[:1], told, *others[1:]]
    return tuple(mine[: max(2, len(event))])


def layout(languages: Sequence[str], *, full: Collection[str]) -> Layout:
    """Return where the languages of one letter stand. Two whole ones have a side each; more share the back."""
    front, *others = languages
    is_pair = len(others) == 1 and others[0] in full
    slip = [language for language in languages if language in full]
    if NORWEGIAN.issuperset(slip[:2]):
        # The same words twice on one line help nobody.
        del slip[1:2]
    return Layout(
        front=front,
        back=others[0] if is_pair else None,
        briefs=() if is_pair else tuple(others),
        slip=tuple(slip[:2]),
    )
