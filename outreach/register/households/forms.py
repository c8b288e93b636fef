"""What staff choose on the pages of households: households, members, a name to search for, another household."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from outreach.errors import OutreachError
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm


class ChoiceForm(PageForm):
    """Rows ticked in a list; what is no number is left out."""

    chosen = SelectMultipleField(
        coerce=str, validate_choice=False, widget=ListWidget(), option_widget=CheckboxInput(), choices=[]
    )

    def ids(self) -> list[int]:
        """Return the ids of what was ticked."""
        return [int(value) for value in self.chosen.data or () if value.isascii() and value.isdigit()][:1_000]

    def take(self, error: OutreachError) -> None:
        """Show a domain error as this form's."""
        self.form_errors.append(message_of(error))

    @property
    def faults(self) -> list[Any]:
        """Return what is wrong, as sentences."""
        return list(self.form_errors)


class SearchForm(PageForm):
    """A name, or some words of it."""

    text = StringField(
        _("Navn"),
        validators=[InputRequired(_("Skriv et navn, eller en del av det.")), Length(max=100, message=_("For langt."))],
    )


class JoinForm(PageForm):
    """The household to join with."""

    other = StringField()

    def other_id(self) -> int:
        """Return the id of the other household, 0 when none was chosen."""
        text = self.other.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
