"""What the role privacy types: whom to look for, and whether a mark may stay when a person is erased."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from outreach.people.person import clean_text
from outreach.web.forms import PageForm
from outreach.web.whole_numbers import WholeField

KEEP, FORGET = "behold", "glem"


class FindForm(PageForm):
    """A name, a number or a code. It is sent by POST, so that none of them stands in an address or a log."""

    text = StringField(
        _l("Navn, fødselsnummer, koden i et brev, eller nummeret hos oss"),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[InputRequired(_l("Skriv hvem du leter etter.")), Length(max=300, message=_l("For langt."))],
    )
    birth_year = WholeField(_l("Fødselsår"), validators=[Optional()])


class EraseForm(PageForm):
    """Whether the keyed hash may stay."""

    mark = RadioField(
        _l("Kan vi beholde et kjennetegn, så vi ikke skriver igjen?"),
        choices=[
            SelectChoice(KEEP, _l("Ja, behold kjennetegnet. Da skriver vi ikke igjen.")),
            SelectChoice(FORGET, _l("Nei, slett det også. Står personen i et nytt uttrekk, kan vi skrive igjen.")),
        ],
        validators=[InputRequired(_l("Spør personen, og velg ett av svarene."))],
    )
