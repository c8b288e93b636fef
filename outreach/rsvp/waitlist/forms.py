"""What staff fill in to let a party in though there is no room: why."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from outreach.rsvp.waitlist.override import REASON_WORDS
from outreach.web.forms import PageForm


class OverrideForm(PageForm):
    """Why this party comes in before its turn."""

    reason = RadioField(
        _l("Hvorfor slipper dere dem inn?"),
        choices=[SelectChoice(reason.value, _l(words)) for reason, words in REASON_WORDS.items()],
        validators=[InputRequired(_l("Velg hvorfor husstanden slipper inn."))],
    )
