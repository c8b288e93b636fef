"""What staff type of a person who is in no extract."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from outreach.people.person import PersonName, clean_text, written_name
from outreach.people.postal_address import PostalAddress, care_of_line
from outreach.register.adding.addition import Addition
from outreach.register.municipalities import Postcodes
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField

_TOO_LONG = Length(max=80, message=_l("Linja er for lang. Den har plass til 80 tegn."))
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


def _clean(typed: str | None) -> str:
    return clean_text(typed or "")


def _digits(typed: str | None) -> str:
    return "".join(_clean(typed).split())


class PersonForm(PageForm):
    """A person; `shown` holds the ids of those who were shown as possible doubles and found to be somebody else."""

    given_name = StringField(_l("Fornavn"), filters=[_clean], validators=[_TOO_LONG])
    family_name = StringField(
        _l("Etternavn"), filters=[_clean], validators=[DataRequired(_l("Skriv etternavnet.")), _TOO_LONG]
    )
    birth_date = DateField(_l("Fødselsdato"), format=_DAY_FORMATS, validators=[Optional()])
    birth_year = WholeField(_l("Fødselsår, hvis du ikke vet datoen"), validators=[Optional()])
    care_of = StringField(_l("c/o"), filters=[_clean], validators=[_TOO_LONG])
    line = StringField(
        _l("Gateadresse"), filters=[_clean], validators=[DataRequired(_l("Skriv gateadressen.")), _TOO_LONG]
    )
    postcode = StringField(
        _l("Postnummer"), filters=[_digits], validators=[DataRequired(_l("Skriv postnummeret.")), Length(max=10)]
    )
    national_id = StringField(_l("Fødselsnummer"), filters=[_digits], validators=[Length(max=30)])
    is_asked = BooleanField(
        _l("Jeg har spurt personen om adressen er beskyttet (adressesperre), og svaret er nei"),
        validators=[InputRequired(_l("Spør om adressen er beskyttet. Er den det, skal personen ikke legges til her."))],
    )
    shown = HiddenField()

    def addition(self, postcodes: Postcodes) -> Addition:
        """Return what was typed; the town's name is that of the postcode."""
        birth_date: date | None = self.birth_date.data
        lines = tuple(line for line in (care_of_line(self.care_of.data or ""), self.line.data or "") if line)
        postcode = self.postcode.data or ""
        return Addition(
            name=PersonName(written_name(self.given_name.data or ""), "", written_name(self.family_name.data or "")),
            birth_date=birth_date,
            birth_year=self.birth_year.data,
            address=PostalAddress(lines, postcode, postcodes.place(postcode)),
            national_id=self.national_id.data or "",
        )

    def found_different(self) -> frozenset[int]:
        """Return the ids of those who were shown and found to be somebody else."""
        parts = (self.shown.data or "")[:2_000].split(",")
        return frozenset(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 20)
