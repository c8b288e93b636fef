"""The form of a series: what it is called, and the events that it is made of."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput

from outreach.clock import OSLO
from outreach.errors import OutreachError
from outreach.events.event import City
from outreach.events.models import Event
from outreach.events.series.series import SeriesTitleError
from outreach.events.words import CITY_WORDS
from outreach.formats.norwegian_dates import short_date
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm
from outreach.web.languages import current_language


class SeriesForm(PageForm):
    """`events`: ids as text."""

    title = StringField(_("Hva heter serien?"))
    events: Any = SelectMultipleField(
        _("Hvilke arrangementer kan den inviterte velge mellom?"),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, events: Sequence[Event]) -> None:
        """Offer `events` as boxes to tick, each with its city and day."""
        self.events.choices = [(str(event.id), _in_short(event)) for event in events]

    @property
    def chosen(self) -> list[int]:
        """Return the ids of the ticked events that are offered."""
        offered = {value for value, _label in self.events.choices}
        return [int(value) for value in self.events.data or [] if value in offered]

    def take(self, error: OutreachError) -> None:
        """Show `error` at the field that it is about."""
        field = self.title if isinstance(error, SeriesTitleError) else self.events
        field.errors = [*field.errors, message_of(error)]


def _in_short(event: Event) -> str:
    day = short_date(event.starts_at_utc.astimezone(OSLO).date(), current_language())
    return f"{event.title} ({CITY_WORDS[City(event.city)]}, {day})"
