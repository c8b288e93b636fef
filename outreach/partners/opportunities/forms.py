"""What a partner, or staff for it, type of something that is offered; and why staff refuse it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from outreach import clock
from outreach.errors import OutreachError
from outreach.events.forms import DAY_FORMATS, DayField
from outreach.partners.forms import keep, lines, one_line
from outreach.partners.models import Opportunity
from outreach.partners.opportunity import (
    KIND_WORDS,
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    Kind,
    OpportunityDetails,
    deadline,
)
from outreach.partners.web_address import web_address
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm

_TOO_LONG = _l("For langt.")


class OpportunityForm(PageForm):
    """Something that is offered."""

    kind = RadioField(
        _l("Hva tilbyr dere?"),
        choices=[SelectChoice(kind.value, _l(words)) for kind, words in KIND_WORDS.items()],
        validators=[AnyOf([kind.value for kind in Kind], message=_l("Velg hva dere tilbyr."))],
        validate_choice=False,
    )
    title = StringField(
        _l("Overskrift"),
        validators=[DataRequired(_l("Skriv en overskrift.")), Length(max=LONGEST_TITLE, message=_TOO_LONG)],
    )
    text = TextAreaField(
        _l("Om muligheten"), validators=[Length(max=LONGEST_TEXT, message=_l("Teksten er for lang. Høyst 1000 tegn."))]
    )
    place = StringField(_l("Sted"), validators=[Length(max=LONGEST_PLACE, message=_TOO_LONG)])
    apply_by: Any = DayField(_l("Søknadsfrist"), format=DAY_FORMATS, validators=[InputRequired(DayField.fault)])
    link = StringField(_l("Lenke"))

    def validate_apply_by(self, field: Field) -> None:
        """Refuse a day that has passed, or is far off."""
        try:
            if field.data:
                deadline(field.data, clock.today_oslo())
        except OutreachError as error:
            raise ValidationError(message_of(error)) from error

    def validate_link(self, field: Field) -> None:
        """Keep an address that guests may follow."""
        keep(field, web_address)

    def details(self) -> OpportunityDetails:
        """Return what stands in the valid form."""
        return OpportunityDetails(
            kind=Kind(self.kind.data),
            title=one_line(self.title),
            text=lines(self.text),
            place=one_line(self.place),
            apply_by=self.apply_by.data,
            link=self.link.kept,
        )


class RefusalForm(PageForm):
    """Why an offer is not shown."""

    why = StringField(
        _l("Hvorfor ikke?"),
        validators=[
            DataRequired(_l("Skriv hvorfor, så partneren kan rette det.")),
            Length(max=LONGEST_WHY, message=_TOO_LONG),
        ],
    )


def opportunity_form(row: Opportunity | None = None) -> OpportunityForm:
    """Return the form with what is kept of `row`, or with what was sent."""
    return OpportunityForm(obj=row)
