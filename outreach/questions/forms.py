"""What a guest fills in to ask, and staff to answer. What is wrong is said by the pure checks."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from outreach.formats.contact_checks import email_address, mobile_number
from outreach.questions.question import Way, kept_text
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm


class AskForm(PageForm):
    """A question, with where to answer if the guest wants one."""

    text = TextAreaField(_l("Hva lurer du på?"))
    email = StringField(_l("E-post"), validators=[Length(max=254, message=_l("For langt."))])
    mobile = StringField(_l("Mobilnummer"), validators=[Length(max=40, message=_l("For langt."))])
    om = HiddenField(validators=[Length(max=80)])

    def validate_text(self, field: Field) -> None:
        """Keep the text as it is stored."""
        keep_checked(field, kept_text)

    def validate_email(self, field: Field) -> None:
        """Keep the address as it is stored."""
        keep_checked(field, email_address)

    def validate_mobile(self, field: Field) -> None:
        """Keep the number as it is stored."""
        keep_checked(field, mobile_number)


class AnswerForm(PageForm):
    """An answer, and how it is given."""

    text = TextAreaField(_l("Svar"))
    way = RadioField(
        _l("Hvordan svarer du?"),
        choices=[
            SelectChoice(Way.EMAIL.value, _l("Send svaret som e-post")),
            SelectChoice(Way.PHONE.value, _l("Jeg har svart på telefon")),
        ],
        validators=[InputRequired(_l("Velg hvordan du svarer."))],
    )

    def validate_text(self, field: Field) -> None:
        """Keep the text as it is stored."""
        keep_checked(field, kept_text)
