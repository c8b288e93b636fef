"""The form of an event. Times are typed local to Europe/Oslo; what fits together is decided by event.check."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from outreach.errors import OutreachError
from outreach.events.event import (
    OSLO,
    USUAL_LENGTH,
    Brings,
    City,
    EventDetails,
    EventDetailsError,
    Kind,
    SkippedHourError,
    SlugTakenError,
    one_line,
    oslo_moment,
    slug_of,
    text_block,
    usual_answer_by,
)
from outreach.events.starting_points import KIND_OF, Template, starting_point
from outreach.events.words import BRINGS_WORDS, CITY_WORDS, KIND_WORDS
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField

# What browsers send, and what people type where the browser has no picker.
_MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"]
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
_NOT_A_MOMENT = _("Skriv dato og klokkeslett, for eksempel 26.11.2026 18.00.")

_NOT_NEGATIVE = NumberRange(min=0, message=_("Skriv et tall fra 0 og opp, eller la feltet stå tomt."))
_TOO_FEW = _("Skriv et tall fra 1 og opp, eller la feltet stå tomt.")


class _EmptiableField:
    """A field whose empty text means nothing at all, not what it began with; a wrong one is told in our words."""

    fault: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([text for text in valuelist if text.strip()])  # type: ignore[misc]
        except ValueError as error:
            raise ValueError(self.fault) from error


class _MomentField(_EmptiableField, DateTimeLocalField):
    fault = _NOT_A_MOMENT


class DayField(_EmptiableField, DateField):
    """A day; an empty field is None, and what is no day is told in our words."""

    fault = _("Skriv en dato, for eksempel 23.11.2026.")


class _CountField(_EmptiableField, WholeField):
    fault = _("Skriv et helt tall, for eksempel 120.")


class EventForm(PageForm):
    """Everything that staff decide about an event. `slug` is removed for one that guests have seen."""

    kind = RadioField(_("Hva slags arrangement?"), choices=[SelectChoice(k.value, _(w)) for k, w in KIND_WORDS.items()])
    title = StringField(_("Tittel"), validators=[InputRequired(_("Skriv en tittel."))])
    slug = StringField(_("Nettadresse"), validators=[Optional()])
    starts: Any = _MomentField(_("Starter"), format=_MOMENT, validators=[InputRequired(_NOT_A_MOMENT)])
    ends = _MomentField(_("Slutter"), format=_MOMENT, validators=[Optional()])
    venue = StringField(_("Sted"), validators=[InputRequired(_("Skriv hvor arrangementet er."))])
    venue_address = StringField(_("Adresse"), validators=[Optional()])
    city = SelectField(_("By"), choices=[SelectChoice(city.value, name) for city, name in CITY_WORDS.items()])
    nearest_stop = StringField(_("Nærmeste stopp"), validators=[Optional()])
    parking = StringField(_("Parkering"), validators=[Optional()])
    access_information = TextAreaField(_("Hvordan er det å komme inn?"), validators=[Optional()])
    capacity = _CountField(_("Antall plasser"), validators=[Optional(), NumberRange(min=1, message=_TOO_FEW)])
    capacity_adults = _CountField(_("Høyst så mange voksne"), validators=[Optional(), _NOT_NEGATIVE])
    capacity_children = _CountField(_("Høyst så mange barn"), validators=[Optional(), _NOT_NEGATIVE])
    capacity_wheelchairs = _CountField(_("Høyst så mange rullestoler"), validators=[Optional(), _NOT_NEGATIVE])
    brings = RadioField(
        _("Hvem kan gjestene ta med?"),
        choices=[SelectChoice(brings.value, _(words)) for brings, words in BRINGS_WORDS.items()],
        default=Brings.CHILDREN.value,
    )
    is_open_sign_up = BooleanField(_("Alle kan melde seg på"))
    answer_by = DayField(_("Siste dag for å svare"), format=DAY_FORMATS, validators=[Optional()])
    description = TextAreaField(_("Om arrangementet"), validators=[Optional()])
    programme = TextAreaField(_("Program"), validators=[Optional()])

    def validate_starts(self, field: Any) -> None:
        """Refuse an hour that the clocks skip."""
        _refuse_skipped(field.data)

    def validate_ends(self, field: Any) -> None:
        """Refuse an hour that the clocks skip."""
        _refuse_skipped(field.data)

    def details(self, now: datetime, present: EventDetails | None = None) -> EventDetails:
        """Return what stands in the valid form; what is left empty is filled in as by the command.

        `present` is what is changed, whose address stays when the form has no field for it.
        """
        starts = oslo_moment(self.starts.data)
        ends = oslo_moment(self.ends.data) if self.ends.data else starts + USUAL_LENGTH
        kept = present.slug if present and "slug" not in self else ""
        typed = (self.slug.data or "").strip() if "slug" in self else ""
        return EventDetails(
            slug=kept or typed or slug_of(self.title.data),
            kind=Kind(self.kind.data),
            title=one_line(self.title.data),
            starts_at_utc=starts,
            ends_at_utc=ends,
            venue=one_line(self.venue.data),
            venue_address=one_line(self.venue_address.data or ""),
            nearest_stop=one_line(self.nearest_stop.data or ""),
            parking=one_line(self.parking.data or ""),
            access_information=text_block(self.access_information.data or ""),
            city=City(self.city.data),
            capacity=self.capacity.data,
            capacity_adults=self.capacity_adults.data,
            capacity_children=self.capacity_children.data,
            capacity_wheelchairs=self.capacity_wheelchairs.data,
            brings=Brings(self.brings.data),
            is_open_sign_up=bool(self.is_open_sign_up.data),
            answer_by=self.answer_by.data or usual_answer_by(starts, now.astimezone(OSLO).date()),
            description=text_block(self.description.data or ""),
            programme=text_block(self.programme.data or ""),
        )

    def take(self, error: OutreachError) -> None:
        """Show `error` at the fields that it concerns, or above the form."""
        if isinstance(error, EventDetailsError):
            for fault in error.faults:
                self._add(fault.field, gettext(fault.message, **fault.values))
        else:
            self._add("slug" if isinstance(error, SlugTakenError) else None, message_of(error))

    def _add(self, name: str | None, text: str) -> None:
        if name in self:
            self[name].errors = [*self[name].errors, text]
        else:
            self.form_errors.append(text)


def template_of(text: str) -> Template:
    """Return the template that an address names; the first for one that is none."""
    return Template(text) if text in {known.value for known in Template} else Template.WELCOME


def new_form(template: Template, today: date) -> EventForm:
    """Return the form of a new event, begun as is usual for its template."""
    point = starting_point(template, today)
    texts = {name: gettext(text) for name in ("title", "description", "programme") if (text := getattr(point, name))}
    return EventForm(data={"kind": KIND_OF[template].value, "starts": point.starts, "ends": point.ends, **texts})


def form_of(present: EventDetails, *, was_seen: bool) -> EventForm:
    """Return the form filled in with `present`. The address of an event that guests have seen cannot be changed."""
    form = EventForm(obj=present, data={"starts": _local(present.starts_at_utc), "ends": _local(present.ends_at_utc)})
    if was_seen:
        del form.slug
    return form


def _refuse_skipped(local: datetime | None) -> None:
    try:
        if local:
            oslo_moment(local)
    except SkippedHourError as error:
        raise ValidationError(message_of(error)) from error


def _local(moment_utc: datetime) -> datetime:
    return moment_utc.astimezone(OSLO).replace(tzinfo=None)
