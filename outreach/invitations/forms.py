"""Forms of invitations: the one field in which a guest types the code from the letter."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from outreach.web.forms import PageForm


def _seen(typed: str | None) -> str:
    """Return what can be seen of `typed`: a control character is no part of a code and has no place in a page."""
    return "".join(char for char in typed or "" if char.isprintable()).strip()


class CodeForm(PageForm):
    """The code of a letter, in any spacing and case; for guests and for staff's search."""

    code = StringField(
        _l("Koden fra brevet"),
        filters=[_seen],
        validators=[
            DataRequired(_l("Skriv inn koden fra brevet.")),
            Length(max=300, message=_l("Koden er for lang. Den har 12 tegn.")),
        ],
    )
