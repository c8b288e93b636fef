"""What staff type of a host and to all hosts, and what a host writes to the organiser."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, ValidationError

from outreach.formats.contact_checks import email_address, mobile_number
from outreach.hosts.host import LONGEST_NAME, LONGEST_NOTES, HostDetails
from outreach.outbox.states import Channel
from outreach.partners.forms import lines, one_line
from outreach.questions.question import kept_text
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm
from outreach.web.languages import LANGUAGES

_TOO_LONG = _l("For langt.")


class HostForm(PageForm):
    """Somebody who is to receive guests, how they are reached, and that they have said yes."""

    name = StringField(
        _l("Navn"), validators=[DataRequired(_l("Skriv navnet.")), Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )
    channel = RadioField(
        _l("Hvordan skal verten få lenken?"),
        choices=[SelectChoice(Channel.EMAIL.value, _l("På e-post")), SelectChoice(Channel.SMS.value, _l("På SMS"))],
        validators=[AnyOf([Channel.EMAIL.value, Channel.SMS.value], message=_l("Velg e-post eller SMS."))],
        validate_choice=False,
    )
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_TOO_LONG)])
    mobile = StringField(_l("Mobilnummer"), validators=[Length(max=40, message=_TOO_LONG)])
    language = SelectField(_l("Språk"), choices=[SelectChoice(code, words) for code, words in LANGUAGES.items()])
    has_agreed = BooleanField(_l("Har sagt ja til å være vert, og til at vi skriver til dem om dette arrangementet"))

    def validate_email(self, field: Field) -> None:
        """Keep the address if that is how they are reached."""
        keep_checked(field, email_address)
        if self.channel.data == Channel.EMAIL and field.kept is None:
            raise ValidationError(_("Skriv e-postadressen, som navn@eksempel.no."))

    def validate_mobile(self, field: Field) -> None:
        """Keep the number if that is how they are reached."""
        keep_checked(field, mobile_number)
        if self.channel.data == Channel.SMS and field.kept is None:
            raise ValidationError(_("Skriv mobilnummeret med 8 sifre."))

    def validate_has_agreed(self, field: Field) -> None:
        """Ask for the yes without which we keep nobody."""
        if not field.data:
            raise ValidationError(_("Spør verten først, og kryss av når svaret er ja."))

    def details(self) -> HostDetails:
        """Return what stands in the valid form: of the two ways the chosen one, nothing of the other."""
        channel = Channel(self.channel.data)
        return HostDetails(
            name=one_line(self.name),
            channel=channel,
            contact=self.email.kept if channel is Channel.EMAIL else self.mobile.kept,
            language=self.language.data,
        )


class NotesForm(PageForm):
    """What all hosts of an event are told."""

    text = TextAreaField(
        _l("Praktisk til vertene"),
        validators=[Length(max=LONGEST_NOTES, message=_l("Teksten er for lang. Høyst 2000 tegn."))],
    )

    def words(self) -> str:
        """Return the text of the valid form."""
        return lines(self.text)


class MessageForm(PageForm):
    """A short message from a host to the organiser."""

    text = TextAreaField(_l("Hva vil du si?"))

    def validate_text(self, field: Field) -> None:
        """Keep the text as it is stored."""
        keep_checked(field, kept_text)
