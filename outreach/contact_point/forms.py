"""What somebody fills in to sign up, to change what they told, and to type the code of a text message."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from outreach import clock
from outreach.audience.interest import INTEREST_WORDS, Interest
from outreach.contact_point import checks
from outreach.contact_point.sign_up import PURPOSE_WORDS, Details, Purpose, heard_by
from outreach.events.study_place import PLACE_WORDS, StudyPlace
from outreach.formats.contact_checks import email_address, mobile_number
from outreach.outbox.states import Channel
from outreach.people.person import clean_text
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm

_TOO_LONG = _l("For langt.")


class SignUpForm(PageForm):
    """All that the contact point asks for; the two consents are boxes of their own."""

    name = StringField(_l("Navn"), validators=[Length(max=checks.LONGEST_NAME, message=_TOO_LONG)])
    birth_year = StringField(_l("Fødselsår"))
    city = RadioField(
        _l("Hvor studerer du?"),
        choices=[SelectChoice(place.value, _l(words)) for place, words in PLACE_WORDS.items()],
        validators=[AnyOf([place.value for place in StudyPlace], message=_l("Velg hvor du studerer."))],
        validate_choice=False,
    )
    school = StringField(_l("Skole"), validators=[Length(max=checks.LONGEST_WORDS, message=_TOO_LONG)])
    programme = StringField(_l("Studium eller fag"), validators=[Length(max=checks.LONGEST_WORDS, message=_TOO_LONG)])
    finishing_year = StringField(_l("Når er du ferdig?"))
    interests = SelectMultipleField(
        _l("Hva vil du høre om?"),
        choices=[SelectChoice(one.value, _l(words)) for one, words in INTEREST_WORDS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    channel = RadioField(
        _l("Hvordan vil du høre fra oss?"),
        choices=[SelectChoice(Channel.EMAIL.value, _l("På e-post")), SelectChoice(Channel.SMS.value, _l("På SMS"))],
        validators=[AnyOf([Channel.EMAIL.value, Channel.SMS.value], message=_l("Velg e-post eller SMS."))],
        validate_choice=False,
    )
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_TOO_LONG)])
    mobile = StringField(_l("Mobilnummer"), validators=[Length(max=40, message=_TOO_LONG)])
    news = BooleanField(_l(PURPOSE_WORDS[Purpose.NEWS]))
    invitations = BooleanField(_l(PURPOSE_WORDS[Purpose.INVITATIONS]))
    by = HiddenField()

    needs_a_consent = True

    def validate_name(self, field: Field) -> None:
        """Keep the name as it is stored."""
        keep_checked(field, checks.kept_name)

    def validate_birth_year(self, field: Field) -> None:
        """Keep the year as a number."""
        keep_checked(field, lambda typed: checks.birth_year(typed, clock.today_oslo().year))

    def validate_finishing_year(self, field: Field) -> None:
        """Keep the year as a number, or None."""
        keep_checked(field, lambda typed: checks.finishing_year(typed, clock.today_oslo().year))

    def validate_interests(self, field: Field) -> None:
        """Ask for one at least: else there is nothing to tell them."""
        if not field.data:
            raise ValidationError(_l("Kryss av for minst én ting du vil høre om."))

    def validate_email(self, field: Field) -> None:
        """Take the address if that is how they want to hear from us."""
        keep_checked(field, email_address)
        if self.channel.data == Channel.EMAIL and field.kept is None:
            raise ValidationError(_l("Skriv e-postadressen din, som navn@eksempel.no."))

    def validate_mobile(self, field: Field) -> None:
        """Take the number if that is how they want to hear from us."""
        keep_checked(field, mobile_number)
        if self.channel.data == Channel.SMS and field.kept is None:
            raise ValidationError(_l("Skriv mobilnummeret ditt med 8 sifre."))

    def validate_invitations(self, field: Field) -> None:
        """Ask for one consent at least from whoever signs up: without any there is no reason to keep them."""
        if self.needs_a_consent and not (field.data or self.news.data):
            raise ValidationError(_l("Kryss av for minst ett av de to. Ellers har vi ingenting å sende deg."))

    def details(self, language: str) -> Details:
        """Return what was filled in, after it was found right."""
        channel = Channel(self.channel.data)
        said = {Purpose.NEWS: self.news.data, Purpose.INVITATIONS: self.invitations.data}
        return Details(
            name=self.name.kept,
            birth_year=self.birth_year.kept,
            city=StudyPlace(self.city.data),
            school=clean_text(self.school.data or ""),
            programme=clean_text(self.programme.data or ""),
            finishing_year=self.finishing_year.kept,
            interests=frozenset(map(Interest, self.interests.data)),
            purposes=frozenset(purpose for purpose, is_said in said.items() if is_said),
            channel=channel,
            contact=self.email.kept if channel is Channel.EMAIL else self.mobile.kept,
            language=language,
            heard_by=heard_by(self.by.data or ""),
        )


class OwnForm(SignUpForm):
    """The same on one's own page, where everything may be withdrawn."""

    needs_a_consent = False


class CodeForm(PageForm):
    """The code of a text message."""

    code = StringField(_l("Koden fra SMS-en"), validators=[InputRequired(_l("Skriv koden som står i SMS-en."))])


def own_form(told: Details) -> OwnForm:
    """Return the form with what is kept of somebody, or with what was sent."""
    is_email = told.channel is Channel.EMAIL
    return OwnForm(
        name=told.name,
        birth_year=str(told.birth_year),
        city=told.city.value,
        school=told.school,
        programme=told.programme,
        finishing_year=str(told.finishing_year or ""),
        interests=sorted(told.interests),
        channel=told.channel.value,
        email=told.contact if is_email else "",
        mobile="" if is_email else told.contact,
        news=Purpose.NEWS in told.purposes,
        invitations=Purpose.INVITATIONS in told.purposes,
    )
