"""The form by which staff decide on a batch of doubtful messages."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from outreach.formats.whole_numbers import is_row_number
from outreach.outbox.states import Decision
from outreach.web.forms import PageForm

ALL, CHOSEN = "alle", "valgte"


class DecisionForm(PageForm):
    """Which messages, and which button was pressed. `seen`: how many there were when the page was made."""

    scope = RadioField(
        _("Hvilke gjelder det?"),
        choices=[SelectChoice(CHOSEN, _("Bare de jeg krysser av")), SelectChoice(ALL, _("Alle sammen"))],
    )
    chosen = SelectMultipleField(
        coerce=str, validate_choice=False, widget=ListWidget(), option_widget=CheckboxInput(), choices=[]
    )
    seen = HiddenField()
    decision = HiddenField(validators=[AnyOf([str(one) for one in Decision])])

    @classmethod
    def of(cls, number: int) -> "DecisionForm":
        """Return the form for a batch of `number` messages. Nobody decides on several without saying on which."""
        return cls(formdata=None, scope=ALL if number == 1 else CHOSEN, seen=number)

    def validate_chosen(self, _field: object) -> None:
        """Refuse a choice of none."""
        if self.scope.data == CHOSEN and not self.ids():
            raise ValidationError(_("Kryss av minst én, eller velg alle."))

    def ids(self) -> list[int] | None:
        """Return the ids of what was ticked, None for everything."""
        if self.scope.data == ALL:
            return None
        return [int(value) for value in self.chosen.data or () if is_row_number(value)][:1_000]

    def number_seen(self) -> int:
        """Return how many messages the page spoke of, -1 when that is no number."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
