"""The staff form that opens a door."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from outreach.checkin.pairing import MOST_NAME_CHARACTERS


class DoorForm(FlaskForm):
    """Which door a phone will stand at."""

    door = StringField(
        _l("Navn på døra"),
        description=_l("For eksempel «Hovedinngang». Gjester ser det ikke."),
        validators=[
            InputRequired(message=_l("Skriv et navn på døra.")),
            Length(max=MOST_NAME_CHARACTERS, message=_l("Navnet kan ha høyst 40 tegn.")),
        ],
    )
