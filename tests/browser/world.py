"""A filled municipality for browsers, built through the services that the pages use. Made-up people only."""

import io
import json
import re
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select, update

from outreach import clock
from outreach.accounts import service as accounts
from outreach.accounts.access import SESSION_KEY
from outreach.accounts.models import StaffUser
from outreach.accounts.roles import Role
from outreach.audience.models import AudienceList, AudienceMember
from outreach.audience.rule import Children, Invited, MovedIn, PostcodeArea, Rule
from outreach.audit.actor import COMMAND, Actor
from outreach.database import db
from outreach.events import service as events
from outreach.events.event import City, Kind
from outreach.events.models import Event
from outreach.events.queries import by_slug as event_by_slug
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import JobKind as LetterWork
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.returning import service as returning
from outreach.invitations.letters.returning.returned import ReturnReason
from outreach.invitations.models import Invitation
from outreach.messages.deciding import queries as deciding
from outreach.messages.service import address_hash, suppress, unsubscribe_url
from outreach.messages.suppression import UNREACHABLE, Source
from outreach.messages.wishes import service as wishes
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Channel
from outreach.outbox.states import State as MessageState
from outreach.people.models import Household, Person
from outreach.people.set_aside import SET_ASIDE
from outreach.questions import service as questions
from outreach.questions.question import Way
from outreach.register.jobs import service as jobs
from outreach.register.models import RegisterImport, RegisterJob, StagedExtract
from outreach.register.problems import BrokenTableError
from outreach.register.service import Act, context_for
from outreach.register.stages import JobKind, Stage
from outreach.register.staging import service as staging
from outreach.rsvp.answer import NeedKind, NeedWish
from outreach.tickets.queries import facts_of_invitation
from outreach.web.models import AttemptCounter
from tests.browser.world_afterwards import afterwards
from tests.browser.world_asking import asking_event
from tests.browser.world_calendar import calendar_answers
from tests.browser.world_contact_point import contact_point
from tests.browser.world_endings import endings, ticket_for
from tests.browser.world_evening import evening_of, paper_of
from tests.browser.world_hosts import groups, hosts
from tests.browser.world_mailings import mailings_of
from tests.browser.world_partners import partners
from tests.browser.world_series import series_of
from tests.browser.world_waiting import waiting_households
from tests.conftest import NOW
from tests.factories.accounts import make_staff
from tests.factories.audience import make_segment
from tests.factories.events import make_event
from tests.factories.letters import make_pictures
from tests.factories.questions import make_question
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of

DESCRIPTION = """Velkommen til en kveld for alle som har flyttet til **Modum** det siste året.

Her møter du naboer, lag og foreninger, næringslivet og de som jobber i kommunen. Vi byr på mat."""
PROGRAMME = """18.00 Dørene åpner, kaffe og vafler
18.30 Velkommen – ordføreren
18.45 Korte innslag – kulturskolen og skiklubben
19.15 Mat og torg med lag, foreninger og tjenester
20.45 Takk for i kveld"""


_VENUES = {
    City.OSLO: ("Kafé Elvekanten", "Brugata 1, 0186 Oslo"),
    City.BERGEN: ("Kafé Fjellfoten", "Marken 2, 5017 Bergen"),
    City.TRONDHEIM: ("Kafé Bakklandet", "Nedre Bakklandet 5, 7014 Trondheim"),
    City.MODUM: ("Furumo", "Furumoveien 1, 3370 Vikersund"),
}


# What guests of the evening need, by the place of their invitation among those that have answered first.
_NEEDS = {
    0: (NeedWish(NeedKind.DIET, "Vegetar", 1),),
    1: (NeedWish(NeedKind.WHEELCHAIR, "", 1), NeedWish(NeedKind.TRANSPORT, "Vikersund stasjon", 1)),
    5: (NeedWish(NeedKind.ALLERGY, "Melk", 1),),
    8: (NeedWish(NeedKind.HEARING_LOOP, "", 1), NeedWish(NeedKind.OTHER, "Et rolig sted å sitte", 1)),
}
_NEEDS_OF_TWO = (NeedWish(NeedKind.INTERPRETER, "Ukrainsk", 1), NeedWish(NeedKind.ALLERGY, "Nøtter", 2))
_ACT = Act(as_of=date(2026, 11, 1), actor=COMMAND, now=NOW)


