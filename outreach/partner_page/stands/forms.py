"""What a guest leaves at a stand."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, ValidationError

from outreach.formats.contact_checks import email_address, holds_link, mobile_number
from outreach.outbox.states import Channel
from outreach.partner_page.interest import LONGEST_MESSAGE, PURPOSE_WORDS, Left, Purpose
from outreach.partners.forms import keep, lines, one_line
from outreach.web.forms import PageForm

_TOO_LONG = _l("For langt.")


class InterestForm(PageForm):
    """A name, one way to be reached, what it is for, and a yes to this partner seeing it."""

    purpose = RadioField(
        _l("Hva gjelder det?"),
        choices=[SelectChoice(one.value, _l(words)) for one, words in PURPOSE_WORDS.items()],
        validators=[AnyOf([one.value for one in Purpose], message=_l("Velg hva det gjelder."))],
        validate_choice=False,
    )
    message = TextAreaField(
        _l("Vil du skrive noe?"), validators=[Length(max=LONGEST_MESSAGE, message=_l("Teksten er for lang."))]
    )
    name = StringField(
        _l("Navn"), validators=[DataRequired(_l("Skriv navnet ditt.")), Length(max=120, message=_TOO_LONG)]
    )
    channel = RadioField(
        _l("Hvordan vil du ha svar?"),
        choices=[SelectChoice(Channel.EMAIL.value, _l("På e-post")), SelectChoice(Channel.SMS.value, _l("På SMS"))],
        validators=[AnyOf([Channel.EMAIL.value, Channel.SMS.value], message=_l("Velg e-post eller SMS."))],
        validate_choice=False,
    )
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_TOO_LONG)])
    mobile = StringField(_l("Mobilnummer"), validators=[Length(max=40, message=_TOO_LONG)])
    agrees = BooleanField(_l("Ja, vis dette til partneren"))

    def validate_name(self, field: Field) -> None:
        """Take no link for a name: it is written to an address that nobody has confirmed yet."""
        if holds_link(field.data or ""):
            raise ValidationError(_("Skriv bare navnet ditt, uten lenke eller adresse."))

    def validate_email(self, field: Field) -> None:
        """Take the address if that is how they want an answer."""
        keep(field, email_address)
        if self.channel.data == Channel.EMAIL and field.kept is None:
            raise ValidationError(_("Skriv e-postadressen din, som navn@eksempel.no."))

    def validate_mobile(self, field: Field) -> None:
        """Take the number if that is how they want an answer."""
        keep(field, mobile_number)
        if self.channel.data == Channel.SMS and field.kept is None:
            raise ValidationError(_("Skriv mobilnummeret ditt med 8 sifre."))

    def validate_agrees(self, field: Field) -> None:
        """Ask for the yes without which nothing may be shown to anybody."""
        if not field.data:
            raise ValidationError(_("Kryss av, ellers kan vi ikke gi det videre."))

    def left(self, language: str) -> Left:
        """Return what stands in the valid form: of the two ways the chosen one, nothing of the other."""
        channel = Channel(self.channel.data)
        return Left(
            name=one_line(self.name),
            channel=channel,
            contact=self.email.kept if channel is Channel.EMAIL else self.mobile.kept,
            purpose=Purpose(self.purpose.data),
            message=lines(self.message),
            language=language,
        )
