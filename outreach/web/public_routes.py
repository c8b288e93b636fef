"""Pages that say who runs this site and how: privacy, accessibility, and the organisation's logo.

The texts are true to the settings in force: periods, contacts and names are read from there, never written here.
"""

from pathlib import Path
from typing import Any

from babel import Locale
from babel.lists import format_list
from flask import Blueprint, abort, render_template, send_file

from outreach.web.access import public
from outreach.web.filters import language_in_force
from outreach.web.headers import cached_publicly, settings_of_app
from outreach.web.languages import LANGUAGES, guests_languages

blueprint = Blueprint("site", __name__)


@blueprint.get("/personvern")
@public
def privacy() -> Any:
    """Show what we hold on people, why, and for how long."""
    return render_template("site/privacy.html")


@blueprint.get("/tilgjengelighet")
@public
def accessibility() -> Any:
    """Show the accessibility statement."""
    language = language_in_force()
    names = [Locale(code).get_language_name(language) or code for code in guests_languages() if code not in LANGUAGES]
    return render_template("site/accessibility.html", further=format_list(names, locale=language) if names else "")


@blueprint.get("/logo")
@public
@cached_publicly(3600)
def logo() -> Any:
    """Send the organisation's logo, when the settings name one."""
    path = settings_of_app().logo_path
    if not path or not Path(path).is_file():
        abort(404)
    return send_file(Path(path).resolve())