@dataclass
class World:
    """Where the pages are, and what stands in their addresses. `sessions`: signed cookie by role."""

    app: Flask
    origin: str
    sessions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def forget_attempts(self) -> None:
        """Empty the counters that slow guessing down, so that one test does not make the next one wait."""
        with self.app.app_context():
            db.session.execute(AttemptCounter.__table__.delete())  # type: ignore[attr-defined]
            db.session.commit()


def build_world(app: Flask, origin: str) -> World:
    """Fill the empty database of `app` and return what was made."""
    world = World(app, origin)
    with app.app_context():
        for role in Role:
            world.sessions[role.value] = _signed_in(app, role)
        _register(app)
        world.names["upload"] = _upload(app)
        world.names |= _uploads_on_their_way(app)
        world.names |= _evening(app) | _other_events() | _households() | _suppressions()
        world.names |= waiting_households(**_in(City.MODUM, 2027, 3, 4))
        world.names |= series_of(
            *(_in(city, 2027, 4, day) for day, city in enumerate((City.OSLO, City.BERGEN, City.TRONDHEIM), 6))
        )
        world.names |= calendar_answers(event_by_slug(world.names["slug"]))
        world.names |= asking_event(**_in(City.MODUM, 2027, 5, 6))
        _send_what_is_due(app, world)
        world.names |= _bring_letters_back(world.names["slug"])
        world.names |= _questions(world.names["slug"])
        world.names |= _segments(world.names["slug"])
        world.names |= mailings_of(world.names["slug"])
        world.names |= evening_of(app)
        paper_of(app, world.names["slug"])
        world.names |= contact_point()
        world.names |= afterwards(world.names["slug"])
        world.names |= endings(event_by_slug(world.names["slug"]))
        world.names |= partners(world.names["slug"])
        world.names |= hosts(world.names["slug"]) | groups()
        db.session.remove()
    return world


def _suppressions() -> dict[str, str]:
    """Have somebody say no by telephone and an address turn out to be dead; return a link to say no by."""
    wishes.add("nei@eksempel.example", actor=COMMAND, now=NOW)
    suppress(address_hash("borte@eksempel.example"), purpose=UNREACHABLE, source=Source.BOUNCE, now=NOW)
    db.session.commit()
    return {"unsubscribe": unsubscribe_url("gjest@eksempel.example", "newsletter").rsplit("/", 1)[1]}


def _households() -> dict[str, str]:
    """Set a household aside, and bring a table's row without a number that may be somebody we know."""
    homes = select(Household).join(Person, Person.household_id == Household.id).group_by(Household.id)
    home = db.session.scalars(homes.having(func.count() > 2).order_by(Household.id)).first()
    assert home is not None
    home.set_aside_reason = SET_ASIDE
    known = home.members[0]
    values = {name: getattr(known, name) for name in ("given_name", "middle_name", "family_name", "birth_date")}
    values |= {"weak_hash": known.weak_hash, "birth_year": known.birth_year, "is_resident": False}
    db.session.add(Person(**values, seen_as_of=known.seen_as_of, seen_import_id=known.seen_import_id))
    db.session.commit()
    return {"household_id": str(home.id)}


def _send_what_is_due(app: Flask, world: World) -> None:
    """Print the evening's letters, send its e-mails, and leave one message in doubt for a person to decide."""
    _run(app, "letters", "build", world.names["slug"], "--out", str(Path(app.instance_path) / "brev"))
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.channel == Channel.EMAIL, OutboxMessage.state == MessageState.QUEUED)
        .values(state=MessageState.UNCERTAIN, attempted_at_utc=NOW)
    )
    db.session.commit()
    world.names["doubtful"] = deciding.batches()[0].key.token
    for meetup in ("slug_meetup", "slug_full"):
        _run(app, "invitations", "create", world.names[meetup], "--segment", "young-away")
    _wait_for_release(world.names["slug_full"])
    world.names["job"] = _pictured(world.names["slug_full"])
    closed = db.session.scalars(select(Event).where(Event.slug == world.names["slug_closed"])).one()
    making.ask(closed, LetterWork.BUILD, batch_id=None, actor=COMMAND, now=NOW)
    work = db.session.scalars(select(LetterJob).where(LetterJob.busy_event_id == closed.id)).one()
    work.stage, work.worker, work.letters_done, work.letters_total = "working", "en-arbeider", 500, 1_240
    db.session.commit()


