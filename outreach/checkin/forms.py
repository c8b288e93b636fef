"""The staff form that opens a door."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from outreach.checkin.choices.door_choices import DOOR_NEEDS
from outreach.checkin.in_charge.in_charge import LONGEST_NAME, InCharge, phone_of
from outreach.checkin.pairing import MOST_NAME_CHARACTERS
from outreach.rsvp.answer import NeedKind
from outreach.rsvp.needs_list.needs import NEED_WORDS
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm


class DoorForm(PageForm):
    """Which door a phone will stand at."""

    door = StringField(
        _l("Navn på døra"),
        description=_l("For eksempel «Hovedinngang». Gjester ser det ikke."),
        validators=[
            InputRequired(message=_l("Skriv et navn på døra.")),
            Length(max=MOST_NAME_CHARACTERS, message=_l("Navnet kan ha høyst 40 tegn.")),
        ],
    )


class NeedsForm(PageForm):
    """Which needs a verdict tells."""

    needs = SelectMultipleField(
        _l("Telefonene sier fra når en gjest trenger dette"),
        choices=[SelectChoice(need, _l(NEED_WORDS[NeedKind(need)])) for need in DOOR_NEEDS],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class InChargeForm(PageForm):
    """Whom phones say that a volunteer shall fetch."""

    in_charge_name = StringField(
        _l("Fornavn"),
        validators=[Length(max=LONGEST_NAME, message=_l("Navnet kan ha høyst 40 tegn."))],
    )
    in_charge_phone = StringField(_l("Telefonnummer"), validators=[Length(max=40, message=_l("For langt."))])

    def validate_in_charge_phone(self, field: Field) -> None:
        """Keep the number, if there is one."""
        keep_checked(field, phone_of)

    def person(self) -> InCharge:
        """Return who stands in the valid form."""
        return InCharge(" ".join((self.in_charge_name.data or "").split()), self.in_charge_phone.kept)
