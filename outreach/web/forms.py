"""What all forms here have in common: their mark is checked before any view runs, so no form checks one itself."""

from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup

from outreach.web.form_guard import form_mark

_MARK = Markup('<input type="hidden" name="csrf_token" value="{}">')


class PageForm(FlaskForm):
    """A form whose `hidden_tag` shows the mark that `form_guard` checks."""

    class Meta:
        """Nothing is checked here."""

        csrf = False

    def hidden_tag(self, *fields: Any) -> Markup:
        """Return the mark and the hidden fields."""
        hidden: Markup = super().hidden_tag(*fields)
        return _MARK.format(form_mark()) + hidden
