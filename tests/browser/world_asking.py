"""An event that asks its guests something, for the pages: a household that is asked, and one that has replied."""

from typing import Any

from outreach.audit.actor import COMMAND
from outreach.database import db
from outreach.rsvp.own_questions import service
from outreach.rsvp.own_questions.own_question import AskedOf, QuestionKind, Reply
from tests.conftest import NOW
from tests.factories.events import make_event
from tests.factories.open_sign_up import ask_openly, party, sign_up_openly
from tests.factories.own_questions import make_own_question
from tests.factories.rsvp import answer_for, give_answer, make_household, token_of

_TRIPS = ("Til Krøderbanen", "Til Haugfoss", "Til Modum Bad, om det ikke regner")


def asking_event(**place: Any) -> dict[str, str]:
    """Make the event at `place`, its questions and its two households; return what stands in the addresses."""
    event = make_event(slug="tur-i-modum", title="Tur i Modum", is_open_sign_up=True, capacity=60, **place)
    trip = make_own_question(
        event, text="Hvilken tur vil dere være med på?", kind=QuestionKind.ONE, choices=_TRIPS, is_required=True
    )
    size = make_own_question(
        event, text="Størrelse på T-skjorta", kind=QuestionKind.ONE, choices=("Barn", "S", "M", "L"),
        asked_of=AskedOf.PERSON, is_required=True,
    )  # fmt: skip
    clubs = make_own_question(
        event, text="Hvilke lag vil dere høre mer om?", kind=QuestionKind.SEVERAL,
        choices=("Idrettslaget", "Koret", "Turlaget"), hint="Vi gir ikke navnet deres videre.",
    )  # fmt: skip
    cars = make_own_question(event, text="Hvor mange biler kommer dere med?", kind=QuestionKind.NUMBER)
    words = make_own_question(event, text="Hva håper dere å få svar på?")
    service.act(event.id, cars, service.Act.RETIRE, actor=COMMAND, now=NOW)
    db.session.commit()
    asked, replied = make_household(event), make_household(event, ("Mari", "Jon"))
    first, second = (one.invitee_id for one in answer_for(replied, True, True).choices)
    replies = (
        Reply(trip, _TRIPS[:1]),
        Reply(size, ("M",), 1, first),
        Reply(size, ("L",), 2, second),
        Reply(clubs, ("Koret", "Turlaget")),
        Reply(words, ("Om barnehageplass, og om det går buss til Drammen om kvelden",)),
    )
    given = answer_for(replied, True, True, replies=replies)
    give_answer(replied, given)
    confirms = ask_openly(event, party("Ida", email="per@gjest.example"))
    return {
        "own_party": sign_up_openly(event, party("Ida", "Per", extra_children=1, replies=(Reply(trip, _TRIPS[:1]),))),
        "open_token": confirms,
        "slug_asks": event.slug,
        "own_question_id": str(clubs),
        "asked": token_of(asked),
        "replied": token_of(replied),
    }
