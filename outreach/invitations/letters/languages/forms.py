"""What staff choose about languages: up to four for an event's letters, and the one that a household reads."""

from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from outreach.invitations.letters.languages.catalogues import brief_languages, full_languages
from outreach.invitations.letters.languages.choice import MOST, UNTOLD
from outreach.web.forms import PageForm
from outreach.web.languages import LANGUAGES, current_language


def language_name(code: str) -> str:
    """Return what a language calls itself, and for one that staff may not read what they call it: "Polski (polsk)"."""
    if code in LANGUAGES:
        return LANGUAGES[code]
    locale = Locale.parse(code)
    own = (locale.get_language_name(code) or code).capitalize()
    return f"{own} ({locale.get_language_name(current_language())})"


class LanguagesForm(PageForm):
    """The front's language, and up to three for the back in their order; an empty one is none."""

    first = SelectField(_l("Forsiden"))
    second = SelectField(_l("Baksiden"))
    third = SelectField(_l("Tredje språk, på baksiden"))
    fourth = SelectField(_l("Fjerde språk, på baksiden"))

    @classmethod
    def of(cls, languages: tuple[str, ...]) -> "LanguagesForm":
        """Return the form with `languages`, or with what was sent."""
        names = ("first", "second", "third", "fourth")
        form = cls(**dict(zip(names, (*languages, *[""] * MOST), strict=False)))
        form.first.choices = _choices(full_languages())
        for field in (form.second, form.third, form.fourth):
            field.choices = [SelectChoice("", _("Ikke noe språk")), *_choices((*full_languages(), *brief_languages()))]
        return form

    def languages(self) -> list[str]:
        """Return what was chosen, in order, without what is empty."""
        return [field.data for field in (self.first, self.second, self.third, self.fourth) if field.data]


class HouseholdLanguageForm(PageForm):
    """The language that a household reads best."""

    language = SelectField(_l("Språk i brevet"))

    @classmethod
    def of(cls, language: str) -> "HouseholdLanguageForm":
        """Return the form with `language`, or with what was sent."""
        form = cls(language=language)
        more = [code for code in (*full_languages(), *brief_languages()) if code != UNTOLD]
        form.language.choices = [SelectChoice(UNTOLD, _("Som arrangementet")), *_choices(more)]
        return form


def _choices(codes: Any) -> list[SelectChoice]:
    return [SelectChoice(code, language_name(code)) for code in codes]
