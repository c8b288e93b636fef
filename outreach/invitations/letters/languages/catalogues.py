"""The translation catalogues as letters read them. Pure after reading them once.

In: the compiled catalogues under `outreach/translations`. Out: a translator a language, and which languages have every
text of a letter or at least the few lines. So a language is added by adding its catalogue.
"""

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

from outreach.invitations.letters.texts import BRIEF, WHOLE

TRANSLATIONS = Path(__file__).parents[3] / "translations"
SOURCE = "nb"
_FIRST = (SOURCE, "nn", "en")
# From a source text to what it is in the language; "" where the catalogue lacks it.
Say = Callable[[str], str]


class _Missing(NullTranslations):
    def gettext(self, message: str) -> str:
        return ""


@cache
def voice(language: str) -> Say:
    """Return what says source texts in `language`."""
    if language == SOURCE:
        return str
    catalogue = Translations.load(TRANSLATIONS, [language])
    catalogue.add_fallback(_Missing())
    return catalogue.gettext


@cache
def full_languages() -> tuple[str, ...]:
    """Return the languages with every text of a letter, the application's own first."""
    return tuple(language for language in _catalogues() if all(map(voice(language), WHOLE)))


@cache
def brief_languages() -> tuple[str, ...]:
    """Return the languages that have the few lines for the back and not the whole letter."""
    full = full_languages()
    return tuple(language for language in _catalogues() if language not in full and all(map(voice(language), BRIEF)))


def _catalogues() -> list[str]:
    found = {path.parents[1].name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")}
    return [*_FIRST, *sorted(found.difference(_FIRST))]
