"""What staff decide about a partner at an event, what a partner needs at its stand, and a task."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, ValidationError

from outreach import clock
from outreach.events.event import OSLO, oslo_moment
from outreach.events.forms import DAY_FORMATS, DayField
from outreach.partners.forms import lines, one_line
from outreach.partners.models import Organisation, Participation
from outreach.partners.participation import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_SLOT,
    LONGEST_TASK,
    MOST_TABLES,
    ROLE_WORDS,
    Plan,
    Role,
    StandNeeds,
)
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField

_TOO_LONG = _l("For langt.")
_CLOCKS = ("%H:%M", "%H.%M")


class AddForm(PageForm):
    """Which partner, and what it does there."""

    organisation = SelectField(_l("Partner"), coerce=int)
    role = RadioField(
        _l("Rolle"),
        choices=[SelectChoice(role.value, _l(words)) for role, words in ROLE_WORDS.items()],
        validators=[AnyOf([role.value for role in Role], message=_l("Velg hva partneren skal gjøre."))],
        validate_choice=False,
    )


class PlanForm(PageForm):
    """Whom we write to, where the stand is, what the partner has in the programme."""

    contact = SelectField(_l("Vi skriver til"), coerce=int)
    place = StringField(_l("Plass"), validators=[Length(max=LONGEST_PLACE, message=_TOO_LONG)])
    slot_title = StringField(_l("I programmet"), validators=[Length(max=LONGEST_SLOT, message=_TOO_LONG)])
    slot_time = StringField(_l("Klokkeslett"))

    def __init__(self, *args: object, event_day: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._day = event_day
        self.slot_at_utc: datetime | None = None

    def validate_slot_time(self, field: Field) -> None:
        """Keep the moment: the day is that of the event."""
        text = (field.data or "").strip()
        if not text:
            return
        for shape in _CLOCKS:
            try:
                typed = datetime.strptime(text, shape)  # noqa: DTZ007 - local to Oslo, made a moment below
            except ValueError:
                continue
            self.slot_at_utc = oslo_moment(datetime.combine(self._day, typed.time()))
            return
        raise ValidationError(_("Skriv klokkeslettet slik: 18.30."))

    def plan(self) -> Plan:
        """Return what stands in the valid form."""
        return Plan(
            contact_id=self.contact.data or None,
            place=one_line(self.place),
            slot_title=one_line(self.slot_title),
            slot_at_utc=self.slot_at_utc,
        )


class NeedsForm(PageForm):
    """What a partner needs at its stand."""

    power = BooleanField(_l("Strøm"))
    screen = BooleanField(_l("Skjerm"))
    tables = WholeField(
        _l("Bord"),
        validators=[
            InputRequired(_l("Skriv hvor mange bord dere trenger, 0 for ingen.")),
            NumberRange(min=0, max=MOST_TABLES, message=_l("Skriv et tall fra 0 til 10.")),
        ],
    )
    note = TextAreaField(_l("Noe annet?"), validators=[Length(max=LONGEST_NOTE, message=_l("Teksten er for lang."))])

    def needs(self) -> StandNeeds:
        """Return what stands in the valid form."""
        return StandNeeds(
            power=self.power.data, screen=self.screen.data, tables=self.tables.data or 0, note=lines(self.note)
        )


class TaskForm(PageForm):
    """Something that a partner does before the event."""

    text = StringField(
        _l("Oppgave"),
        validators=[DataRequired(_l("Skriv hva de skal gjøre.")), Length(max=LONGEST_TASK, message=_TOO_LONG)],
    )
    due_on: Any = DayField(_l("Frist"), format=DAY_FORMATS, validators=[InputRequired(DayField.fault)])

    def validate_due_on(self, field: Field) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < clock.today_oslo():
            raise ValidationError(_("Fristen er allerede ute. Velg en senere dag."))


def add_form(partners: list[Organisation]) -> AddForm:
    """Return the form with the partners to choose from."""
    form = AddForm()
    form.organisation.choices = [SelectChoice(row.id, row.name) for row in partners]
    return form


def plan_form(row: Participation, *, is_fresh: bool = False) -> PlanForm:
    """Return the form with what was decided, or with what was sent, and the partner's contacts to choose from.

    `is_fresh`: whatever was sent was another form of the page.
    """
    starts, slot = row.event.starts_at_utc.astimezone(OSLO), row.slot_at_utc
    form = PlanForm(
        event_day=starts.date(),
        contact=row.contact_id or 0,
        place=row.place,
        slot_title=row.slot_title,
        slot_time=f"{slot.astimezone(OSLO):%H.%M}" if slot else "",
        **_formdata(is_fresh),
    )
    chosen = [SelectChoice(one.id, f"{one.name}, {one.email}") for one in row.organisation.contacts]
    form.contact.choices = [SelectChoice(0, _("Ingen")), *chosen]
    return form


def needs_form(row: Participation, *, is_fresh: bool = False) -> NeedsForm:
    """Return the form with what was told last, or with what was sent; `is_fresh` as above."""
    return NeedsForm(
        power=row.needs_power, screen=row.needs_screen, tables=row.tables, note=row.note, **_formdata(is_fresh)
    )


def _formdata(is_fresh: bool) -> dict[str, Any]:
    return {"formdata": None} if is_fresh else {}
