"""The translation catalogues as pages and mails read them: what a further language lacks is said in the stand-in."""

from typing import Any

from babel.support import Translations
from flask_babel import Domain, get_locale


class Catalogues(Domain):
    """The application's texts. `whole`: languages that lack nothing; `stand_in`: what the others fall to."""

    def __init__(self, *, stand_in: str, whole: frozenset[str]) -> None:
        super().__init__()
        self._stand_in, self._whole = stand_in, whole
        self._read: dict[str, Any] = {}

    def get_translations(self) -> Any:
        """Return what says source texts in the language in force."""
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        language = locale.language  # no territory is ever asked for, and str() takes long
        if language not in self._read:
            self._read[language] = self._catalogue(language)
        return self._read[language]

    def _catalogue(self, language: str) -> Any:
        catalogue = Translations.load(self.translation_directories[0], [language])
        if language not in self._whole:
            catalogue.add_fallback(Translations.load(self.translation_directories[0], [self._stand_in]))
        return catalogue
