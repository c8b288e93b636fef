"""What a partner tells on its own page: its words and logo."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from outreach.errors import OutreachError
from outreach.partners.forms import keep, lines
from outreach.partners.logo import MOST_BYTES, logo_png
from outreach.partners.models import Organisation
from outreach.partners.organisation import LONGEST_ABOUT
from outreach.partners.web_address import web_address
from outreach.web.error_pages import message_of
from outreach.web.forms import PageForm


class WordsForm(PageForm):
    """A partner's own words, as guests see them, and its logo."""

    about = TextAreaField(
        _l("Om dere"), validators=[Length(max=LONGEST_ABOUT, message=_l("Teksten er for lang. Høyst 1500 tegn."))]
    )
    website = StringField(_l("Nettstedet deres"))
    logo = FileField(_l("Logo"))
    no_logo = BooleanField(_l("Fjern logoen"))

    png: bytes | None = None

    def validate_website(self, field: Field) -> None:
        """Keep an address that guests may follow."""
        keep(field, web_address)

    def validate_logo(self, field: Field) -> None:
        """Draw the picture anew, or say why not."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            return
        # One byte more than is taken tells that there is more.
        content = field.data.stream.read(MOST_BYTES + 1)
        field.data.close()
        try:
            self.png = logo_png(content)
        except OutreachError as error:
            raise ValidationError(message_of(error)) from error

    def words(self) -> dict[str, Any]:
        """Return the words of the valid form."""
        return {"about": lines(self.about), "website": self.website.kept}


def words_form(row: Organisation) -> WordsForm:
    """Return the form with what is kept of `row`, or with what was sent."""
    return WordsForm(about=row.about, website=row.website)
