"""Who of those who signed up is a resident by the register."""

from datetime import date, datetime

from sqlalchemy import select

from outreach.contact_point.models import SignUp
from outreach.contact_point.queries import has_yes
from outreach.database import db
from outreach.people.models import Person


def residents() -> list[tuple[int, datetime, date | None, date | None]]:
    """Return (sign-up, when it was confirmed, when the person moved in, the last move home that we know of) of each who
    wants to hear from us and whom the register has as a resident."""
    wanted = (
        select(SignUp.id, SignUp.confirmed_at_utc, Person.moved_in_on, SignUp.came_home_on)
        .join(Person, Person.id == SignUp.person_id)
        .where(Person.is_resident.is_(True), SignUp.is_unlisted.is_(False), has_yes())
        .order_by(SignUp.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(wanted)]
