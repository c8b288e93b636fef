"""The form that brings an extract."""

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from outreach import clock


class ExtractForm(FlaskForm):
    """A file, the day it was made, and who answers for protection when the file does not say."""

    file = FileField(_("Fil med uttrekk"), validators=[FileRequired(_("Velg en fil."))])
    as_of = DateField(
        _("Når ble uttrekket laget?"),
        format=["%Y-%m-%d", "%d.%m.%Y"],
        default=clock.today_oslo,
        validators=[InputRequired(_("Skriv datoen uttrekket ble laget."))],
    )
    checked_by = StringField(_("Hvem har sjekket beskyttelse?"), validators=[Length(max=120, message=_("For langt."))])

    def validate_as_of(self, field: DateField) -> None:
        """Refuse a day that has not been."""
        day: date | None = field.data
        if day is not None and day > clock.today_oslo():
            raise ValidationError(_("Datoen kan ikke ligge fram i tid."))

    def validate_checked_by(self, field: StringField) -> None:
        """Take away spaces around the name."""
        field.data = (field.data or "").strip()
