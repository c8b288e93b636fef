"""Forms of invitations: the one field in which a guest types the code from the letter."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class CodeForm(FlaskForm):
    """The code of a letter, in any spacing and case."""

    code = StringField(
        _l("Koden fra brevet"),
        filters=[lambda typed: (typed or "").strip()],
        validators=[
            DataRequired(_l("Skriv inn koden fra brevet.")),
            Length(max=300, message=_l("Koden er for lang. Den har 12 tegn.")),
        ],
    )
