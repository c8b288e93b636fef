"""What staff fill in at the front desk: whom they look for, where a ticket goes, why it is late, what was said."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from outreach.formats.contact_checks import email_address, mobile_number
from outreach.people.person import clean_text
from outreach.rsvp.desk.desk import LATE_WORDS, WAY_WORDS, LateReason, Way, kept_note
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField


class FindForm(PageForm):
    """A code or a name."""

    text = StringField(
        _l("Kode eller navn"),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[
            InputRequired(_l("Skriv koden fra brevet, eller et navn.")),
            Length(max=100, message=_l("Skriv kortere.")),
        ],
    )


class LateForm(PageForm):
    """Why an answer is taken after the last day for answers; nothing is asked before."""

    reason = RadioField(
        _l("Hvorfor tar dere imot svaret etter fristen?"),
        choices=[SelectChoice(reason.value, _l(words)) for reason, words in LATE_WORDS.items()],
        validators=[Optional()],
    )

    @property
    def chosen(self) -> LateReason | None:
        """Return the reason that was chosen."""
        return LateReason(self.reason.data) if self.reason.data in list(LateReason) else None


class TicketForm(PageForm):
    """Where a ticket goes, and how often it had gone there when the page was shown."""

    channel = HiddenField()
    number = WholeField(widget=HiddenInput(), default=0, validators=[Optional()])
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_l("For langt."))])
    mobile = StringField(_l("Mobilnummer"), validators=[Length(max=40, message=_l("For langt."))])

    def validate_email(self, field: Field) -> None:
        """Keep the address as it is stored."""
        keep_checked(field, email_address)

    def validate_mobile(self, field: Field) -> None:
        """Keep the number as it is stored."""
        keep_checked(field, mobile_number)


class NewTicketForm(PageForm):
    """Which generation of the ticket the page showed: that one is replaced, once."""

    generation = WholeField(widget=HiddenInput(), default=0, validators=[Optional()])


class NoteForm(PageForm):
    """What was said, and how somebody got in touch."""

    way = RadioField(
        _l("Hvordan tok de kontakt?"),
        choices=[SelectChoice(way.value, _l(words)) for way, words in WAY_WORDS.items()],
        default=Way.PHONE.value,
        validators=[InputRequired(_l("Velg hvordan de tok kontakt."))],
    )
    note = TextAreaField(_l("Hva ble sagt?"))

    def validate_note(self, field: Field) -> None:
        """Keep the note as it is stored."""
        keep_checked(field, kept_note)
