"""What staff type of an organisation and of those who speak for it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, ValidationError

from outreach.formats.contact_checks import email_address
from outreach.partners.forms import keep, lines, one_line
from outreach.partners.models import Contact, Organisation
from outreach.partners.organisation import (
    KIND_WORDS,
    LONGEST_ABOUT,
    LONGEST_NAME,
    LONGEST_ROLE,
    ContactDetails,
    Kind,
    OrganisationDetails,
)
from outreach.partners.organisation_number import grouped, organisation_number
from outreach.partners.web_address import web_address
from outreach.web.forms import PageForm
from outreach.web.languages import LANGUAGES

_TOO_LONG = _l("For langt.")
_NAME = Length(max=LONGEST_NAME, message=_TOO_LONG)


class OrganisationForm(PageForm):
    """An organisation as staff know it, and its own words."""

    name = StringField(_l("Navn"), validators=[DataRequired(_l("Skriv navnet på partneren.")), _NAME])
    number = StringField(_l("Organisasjonsnummer"))
    kind = RadioField(
        _l("Hva slags partner?"),
        choices=[SelectChoice(kind.value, _l(words)) for kind, words in KIND_WORDS.items()],
        validators=[AnyOf([kind.value for kind in Kind], message=_l("Velg hva slags partner det er."))],
        validate_choice=False,
    )
    website = StringField(_l("Nettsted"))
    about = TextAreaField(
        _l("Om partneren"), validators=[Length(max=LONGEST_ABOUT, message=_l("Teksten er for lang."))]
    )

    def validate_number(self, field: Field) -> None:
        """Keep the nine digits, or None."""
        keep(field, organisation_number)

    def validate_website(self, field: Field) -> None:
        """Keep an address that guests may follow."""
        keep(field, web_address)

    def details(self) -> OrganisationDetails:
        """Return what stands in the valid form."""
        return OrganisationDetails(
            name=one_line(self.name),
            number=self.number.kept,
            kind=Kind(self.kind.data),
            about=lines(self.about),
            website=self.website.kept,
        )


class ContactForm(PageForm):
    """Somebody who speaks for a partner."""

    name = StringField(_l("Navn"), validators=[DataRequired(_l("Skriv navnet.")), _NAME])
    role = StringField(_l("Rolle hos partneren"), validators=[Length(max=LONGEST_ROLE, message=_TOO_LONG)])
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_TOO_LONG)])
    phone = StringField(_l("Telefon"), validators=[Length(max=40, message=_TOO_LONG)])
    language = SelectField(_l("Språk"), choices=[SelectChoice(code, words) for code, words in LANGUAGES.items()])
    has_agreed = BooleanField(_l("Har sagt ja til at vi skriver til dem om arrangementer"))

    def validate_email(self, field: Field) -> None:
        """Keep the address: the link to the partner's page goes there."""
        keep(field, email_address)
        if field.kept is None:
            raise ValidationError(_("Skriv e-postadressen, som navn@eksempel.no."))

    def details(self) -> ContactDetails:
        """Return what stands in the valid form."""
        return ContactDetails(
            name=one_line(self.name),
            role=one_line(self.role),
            email=self.email.kept,
            phone=one_line(self.phone),
            language=self.language.data,
            has_agreed=self.has_agreed.data,
        )


def organisation_form(row: Organisation | None = None) -> OrganisationForm:
    """Return the form with what is kept of `row`, or with what was sent."""
    if row is None:
        return OrganisationForm()
    return OrganisationForm(
        name=row.name,
        number=grouped(row.number) if row.number else "",
        kind=row.kind,
        website=row.website,
        about=row.about,
    )


def contact_form(row: Contact | None = None) -> ContactForm:
    """Return the form with what is kept of `row`, or with what was sent."""
    if row is None:
        return ContactForm(language="nb")
    return ContactForm(
        name=row.name,
        role=row.role,
        email=row.email,
        phone=row.phone,
        language=row.language,
        has_agreed=row.may_be_written_to,
    )
