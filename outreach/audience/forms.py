"""The forms in which staff choose a segment and its window, and search for a person by name."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from outreach.audience.segment import SEGMENT_WORDS, UnknownSegmentError
from outreach.errors import OutreachError
from outreach.people.person import clean_text
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm

DAY = ["%Y-%m-%d", "%d.%m.%Y"]
_BUILT_IN = [SelectChoice(name.value, _l(text)) for name, text in SEGMENT_WORDS.items()]
_CHOOSE = _l("Velg et av utvalgene.")


class DayField(DateField):
    """A day as browsers send it or as people type it; empty means none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, in our words when it is no day."""
        self.data = None
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError as error:
            raise ValueError(_l("Skriv en dato, for eksempel 31.10.2026.")) from error


class SegmentForm(PageForm):
    """A segment and, for those who moved in, the first and last day. Empty days are filled in by the segment.

    It is sent by GET, without a mark: looking changes nothing.
    """

    segment = RadioField(
        _l("Hvem gjelder det?"),
        choices=_BUILT_IN,
        validators=[InputRequired(_CHOOSE), Regexp(r"[a-z0-9-]{1,80}\Z", message=_CHOOSE)],
        validate_choice=False,
    )
    since = DayField(_l("Flyttet hit fra og med"), format=DAY, validators=[Optional()])
    until = DayField(_l("Flyttet hit til og med"), format=DAY, validators=[Optional()])

    def offer(self, saved: Iterable[tuple[str, str]]) -> None:
        """Offer the `saved` segments, (slug, name), after those that every installation has."""
        self.segment.choices = [*_BUILT_IN, *(SelectChoice(slug, name) for slug, name in saved)]

    def choice(self) -> dict[str, Any]:
        """Return what was chosen, as the service takes it."""
        return {"segment": self.segment.data, "since": self.since.data, "until": self.until.data}

    def take(self, error: OutreachError) -> None:
        """Show `error` at the field that it is about: the choice of segment, or the window."""
        at = self.segment if isinstance(error, UnknownSegmentError) else self.since
        at.errors = [*at.errors, message_of(error)]


class NameForm(PageForm):
    """A name to search for. It is sent by POST, so that no name stands in an address or a log."""

    name = StringField(
        _l("Navn"),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[
            InputRequired(_l("Skriv minst to bokstaver av navnet.")),
            Length(min=2, max=200, message=_l("Skriv minst to bokstaver av navnet.")),
        ],
    )