def _pictured(slug: str) -> str:
    """Have the worker picture the letters of `slug`, which wait to be released."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    return str(make_pictures(event).id)


def _questions(slug: str) -> dict[str, str]:
    """Have a household and somebody else ask, and one question be answered by phone."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    first = db.session.scalars(select(Invitation.id).where(Invitation.event_id == event.id).limit(1)).one()
    asked = make_question(
        event,
        "Kan vi ta med besteforeldrene våre, selv om de ikke står i brevet?\nDe snakker ukrainsk.",
        email="olena@eksempel.example",
        mobile="+4741234567",
        invitation_id=first,
    )
    answered = make_question(text="Er det parkering ved kulturhuset?")
    questions.answer(answered.id, "Ja, på baksiden.", Way.PHONE, user_id=1, now=NOW)
    db.session.commit()
    return {"question": str(asked.id), "question_answered": str(answered.id)}


def _bring_letters_back(slug: str) -> dict[str, str]:
    """Have the organiser register some of the evening's letters as returned."""
    actor = Actor(
        "staff", db.session.scalars(select(StaffUser.id).where(StaffUser.email.startswith("organiser"))).one()
    )
    printed = (
        select(Invitation)
        .join(Event)
        .where(Event.slug == slug)
        .join(OutboxMessage, OutboxMessage.recipient == func.concat("invitation:", Invitation.id))
    )
    sent = printed.where(OutboxMessage.state == MessageState.HANDED_OVER.value).order_by(Invitation.id).limit(5)
    at = NOW - timedelta(hours=1)
    rows = {
        reason: returning.register(token_of(invitation), reason=reason, actor=actor, now=at).row
        for invitation, reason in zip(db.session.scalars(sent).all(), ReturnReason, strict=False)
    }
    db.session.commit()
    moved, dead = rows[ReturnReason.MOVED], rows[ReturnReason.DECEASED]
    return {"returned_id": str(moved.id), "returned_dead_id": str(dead.id)}


def _wait_for_release(slug: str) -> None:
    """Have the organiser make the letters of `slug` ready: more than one person alone may send."""
    event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
    maker = db.session.scalars(
        select(StaffUser).where(StaffUser.email == f"{Role.ORGANISER.value}@modum.example")
    ).one()
    batch = letters.batch_of(event, planning.plan(event, is_reprint=False, now=NOW), made_by_id=maker.id, now=NOW)
    assert letters.needs_release(batch), batch.letter_count
    db.session.commit()


def build_empty_world(app: Flask, origin: str) -> World:
    """Return a municipality on its first day: staff, and nothing else."""
    world = World(app, origin)
    with app.app_context():
        for role in Role:
            world.sessions[role.value] = _signed_in(app, role)
        db.session.remove()
    return world


def _run(app: Flask, *command: str) -> None:
    """Run a `flask …` command of the contract; an AssertionError with its words when it fails."""
    result = app.test_cli_runner().invoke(args=list(command))
    assert result.exit_code == 0, f"flask {' '.join(command)}: {result.output} {result.exception!r}"


def _register(app: Flask) -> None:
    """Read in a made-up municipality of 600 people, as of the day before the tests' today."""
    with tempfile.TemporaryDirectory() as folder:
        extract = str(Path(folder) / "uttrekk.ndjson")
        _run(app, "demo", "extract", "--people", "600", "--seed", "3", "--as-of", "2026-11-01", "--out", extract)
        _run(app, "register", "import", extract, "--as-of", "2026-11-01")


