"""Thanks those of the contact point who have moved home, and moves them over to those who live here. Never commits.

From then on they get no newsletter, no invitation to meetups in the study cities and no yearly question: what happens
at home reaches them as it does everybody who has moved in, by the register. What they told us is erased after the time
that a withdrawn consent is kept. Whoever was taken for somebody else says so with one button, and nothing has changed.
"""

from datetime import date, datetime

from outreach.audit.actor import GUEST, SYSTEM, Actor
from outreach.audit.service import record
from outreach.clock import OSLO
from outreach.contact_point.filling.service import SUBJECT
from outreach.contact_point.home import queries
from outreach.contact_point.home.moving import has_come_home
from outreach.contact_point.models import SignUp
from outreach.contact_point.queries import held
from outreach.contact_point.service import HOME_KIND, queue_to
from outreach.database import db


def thank_who_came_home(*, now: datetime) -> int:
    """Thank those whom the register shows as moved home since they signed up; return how many. Once for each move."""
    news = [
        (sign_up_id, moved_in_on)
        for sign_up_id, confirmed_at, moved_in_on, known_on in queries.residents()
        if moved_in_on is not None
        and has_come_home(moved_in_on, signed_up_on=confirmed_at.astimezone(OSLO).date(), known_on=known_on)
    ]
    for sign_up_id, moved_in_on in news:
        row = held(sign_up_id)
        move_over(row, moved_in_on, now=now, actor=SYSTEM)
        queue_to(row, HOME_KIND, f"contact-home:{moved_in_on:%Y%m%d}", now)
    return len(news)


def move_over(row: SignUp, on: date, *, now: datetime, actor: Actor = GUEST) -> None:
    """Note that somebody lives here again since the day `on`. Twice is as once."""
    if row.home_at_utc is not None:
        return
    row.came_home_on, row.home_at_utc = on, now
    db.session.flush()
    record("contact.home", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
