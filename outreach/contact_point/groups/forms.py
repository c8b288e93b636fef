"""What staff type of a group."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from outreach.contact_point.groups.group import LONGEST_NAME, GroupDetails, group_address
from outreach.contact_point.groups.models import SocialGroup
from outreach.events.event import City
from outreach.events.words import CITY_WORDS
from outreach.partners.forms import one_line
from outreach.web.checked_fields import keep_checked
from outreach.web.forms import PageForm


class GroupForm(PageForm):
    """A group: where, what it is called, and its address."""

    city = SelectField(_l("By"), choices=[SelectChoice(city.value, name) for city, name in CITY_WORDS.items()])
    name = StringField(
        _l("Navn på gruppa"),
        validators=[DataRequired(_l("Skriv navnet på gruppa.")), Length(max=LONGEST_NAME, message=_l("For langt."))],
    )
    url = StringField(_l("Lenke til gruppa"))

    def validate_url(self, field: Field) -> None:
        """Keep an address that guests may follow."""
        keep_checked(field, group_address)

    def details(self) -> GroupDetails:
        """Return what stands in the valid form."""
        return GroupDetails(city=City(self.city.data), name=one_line(self.name), url=self.url.kept)


def group_form(row: SocialGroup | None = None) -> GroupForm:
    """Return the form with what is kept of `row`, or with what was sent."""
    return GroupForm(obj=row)
