"""What a made-up household answers, and when and where it comes in. Pure: a random source in, values out.

Shares are those of such evenings elsewhere: about half answer a letter, most of them with a yes, and one in five of
those who said yes stays at home.
"""

from collections.abc import Sequence
from random import Random

from outreach.rsvp.answer import Answer, Guest, NeedKind, NeedWish, PersonChoice, everybody_declines

DOORS = ("Hovedinngang", "Sideinngang")
_ANSWERS = 0.55
_YES = 0.74
_COMES_ALONG = 0.82
_LEAVES_EMAIL = 0.6
_HAS_NEED = 0.25
STAYS_AWAY = 0.2
TWO_DOORS = 0.03
# Of sixty households, the few that have told us which language they read.
_TOLD = {7: "uk", 19: "pl", 31: "en", 43: "ar", 55: "nn"}
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


def reply(guests: Sequence[Guest], number: int, random: Random) -> Answer | None:
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
        extra_children=1 if random.random() < 0.04 else 0,
        needs=(random.choice(_NEEDS),) if random.random() < _HAS_NEED else (),
        email=f"gjest{number}@gjest.example" if random.random() < _LEAVES_EMAIL else None,
    )


def letter_language_of(number: int) -> str:
    """Return the language that household `number` has said it reads, or "" for the many that have said nothing."""
    return _TOLD.get(number % 60, "")


def language_of(number: int) -> str:
    """Return the language in which household `number` reads its pages."""
    return ("nb", "nb", "nb", "nb", "en", "nn")[number % 6]
