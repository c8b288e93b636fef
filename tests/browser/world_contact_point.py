"""People of the contact point and newsletters to them for the pages: one in each state that has a page of its own."""

from sqlalchemy import select

from outreach.accounts.models import StaffUser
from outreach.audience.interest import Interest
from outreach.audit.actor import Actor
from outreach.contact_point import queries, service
from outreach.contact_point.home.service import move_over
from outreach.contact_point.sign_up import Purpose
from outreach.database import db
from outreach.events.study_place import StudyPlace
from outreach.formats.secret_token import new_token, token_hash
from outreach.mailings.mailing import Kind
from outreach.mailings.models import Mailing
from outreach.mailings.sending import service as sending
from outreach.outbox.states import Channel
from outreach.people.models import Person
from tests.conftest import NOW
from tests.factories.contact_point import ask, details, make_sign_up, token_of_own
from tests.factories.mailings import ask as ask_for_release
from tests.factories.mailings import make_mailing


def contact_point() -> dict[str, str]:
    """Return the links of people in each state, and the ids of newsletters."""
    ase = make_sign_up(heard_by="oslo")
    silent = make_sign_up(name="Jonas Øderud", contact="jonas@student.example", city=StudyPlace.TRONDHEIM)
    service.withdraw(queries.held(silent.id), tuple(Purpose), now=NOW)
    home = make_sign_up(name="Nora Lien", contact="nora@student.example", city=StudyPlace.BERGEN)
    move_over(queries.held(home.id), NOW.date(), now=NOW)
    make_sign_up(
        name="Ingeborg Anna Vikersundbråten-Haugenrud",
        contact="+4799900123",
        channel=Channel.SMS,
        city=StudyPlace.BERGEN,
        finishing_year=None,
        interests=frozenset(Interest),
    )
    person = db.session.scalars(select(Person).where(Person.birth_year.between(1996, 2007)).order_by(Person.id)).first()
    assert person is not None
    known = make_sign_up(name=person.full_name, birth_year=person.birth_year, contact="kjent@student.example")
    by_sms = service.ask_to_confirm(details(contact="+4799900124", channel=Channel.SMS), now=NOW)
    names = {
        "own": token_of_own(ase),
        "own_silent": token_of_own(silent),
        "own_home": token_of_own(home),
        "sign_up_id": str(ase.id),
        "sign_up_known": str(known.id),
        "by_sms": by_sms,
        "by_mail": _link("ny@student.example"),
        "known_by_mail": _link("ase@student.example"),
    }
    return names | _newsletters()


def _link(contact: str) -> str:
    """Return the secret of a confirmation by e-mail, as its message would carry it."""
    waiting, token = ask(contact=contact), new_token()
    waiting.token_hash = token_hash(token)
    db.session.commit()
    return token


def _newsletters() -> dict[str, str]:
    maker = Actor(
        "staff", db.session.scalars(select(StaffUser.id).where(StaffUser.email.startswith("organiser"))).one()
    )
    draft: Mailing = make_mailing(None, Kind.NEWSLETTER, maker=maker, cities="oslo,bergen", interests="jobs,theses")
    on_its_way: Mailing = make_mailing(None, Kind.NEWSLETTER, maker=maker)
    ask_for_release(on_its_way, None)
    sending.begin(on_its_way, None, now=NOW)
    db.session.commit()
    return {"newsletter_draft": str(draft.id), "newsletter_sending": str(on_its_way.id)}
