"""The form by which staff note who must not be written to, or may be again."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired, Length

from outreach.web.forms import PageForm

ADD, TAKE_BACK = "add", "take_back"


class SuppressionForm(PageForm):
    """An address or number, and which of the two buttons was pressed."""

    contact = StringField(
        _("E-post eller telefon"),
        validators=[InputRequired(_("Skriv en e-postadresse eller et telefonnummer.")), Length(max=254)],
    )
    act = StringField(validators=[AnyOf((ADD, TAKE_BACK))])
