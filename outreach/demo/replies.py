"""What a made-up household answers, and when and where it comes in. Pure: a random source in, values out.

Shares are those of such evenings elsewhere: about half answer a letter, most of them with a yes, and one in five of
those who said yes stays at home.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from outreach.rsvp.answer import NOBODY, Answer, Brought, Guest, NeedKind, NeedWish, PersonChoice, everybody_declines
from outreach.rsvp.own_questions.own_question import AskedOf, OwnQuestion, QuestionKind, Reply, Wording

DOORS = ("Hovedinngang", "Sideinngang")
_ANSWERS = 0.55
_YES = 0.74
_COMES_ALONG = 0.82
_LEAVES_EMAIL = 0.6
_HAS_NEED = 0.25
STAYS_AWAY = 0.2
# Who signs up for the coming evening by the poster, with how many children.
SIGNED_UP = (("Ingrid", "Tor"), 2), (("Amina",), 0), (("Lars", "Kari", "Jonas"), 0), (("Elsa",), 1)
_REPLIES = 0.7
_CHOOSES = 0.4
_WORDS = ("Barnehage", "Hvor vi finner turkart", "Buss til Drammen", "Norskkurs", "Jobb i kommunen")
# What the coming evening asks its guests.
QUESTIONS = (
    Wording(
        "Hvilke lag vil dere høre mer om?", "Vi gir ikke navnet deres videre.", QuestionKind.SEVERAL, AskedOf.HOUSEHOLD,
        is_required=False, choices=("Idrettslag", "Korps og kor", "Turlag", "Frivilligsentralen"),
    ),
    Wording("Hva håper dere å få svar på?", "", QuestionKind.TEXT, AskedOf.HOUSEHOLD, is_required=False),
)  # fmt: skip
TWO_DOORS = 0.03
# Of sixty households, the few that have told us which language they read.
_TOLD = {7: "uk", 19: "pl", 31: "en", 43: "ar", 55: "nn"}
# The further language that the demo's coming event has chosen, and the three of every page.
PAGES_IN = ("nb", "nn", "en", "uk")
_NEEDS = (
    NeedWish(NeedKind.DIET, "Vegetar"),
    NeedWish(NeedKind.DIET, "Halal"),
    NeedWish(NeedKind.ALLERGY, "Nøtter"),
    NeedWish(NeedKind.ALLERGY, "Gluten"),
    NeedWish(NeedKind.INTERPRETER, "Polsk"),
    NeedWish(NeedKind.INTERPRETER, "Tigrinja"),
    NeedWish(NeedKind.WHEELCHAIR),
    NeedWish(NeedKind.HEARING_LOOP),
    NeedWish(NeedKind.TRANSPORT, "Fra Geithus"),
)


def reply(guests: Sequence[Guest], number: int, random: Random, questions: Sequence[OwnQuestion] = ()) -> Answer | None:
    """Return the answer of household `number`, None when it does not answer."""
    if not guests or random.random() > _ANSWERS:
        return None
    if random.random() > _YES:
        return everybody_declines(tuple(guests))
    others = (random.random() < _COMES_ALONG for _ in guests[1:])
    coming = (True, *others)
    choices = tuple(
        PersonChoice(guest.invitee_id, guest.position, is_coming=comes)
        for guest, comes in zip(guests, coming, strict=True)
    )
    return Answer(
        choices=choices,
        brought=Brought(school=1) if random.random() < 0.04 else NOBODY,
        needs=(replace(random.choice(_NEEDS), position=1),) if random.random() < _HAS_NEED else (),
        email=f"gjest{number}@gjest.example" if random.random() < _LEAVES_EMAIL else None,
        replies=tuple(
            Reply(question.id, _words(question, random)) for question in questions if random.random() < _REPLIES
        ),
    )


def _words(question: OwnQuestion, random: Random) -> tuple[str, ...]:
    if question.kind is QuestionKind.SEVERAL:
        chosen = [choice for choice in question.choices if random.random() < _CHOOSES]
        return tuple(chosen) or question.choices[:1]
    return (random.choice(question.choices or _WORDS),)


def letter_language_of(number: int) -> str:
    """Return the language that household `number` has said it reads, or "" for the many that have said nothing."""
    return _TOLD.get(number % 60, "")


def language_of(number: int) -> str:
    """Return the language in which household `number` reads its pages: one that it told us, where pages are in it."""
    if (told := letter_language_of(number)) in PAGES_IN:
        return told
    return ("nb", "nb", "nb", "nb", "en", "nn")[number % 6]
