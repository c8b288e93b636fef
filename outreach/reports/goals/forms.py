"""What staff fill in to set a yearly goal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from outreach.audience.forms import DAY, DayField
from outreach.events.event import Kind
from outreach.events.words import KIND_WORDS as EVENT_WORDS
from outreach.people.person import clean_text
from outreach.reports.goals.goal import (
    CONTACT_POINT,
    KIND_WORDS,
    MEASURE_WORDS,
    TARGET_MEASURES,
    Goal,
    GoalKind,
)
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField


class GoalForm(PageForm):
    """A goal of one year."""

    words = StringField(
        _l("Målet med egne ord"),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[DataRequired(_l("Skriv målet.")), Length(max=120, message=_l("Skriv kortere."))],
    )
    kind = RadioField(
        _l("Når er målet nådd?"),
        choices=[SelectChoice(kind.value, _l(words)) for kind, words in KIND_WORDS.items()],
        validators=[InputRequired(_l("Velg når målet er nådd."))],
    )
    event_kind = SelectField(
        _l("Gjelder"),
        choices=[
            *(SelectChoice(kind.value, _l(EVENT_WORDS[kind])) for kind in Kind),
            SelectChoice(CONTACT_POINT, _l("Kontaktpunktet")),
        ],
    )
    measure = SelectField(
        _l("Tallet som telles"),
        choices=[SelectChoice(name, _l(MEASURE_WORDS[name])) for name in TARGET_MEASURES],
    )
    wanted = WholeField(
        _l("Hvor mange"),
        default=1,
        validators=[
            InputRequired(_l("Skriv et tall.")),
            NumberRange(min=1, max=1_000_000, message=_l("Skriv et tall fra 1 og oppover.")),
        ],
    )
    due_on = DayField(_l("Frist"), format=DAY, validators=[InputRequired(_l("Skriv fristen."))])

    def goal(self) -> Goal:
        """Return what was written; the year is that of the deadline."""
        kind = GoalKind(self.kind.data)
        due_on: Any = self.due_on.data
        return Goal(
            kind=kind,
            event_kind=self.event_kind.data,
            wanted=self.wanted.data,
            due_on=due_on,
            words=self.words.data,
            year=due_on.year,
            measure=self.measure.data if kind is GoalKind.TARGET else "",
        )