def _upload(app: Flask) -> str:
    """Write the next extract as a table with two faulty rows, for the page that brings one; return its path."""
    path = Path(app.instance_path) / "uttrekk.csv"
    table = ("--people", "600", "--seed", "3", "--as-of", "2026-11-01", "--format", "csv", "--out", str(path))
    _run(app, "demo", "extract", *table)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[5:5] = [lines[1], lines[2].replace(lines[2][:11], "12345678901", 1)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return str(path)


def _uploads_on_their_way(app: Flask) -> dict[str, str]:
    """Bring the table again in every stage that it has a page in; return the ids by stage."""
    content = Path(app.instance_path, "uttrekk.csv").read_bytes()
    queued = _brought(app, content)
    jobs.queue(queued.id, JobKind.CHECK, actor_id=None, now=NOW)
    job = db.session.scalars(select(RegisterJob)).one()
    job.worker, job.rows_done, job.percent = "en-arbeider", 8_000, 61
    unusable = _brought(app, content[:400])
    unusable.stage = Stage.UNUSABLE.value
    unusable.fault_json = json.dumps([BrokenTableError.message, {"row": 412}])
    discarded = _brought(app, content)
    staging.discard(discarded, act=_ACT)
    odd = _brought(app, odd_table(content), is_read=True)
    feed = _brought(app, feed_of(content), is_read=True)
    applied = _brought(app, feed_of(content[:2_000]), is_read=True)
    staging.accept(applied, act=_ACT)
    db.session.commit()
    import_id = db.session.scalars(select(RegisterImport.id)).one()
    ids = {
        "queued": queued.id,
        "unusable": unusable.id,
        "discarded": discarded.id,
        "odd": odd.id,
        "feed": feed.id,
        "applied": applied.id,
        "import_id": import_id,
    }
    return {name: str(number) for name, number in ids.items()}


def odd_table(content: bytes) -> bytes:
    """Return a table of the demo with some headers that nobody knows."""
    for known, odd in (("Fødselsnummer", "Nr"), ("Etternavn", "Slekt"), ("Bostedsadresse", "Hvor")):
        content = content.replace(known.encode(), odd.encode(), 1)
    return content


def feed_of(content: bytes) -> bytes:
    """Return a feed with an event of some of the people in a table of the demo, and one that is faulty."""
    numbers = re.findall(rb"^\D?(\d{11})\b", content, re.MULTILINE)[:60:4]
    types = ("endringIBostedsadresse", "personErDoed", "personErUtflyttet", "endringISivilstand", "endringINavn")
    events = [
        {
            "sekvensnummer": 4_000 + place,
            "hendelse": {
                "folkeregisteridentifikator": number.decode() if place else "1234",
                "hendelsetype": types[place % len(types)],
                "ajourholdstidspunkt": "2026-11-02T06:40:00+01:00",
            },
        }
        for place, number in enumerate(numbers)
    ]
    return json.dumps(events).encode()


def _brought(app: Flask, content: bytes, *, is_read: bool = False) -> StagedExtract:
    stream = io.BytesIO(content)
    staged = staging.bring(stream, act=_ACT)
    if is_read:
        context = context_for(app.extensions["treffpunkt.settings"], as_of=_ACT.as_of, today=_ACT.as_of)
        staging.go_on(staged, stream, context=context, act=_ACT)
    return staged


def _signed_in(app: Flask, role: Role) -> str:
    user = make_staff(role, f"{role.value}@modum.example")
    token = accounts.open_session(user.id, clock.now_utc())
    db.session.commit()
    signer: URLSafeTimedSerializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps({SESSION_KEY: token}))


def _evening(app: Flask) -> dict[str, str]:
    """Make the evening itself, with all who have moved in invited, and a household in each state."""
    event = make_event(
        capacity=120, description=DESCRIPTION, programme=PROGRAMME,
        nearest_stop="Vikersund stasjon, fem minutter å gå",
        parking="Gratis bak huset. To plasser for HC-kort ved inngangen.",
    )  # fmt: skip
    slug, event_id = event.slug, event.id
    _run(app, "invitations", "create", slug, "--segment", "moved-in")
    event = db.session.get_one(Event, event_id)
    answers = (True, True, True, False, None, True, None, False, True, None, True)
    answered = zip(_first_invitations(event_id, len(answers)), answers, strict=False)
    for number, (invitation, coming) in enumerate(answered):
        if coming is not None:
            needs = _NEEDS.get(number, ())
            give_answer(invitation, answer_for(invitation, *(coming for _guest in invitation.invitees), needs=needs))
    still_open, coming = make_household(event), make_household(event, ("Olena", "Taras"))
    declined, cancelled = make_household(event, ("Kristoffer",)), make_household(event, ("Amina", "Yusuf"))
    family = answer_for(coming, True, True, extra_children=1, needs=_NEEDS_OF_TWO, email="olena@eksempel.example")
    give_answer(coming, family)
    ticket = _ticket_of(coming)
    give_answer(declined, answer_for(declined, False))
    give_answer(cancelled, answer_for(cancelled, True, True))
    revoked = _ticket_of(cancelled)
    give_answer(cancelled, answer_for(cancelled, False, False))
    return {
        "slug": event.slug,
        "invitation_id": str(still_open.id),
        "open": token_of(still_open),
        "coming": token_of(coming),
        "coming_id": str(coming.id),
        "declined": token_of(declined),
        "cancelled": token_of(cancelled),
        "ticket": ticket,
        "ticket_revoked": revoked,
    }


