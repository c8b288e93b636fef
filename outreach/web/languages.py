"""Which language a request is answered in.

`?lang=`, then the remembered one, then what the household told us, then Accept-Language, then bokmål. Everybody's pages
are in LANGUAGES. The pages of a guest's walk are also in those of FURTHER_LANGUAGES that an organiser has chosen
(web/further_languages.py); every other page answers in English to who reads one of these. ADR 0030.
"""

from functools import lru_cache

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, get_locale, refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from outreach.web.catalogues import Catalogues
from outreach.web.further_languages import languages_in_use

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
# Those whose catalogues say everything of a guest's walk: `tests/test_guest_translations.py`.
FURTHER_LANGUAGES = {"uk": "Українська", "pl": "Polski", "ar": "العربية"}
DEFAULT_LANGUAGE = "nb"
# What stands in for a further language where nothing is said in it.
STAND_IN = "en"
RIGHT_TO_LEFT = frozenset({"ar"})
LANGUAGE_COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600
_EVERY_LANGUAGE = LANGUAGES | FURTHER_LANGUAGES
_GUESTS_WALK = (
    "/svar", "/i/", "/I/", "/arrangement/", "/billett/", "/BILLETT/", "/pamelding/", "/spor-oss", "/avmeld/",
)  # fmt: skip


def request_language() -> str:
    """Return the language code of this request, one of `languages_here`."""
    wanted = _wish()
    if wanted in LANGUAGES:
        return wanted
    return wanted if wanted in languages_here() else STAND_IN


def languages_here() -> dict[str, str]:
    """Return the languages of this page, each by its code with what it calls itself."""
    # A page that does not exist is a guest's too: most who meet it have a letter and have mistyped.
    if not has_request_context() or not (request.url_rule is None or is_guests_walk(request.path)):
        return LANGUAGES
    return guests_languages()


def guests_languages() -> dict[str, str]:
    """Return the languages that guests may read their pages in now."""
    in_use = languages_in_use()
    return LANGUAGES | {code: name for code, name in FURTHER_LANGUAGES.items() if code in in_use}


def told_language(code: str) -> None:
    """Let this request be answered in the language that its household told us, where the browser asks for no other.

    "nb" means that nobody has told us.
    """
    if code != DEFAULT_LANGUAGE and code in _EVERY_LANGUAGE:
        g.told_language = code
        refresh()


def _wish() -> str:
    asked = request.args.get("lang", "")
    if asked in _EVERY_LANGUAGE:
        g.remember_language = asked
        return asked
    remembered = request.cookies.get(LANGUAGE_COOKIE, "")
    if remembered in _EVERY_LANGUAGE:
        return remembered
    return g.get("told_language") or _wanted(request.headers.get("Accept-Language", ""), tuple(languages_here()))


@lru_cache(maxsize=1000)
def _wanted(accept_language: str, offered: tuple[str, ...]) -> str:
    wanted = parse_accept_header(accept_language, LanguageAccept).best_match([*offered, "no"]) or DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE if wanted == "no" else wanted


def is_guests_walk(path: str) -> bool:
    """Say whether the page at `path` is said in the further languages too."""
    return path == "/" or path.startswith(_GUESTS_WALK)


def current_language() -> str:
    """Return the language code in force, also inside `force_locale`."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def direction(language: str) -> str:
    """Return how `language` is written, as HTML says it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def install_languages(app: Flask) -> None:
    """Give `app` its catalogues, the selector, and the template names `language`, `direction` and `languages`."""
    babel = Babel(app, DEFAULT_LANGUAGE, default_timezone="Europe/Oslo", locale_selector=request_language)
    babel.domain_instance = Catalogues(stand_in=STAND_IN, whole=frozenset(LANGUAGES))
    app.after_request(_remember)
    app.context_processor(_names)


def _names() -> dict[str, object]:
    language = current_language()
    return {"language": language, "direction": direction(language), "languages": languages_here()}


def _remember(response: Response) -> Response:
    if language := g.pop("remember_language", None):
        secure = request.is_secure
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=secure
        )
    return response
