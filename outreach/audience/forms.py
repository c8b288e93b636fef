"""The form in which staff choose a segment and its window. It is sent by GET: looking changes nothing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from outreach.audience.segment import SEGMENT_WORDS, SegmentName
from outreach.errors import OutreachError
from outreach.web.error_pages import message_of

_DAY = ["%Y-%m-%d", "%d.%m.%Y"]


class _DayField(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError as error:
            raise ValueError(_l("Skriv en dato, for eksempel 31.10.2026.")) from error


class SegmentForm(FlaskForm):
    """A segment and, for those who moved in, the first and last day. Empty days are filled in by the segment."""

    class Meta:
        """No token: nothing is changed by what is sent."""

        csrf = False

    segment = RadioField(
        _l("Hvem gjelder det?"),
        choices=[SelectChoice(name.value, _l(text)) for name, text in SEGMENT_WORDS.items()],
        validators=[AnyOf(list(SegmentName), _l("Velg et av utvalgene."))],
        validate_choice=False,
    )
    since = _DayField(_l("Flyttet hit fra og med"), format=_DAY, validators=[Optional()])
    until = _DayField(_l("Flyttet hit til og med"), format=_DAY, validators=[Optional()])

    def choice(self) -> dict[str, Any]:
        """Return what was chosen, as the service takes it."""
        return {"segment": self.segment.data, "since": self.since.data, "until": self.until.data}

    def take(self, error: OutreachError) -> None:
        """Show `error` at the window, which it is about."""
        self.since.errors = [*self.since.errors, message_of(error)]
