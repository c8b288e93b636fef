"""Figures of evenings of earlier years, made up so that they add up as counted ones do. Pure: a random source in.

Their people are long erased in the story that the demo tells, so figures are all there is of them.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from outreach.demo.evenings import moment, past_evening
from outreach.events.event import City, EventDetails, Kind
from outreach.reports.beside import interests_of, offers_of, partners_of
from outreach.reports.figures import NO, YES, CountedGroup, Figures, Key, arrivals_of, days_of, parts_of, waitlist_of
from outreach.reports.funnel import Funnel
from outreach.surveys.survey import OPTION_WORDS

YEARS = 4
_POSTCODES = ("3320", "3330", "3340", "3350", "3360", "3370")
_SATISFIED = (32, 15, 6, 1)


def events_of(today: date, back: int) -> tuple[EventDetails, EventDetails]:
    """Return the meetup in Oslo and the evening of the year that was `back` years before `today`."""
    year, usual = today.year - back, past_evening(today)
    meetup = replace(
        usual,
        slug=f"treff-oslo-{year}",
        title=f"Treff i Oslo {year}",
        kind=Kind.MEETUP,
        city=City.OSLO,
        venue="Kafé Elvekanten (oppdiktet)",
        venue_address="Oppdiktaveien 2, 0186 Oslo",
    )
    evening = replace(usual, slug=f"kveld-{year}", title=f"Ny i Modum-kveld {year}")
    return _on(meetup, date(year, 3, 12)), _on(evening, date(year, 10, 22))


def figures_of(details: EventDetails, random: Random, *, households: int) -> Figures:
    """Return figures of an event to which so many households were invited."""
    groups = [_household(random, is_away=details.kind is Kind.MEETUP) for _ in range(households)]
    invited, delivered = sum(one.invited for one in groups), sum(one.delivered for one in groups)
    answered, attending = sum(one.answered for one in groups), sum(one.attending for one in groups)
    attended = sum(one.attended for one in groups)
    funnel = Funnel(
        invited=invited,
        delivered=delivered,
        returned=invited - delivered,
        answered=answered,
        unanswered=invited - answered,
        coming=attending,
        declined=answered - attending,
        attending=attending,
        attended=attended,
        no_show=attending - attended,
        walk_ins=random.randint(0, 12),
    )
    parts = parts_of(groups)
    asked = details.starts_at_utc.replace(minute=0) - timedelta(days=24)
    answers = [asked + timedelta(days=min(random.expovariate(0.25), 19)) for one in groups if one.answered]
    parts.update(days_of(Counter(at.replace(minute=0, second=0, microsecond=0) for at in answers)))
    came = [details.starts_at_utc + timedelta(minutes=int(random.gauss(0, 14))) for _ in range(attended)]
    parts.update(arrivals_of(Counter(came), starts_at_utc=details.starts_at_utc))
    parts.update(waitlist_of({"seated": random.randint(5, 9), "expired": random.randint(0, 3)}))
    if details.kind is Kind.NY_I_MODUM:
        parts.update(_beside(random))
    return Figures(funnel.checked(), parts)


def _beside(random: Random) -> Counter[Key]:
    """Return who took part in an evening, what they offered, and what guests left at the stands."""
    rows = [
        ("stand", "club", "confirmed", random.randint(9, 16)),
        ("stand", "business", "confirmed", random.randint(6, 11)),
        ("stand", "public", "confirmed", random.randint(5, 8)),
        ("stand", "club", "declined", random.randint(1, 6)),
        ("stand", "business", "asked", random.randint(0, 3)),
        ("speaker", "council", "confirmed", 1),
    ]
    found = partners_of(rows)
    found.update(offers_of({"job": random.randint(5, 9), "summer_job": random.randint(2, 6), "volunteer": 7}))
    found.update(interests_of({"work": random.randint(8, 20), "join": random.randint(12, 30), "plot": 3}))
    return found


def opinion(random: Random) -> dict[str, str]:
    """Return what one guest thought, mostly well."""
    asked = OPTION_WORDS.items()
    return {one.value: random.choices(list(options), _SATISFIED[: len(options)])[0] for one, options in asked}


def _on(details: EventDetails, day: date) -> EventDetails:
    return replace(
        details, starts_at_utc=moment(day, 18), ends_at_utc=moment(day, 21), answer_by=day - timedelta(days=4)
    )


def _household(random: Random, *, is_away: bool) -> CountedGroup:
    """Return a household as a group of its own: about half answer, three in four of them with a yes."""
    persons = 1 if is_away else random.choices((1, 2, 3, 4, 5), (40, 25, 14, 14, 7))[0]
    has_children = persons > 2
    answers, says_yes = random.random() < 0.55, random.random() < 0.74
    language = random.choices(("nb", "nn", "en"), (75, 8, 17))[0] if answers else ""
    postcode = random.choices(_POSTCODES, (6, 9, 20, 8, 22, 35))[0]
    coming = persons if answers and says_yes else 0
    buckets = (
        postcode,
        "letter",
        language,
        random.choices("12", (70, 30))[0],
        "young-away" if is_away else "moved-in",
        YES if has_children else NO,
    )
    return CountedGroup(
        buckets,
        households=1,
        invited=persons,
        delivered=0 if random.random() < 0.03 else persons,
        answered=persons if answers else 0,
        attending=coming,
        attended=coming if random.random() < 0.82 else 0,
    )
