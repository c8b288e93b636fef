"""Which language a request is answered in: `?lang=`, then the remembered one, then Accept-Language, then bokmål."""

from functools import lru_cache

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
DEFAULT_LANGUAGE = "nb"
LANGUAGE_COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600


def request_language() -> str:
    """Return the language code of this request, one of LANGUAGES."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        g.remember_language = asked
        return asked
    remembered = request.cookies.get(LANGUAGE_COOKIE, "")
    if remembered in LANGUAGES:
        return remembered
    return _wanted(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1000)
def _wanted(accept_language: str) -> str:
    wanted = parse_accept_header(accept_language, LanguageAccept).best_match([*LANGUAGES, "no"]) or DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE if wanted == "no" else wanted


def current_language() -> str:
    """Return the language code in force, also inside `force_locale`."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def install_languages(app: Flask) -> None:
    """Give `app` its catalogues, the language selector and the template names `language` and `languages`."""
    Babel(app, locale_selector=request_language, default_locale=DEFAULT_LANGUAGE, default_timezone="Europe/Oslo")
    app.after_request(_remember)
    app.context_processor(lambda: {"language": current_language(), "languages": LANGUAGES})


def _remember(response: Response) -> Response:
    if language := g.pop("remember_language", None):
        secure = request.is_secure
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=secure
        )
    return response
