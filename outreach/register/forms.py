"""The forms that bring an extract and say what its columns are."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, Field, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from outreach import clock
from outreach.register.column_words import FIELD_WORDS
from outreach.register.formats.encoding import titled
from outreach.register.formats.looking import FileLook
from outreach.web.forms import PageForm

_COLUMN = "column_"
_LEAST_CHOICES = 2


class ExtractForm(PageForm):
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


class ColumnsForm(PageForm):
    """One select for each column of a table, and how the text is written; made for one file by `columns_form`."""

    encoding = SelectField(_("Tegnsett"), choices=[])
    sheet = SelectField(_("Ark i regnearket"), choices=[])
    shown_sheet = HiddenField()
    checked_by = StringField(_("Hvem har sjekket beskyttelse?"), validators=[Length(max=120, message=_("For langt."))])

    def validate_checked_by(self, field: StringField) -> None:
        """Take away spaces around the name."""
        field.data = (field.data or "").strip()

    @property
    def columns(self) -> list[Field]:
        """Return the selects in the order of the columns."""
        return [self[f"{_COLUMN}{position}"] for position in range(self.column_count)]

    @property
    def fields(self) -> list[str]:
        """Return the field chosen for each column, "" for none."""
        return [select.data or "" for select in self.columns]

    @property
    def column_count(self) -> int:
        """Return how many columns the file has."""
        return sum(1 for name in self._fields if name.startswith(_COLUMN))

    def refuse_repeated(self) -> bool:
        """Say at each select whose field an earlier column has that it is taken; return whether there was one."""
        repeated = list(self._repeated())
        for select in repeated:
            words = gettext(FIELD_WORDS[select.data])
            select.errors = [gettext("%(field)s er valgt for en annen kolonne også.", field=words)]
        return bool(repeated)

    def _repeated(self) -> Iterator[Field]:
        seen: set[str] = set()
        for select in self.columns:
            if select.data in seen:
                yield select
            elif select.data:
                seen.add(select.data)


def columns_form(look: FileLook, *, checked_by: str, is_fresh: bool = False) -> ColumnsForm:
    """Return the form for the columns of `look`, filled in with what the request says, or anew with what is seen."""
    fields = [
        SelectChoice("", gettext("Brukes ikke")),
        *(SelectChoice(name, gettext(words)) for name, words in FIELD_WORDS.items()),
    ]
    selects = {
        f"{_COLUMN}{position}": SelectField(column.header, choices=fields, default=column.field)
        for position, column in enumerate(look.columns)
    }
    given = {"formdata": None} if is_fresh else {}
    values = {"checked_by": checked_by, "shown_sheet": look.sheet}
    form: ColumnsForm = type("FileColumnsForm", (ColumnsForm,), selects)(data=values, **given)
    form.encoding.choices = [SelectChoice(name, _(titled(name))) for name in look.encodings]
    form.sheet.choices = [SelectChoice(name, name) for name in look.sheets]
    for select, value in ((form.encoding, look.encoding), (form.sheet, look.sheet)):
        if len(select.choices) < _LEAST_CHOICES:
            del form[select.name]
        elif select.data is None:
            select.data = value
    return form
