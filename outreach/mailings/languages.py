"""The languages that a mailing may have besides those of the application, and what each calls itself. Pure."""

import re

from babel import Locale
from babel.core import UnknownLocaleError

_CODE = re.compile(r"[a-z]{2,3}")
_OURS = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
# Languages that newcomers to Norway often read; any of them may be added to a mailing.
MORE_LANGUAGES = ("uk", "pl", "lt", "ar", "so", "ti", "fa", "tr", "ru", "de", "fr", "es", "ro", "th", "se")


def language_name(code: str) -> str:
    """Return what a language calls itself, with a capital: "Bokmål", "Українська"; "" for what is no language."""
    if code in _OURS:
        return _OURS[code]
    if not _CODE.fullmatch(code):
        return ""
    try:
        return (Locale.parse(code).get_language_name(code) or "").capitalize()
    except UnknownLocaleError:
        return ""