def _segments(slug: str) -> dict[str, str]:
    """Save two segments, put one of them away, and find a list and a person of the evening to look at."""
    rule = Rule(conditions=(Children(0, 12), PostcodeArea(("3370", "336")), Invited(months=12, negated=True)))
    archived = make_segment("Nye i fjor", Rule(conditions=(MovedIn(since=date(2025, 1, 1), until=date(2025, 12, 31)),)))
    archived.archived_at_utc = clock.now_utc()
    db.session.commit()
    kept = db.session.scalars(select(AudienceList).join(Event).where(Event.slug == slug)).one()
    person = select(AudienceMember.person_id).where(AudienceMember.list_id == kept.id, AudienceMember.is_included)
    return {
        "segment": make_segment("Barnefamilier i Vikersund", rule).slug,
        "segment_archived": archived.slug,
        "list_id": str(kept.id),
        "person_id": str(db.session.scalars(person.order_by(AudienceMember.person_id).limit(1)).one()),
    }


def _first_invitations(event_id: int, count: int) -> list[Invitation]:
    chosen = select(Invitation).where(Invitation.event_id == event_id).order_by(Invitation.id).limit(count)
    return list(db.session.scalars(chosen))


def _ticket_of(invitation: Invitation) -> str:
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    return ticket.code


def _in(city: City, *day: int) -> dict[str, Any]:
    """Return where and when a meetup in `city` is, with answers until two days before."""
    starts = datetime(*day, 17, tzinfo=UTC)  # type: ignore[misc]
    venue, address = _VENUES[city]
    return {
        "kind": Kind.MEETUP,
        "city": city,
        "venue": venue,
        "venue_address": address,
        "starts_at_utc": starts,
        "ends_at_utc": starts + timedelta(hours=3),
        "answer_by": (starts - timedelta(days=2)).date(),
    }


def _other_events() -> dict[str, str]:
    """Make events in the states that the evening is not in: full, past its deadline, cancelled, draft."""
    full = make_event(slug="julekaffe-i-oslo", title="Julekaffe i Oslo", capacity=1, **_in(City.OSLO, 2026, 12, 3))
    first, second = make_household(full, ("Ida",)), make_household(full, ("Jonas", "Maja"))
    give_answer(first, answer_for(first, True))
    closed = make_event(
        slug="apen-gard",
        title="Åpen gård",
        venue="Buskerud gård",
        venue_address="Nedre Eikervei 160, 3370 Vikersund",
        starts_at_utc=datetime(2026, 11, 5, 16, 0, tzinfo=UTC),
        ends_at_utc=datetime(2026, 11, 5, 19, 0, tzinfo=UTC),
        answer_by=date(2026, 11, 1),
    )
    nearly = make_event(slug="treff-i-bergen", title="Treff i Bergen", capacity=2, **_in(City.BERGEN, 2027, 1, 21))
    off = make_event(slug="vintertreff", title="Vintertreff i Trondheim", **_in(City.TRONDHEIM, 2027, 2, 11))
    called_off, ticket_called_off = make_household(off), ticket_for(off)
    # Guests' pages are in the languages that some event's letters have.
    full.letter_languages = "nb,uk,pl,ar"
    events.cancel_event(off, clock.now_utc())
    db.session.commit()
    late = make_household(closed)
    draft = make_event(slug="sommertreff-2027", title="Sommertreff 2027", publish=False, **_in(City.MODUM, 2027, 6, 24))
    return {
        "slug_full": full.slug,
        "full": token_of(second),
        "nearly_full": token_of(make_household(nearly)),
        "called_off": token_of(called_off),
        "ticket_called_off": ticket_called_off,
        "closed": token_of(late),
        "closed_id": str(late.id),
        "slug_closed": closed.slug,
        "slug_called_off": off.slug,
        "slug_meetup": nearly.slug,
        "slug_draft": draft.slug,
    }
