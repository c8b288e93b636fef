"""What staff fill in on the pages of returned letters: a code with its reason, and an address to write to instead."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from outreach.invitations.letters.returning.returned import REASON_WORDS
from outreach.people.person import clean_text
from outreach.people.postal_address import PostalAddress
from outreach.web.forms import PageForm


def _clean(typed: str | None) -> str:
    return clean_text(typed or "")


_TOO_LONG = Length(max=80, message=_l("Linja er for lang. Den har plass til 80 tegn."))


class ReturnForm(PageForm):
    """The code of a letter that came back, and why it did."""

    reason = RadioField(
        _l("Hvorfor kom brevet i retur?"),
        choices=[SelectChoice(reason.value, _l(words)) for reason, words in REASON_WORDS.items()],
        validators=[InputRequired(_l("Velg hvorfor brevet kom i retur."))],
    )
    code = StringField(
        _l("Koden i brevet"),
        filters=[_clean],
        validators=[
            DataRequired(_l("Skann QR-koden i brevet, eller skriv koden.")),
            Length(max=300, message=_l("Koden er for lang. Den har 12 tegn.")),
        ],
    )


class AddressForm(PageForm):
    """Where a new letter goes."""

    line = StringField(
        _l("Gateadresse"), filters=[_clean], validators=[DataRequired(_l("Skriv gateadressen.")), _TOO_LONG]
    )
    second_line = StringField(_l("Linje til, for eksempel c/o"), filters=[_clean], validators=[_TOO_LONG])
    postcode = StringField(
        _l("Postnummer"), filters=[_clean], validators=[Regexp(r"\d{4}\Z", message=_l("Skriv fire siffer."))]
    )
    place = StringField(_l("Poststed"), filters=[_clean], validators=[DataRequired(_l("Skriv poststedet.")), _TOO_LONG])

    @classmethod
    def of(cls, address: PostalAddress | None) -> "AddressForm":
        """Return the form, filled in with `address` unless something was sent."""
        if address is None:
            return cls()
        first, second = (*address.lines, "", "")[:2]
        return cls(line=first, second_line=second, postcode=address.postcode, place=address.place)

    def address(self) -> PostalAddress:
        """Return what was typed; the town's name as the post writes it."""
        lines = tuple(line for line in (self.second_line.data, self.line.data) if line)
        return PostalAddress(lines, self.postcode.data or "", (self.place.data or "").upper())
