"""What made-up young people tell the contact point. Pure: names and a random source in, details out."""

from random import Random

from outreach.audience.interest import Interest
from outreach.contact_point.sign_up import Details, Purpose
from outreach.events.study_place import StudyPlace
from outreach.outbox.states import Channel

COUNT = 24
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
