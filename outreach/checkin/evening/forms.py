"""The door lead's forms. Each carries the id of the fact that it makes, so that sending it twice makes one."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, NumberRange, Regexp

from outreach.checkin.evening.desk import MOST_WALK_INS
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField


class FactForm(PageForm):
    """One press of a button that appends a fact."""

    fact_id = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}\Z")])


class WalkInForm(FactForm):
    """How many come in without a ticket."""

    persons = WholeField(
        _l("Hvor mange?"),
        default=1,
        validators=[
            InputRequired(message=_l("Skriv hvor mange som kommer.")),
            NumberRange(1, MOST_WALK_INS, message=_l("Skriv et tall fra 1 til 30.")),
        ],
    )
    is_forced = BooleanField(_l("Slipp inn selv om det blir for mange"))
