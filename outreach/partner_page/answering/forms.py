"""What a partner answers a guest."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from outreach.partner_page.interest import LONGEST_ANSWER
from outreach.partners.forms import lines
from outreach.web.forms import PageForm


class AnswerForm(PageForm):
    """The words of the answer."""

    text = TextAreaField(
        _l("Svaret deres"),
        validators=[
            DataRequired(_l("Skriv svaret.")),
            Length(max=LONGEST_ANSWER, message=_l("Teksten er for lang.")),
        ],
    )

    def words(self) -> str:
        """Return the answer of the valid form."""
        return lines(self.text)
