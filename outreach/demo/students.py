"""What made-up young people tell the contact point, and what they answer when they are asked to a meetup. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from outreach.audience.interest import Interest
from outreach.contact_point.sign_up import Details, Purpose
from outreach.events.event import City
from outreach.events.study_place import StudyPlace
from outreach.outbox.states import Channel
from outreach.rsvp.answer import Answer, Guest, PersonChoice, everybody_declines

COUNT = 24
# Those of the contact point who have told us that they live in Modum again.
HAVE_COME_HOME = (5, 11)
# How many households answer the letter about the meetups.
ANSWERS = 60
_SCHOOLS = {
    StudyPlace.OSLO: ("Universitetet i Oslo", "OsloMet", "BI"),
    StudyPlace.BERGEN: ("Universitetet i Bergen", "Høgskulen på Vestlandet"),
    StudyPlace.TRONDHEIM: ("NTNU",),
    StudyPlace.OTHER: ("USN Drammen", "Fagskolen i Viken"),
}
_PROGRAMMES = ("Sykepleie", "Lærer", "Bygg", "Informatikk", "Økonomi", "Elektriker, lærling", "")
_WAYS = ("friend", "letter", "social", "")
_ONLY_NEWS = 0.2
_BY_SMS = 0.25


@dataclass(frozen=True)
class Reply:
    """What a household does: comes or not, in another `city` than the letter's, or tells where the young one lives."""

    is_coming: bool = True
    city: City | None = None
    lives_in: StudyPlace | None = None


_REPLIES = (
    Reply(),
    Reply(city=City.BERGEN),
    Reply(is_coming=False),
    Reply(),
    Reply(city=City.TRONDHEIM),
    Reply(lives_in=StudyPlace.BERGEN),
    Reply(),
    None,
    Reply(lives_in=StudyPlace.OTHER),
    None,
)


def reply(number: int) -> Reply | None:
    """Return what household `number` does, None for one that stays silent."""
    return _REPLIES[number % len(_REPLIES)]


def answer(guests: Sequence[Guest], number: int, *, is_coming: bool) -> Answer:
    """Return the answer of household `number` for all of its `guests`; two of three leave an e-mail address."""
    if not is_coming:
        return everybody_declines(tuple(guests))
    choices = tuple(PersonChoice(guest.invitee_id, guest.position, is_coming=True) for guest in guests)
    return Answer(choices=choices, email=f"ung{number}@student.example" if number % 3 else None)


def student(number: int, name: str, birth_year: int, this_year: int, random: Random) -> Details:
    """Return what the student `number` fills in."""
    city = random.choice([*StudyPlace, StudyPlace.OSLO, StudyPlace.OSLO])
    by_sms = random.random() < _BY_SMS
    interests = random.sample(list(Interest), random.randint(1, 4))
    is_only_news = random.random() < _ONLY_NEWS
    way = random.choice(_WAYS)
    return Details(
        name=name,
        birth_year=birth_year,
        city=city,
        school=random.choice(_SCHOOLS[city]),
        programme=random.choice(_PROGRAMMES),
        finishing_year=this_year + random.randint(0, 4) if random.random() < 0.85 else None,
        interests=frozenset(interests),
        purposes=frozenset({Purpose.NEWS}) if is_only_news else frozenset(Purpose),
        channel=Channel.SMS if by_sms else Channel.EMAIL,
        contact=f"+4799900{number:03}" if by_sms else f"student{number}@student.example",
        language=("nb", "nb", "nb", "nn", "en")[number % 5],
        heard_by=way or (city.value if city is not StudyPlace.OTHER else ""),
    )
