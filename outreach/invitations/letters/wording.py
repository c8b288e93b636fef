"""The letter's words in each language, one sheet with the same facts in all of them. Pure.

Contents: who asks, what, when, where, how to answer with and without the internet, and what GDPR article 14 requires
when data does not come from the person: source, purpose, basis, storage, rights, complaint. Texts: texts.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from outreach.events.event import Kind
from outreach.events.getting_there import on_one_line
from outreach.events.series.meetups import Choice, last_days, told
from outreach.formats.norwegian_dates import calendar_leaf, date_time, long_date, time_of_day
from outreach.invitations.letters import texts
from outreach.invitations.letters.addressing import listed
from outreach.invitations.letters.languages.catalogues import voice
from outreach.invitations.letters.languages.choice import NORWEGIAN

# What a region adds to a language's code for a screen reader (BCP 47); a language without one is read as it is.
_REGIONS = {"nb": "NO", "nn": "NO", "en": "GB", "uk": "UA", "pl": "PL"}


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What every letter of one build says alike. `today` is the date of the letter, `erased_on` when data is gone.

    `is_reminder`: the household has had the invitation, and nobody there has answered. `choice`: the meetups of a
    series that it may choose between, else None; `title` is that of the series then.
    """

    kind: Kind
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    venue_address: str
    access_information: str
    answer_by: date
    organisation: str
    organisation_number: str
    organisation_address: str
    municipality: str
    phone: str
    hours: str
    email: str
    public_url: str
    today: date
    erased_on: date
    is_reminder: bool = False
    choice: Choice | None = None

    @property
    def answer_url(self) -> str:
        """Return where the code is typed."""
        return f"{self.public_url}/svar"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side's texts; `greetings` is a template with `%(names)s`, the invitation has one form for one, one for many.

    `joint` stands before the last of several names; `region` may be None.
    """

    language: str
    region: str | None
    title: str
    greetings: str
    joint: str
    invitation_to_one: str
    invitation_to_many: str
    facts: tuple[tuple[str, str], ...]
    answer_heading: str
    answers: tuple[str, ...]
    code_label: str
    sender_label: str
    qr_alt: str
    privacy_heading: str
    privacy: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The few lines of a language that shares the back with others."""

    language: str
    region: str | None
    title: str
    facts: tuple[tuple[str, str], ...]
    answer: str
    code_label: str
    privacy: str


@dataclass(frozen=True, kw_only=True)
class Slip:
    """The reply slip's texts, in one language or two. `choices`: the meetups to tick, none outside a series."""

    heading: str
    lead: str
    code_label: str
    yes: str
    choices: tuple[str, ...]
    no: str
    fields: tuple[str, ...]
    return_label: str
    return_to: str


def greeting(side: Side, first_names: tuple[str, ...]) -> str:
    """Return the greeting of one household by first names."""
    return side.greetings % {"names": listed(first_names, side.joint)}


def invitation(side: Side, number: int) -> str:
    """Return the paragraph that asks `number` persons."""
    return side.invitation_to_many if number > 1 else side.invitation_to_one


# A file of letters asks for the same few again and again.
@lru_cache(maxsize=64)
def side(about: Occasion, language: str) -> Side:
    """Return the whole letter in `language`, one that has every text."""
    say, values = voice(language), _values(about, language)
    to_one, to_many = _invitations(about, language)
    return Side(
        language=language,
        region=_REGIONS.get(language),
        title=_title(about, language),
        greetings=say(texts.GREETING),
        joint=say(texts.AND),
        invitation_to_one=to_one,
        invitation_to_many=to_many,
        facts=_facts(about, language),
        answer_heading=say(texts.ANSWER_HEADING),
        answers=tuple(say(text) % values for text in texts.ANSWERS),
        code_label=say(texts.CODE),
        sender_label=say(texts.SENDER),
        qr_alt=say(texts.QR_ALT),
        privacy_heading=say(texts.PRIVACY_HEADING),
        privacy=tuple(say(text) % values for text in texts.PRIVACY),
    )


def brief(about: Occasion, language: str) -> Brief:
    """Return the few lines in `language`."""
    say, values = voice(language), _values(about, language)
    answer = say(texts.BRIEF_ANSWER) % values
    return Brief(
        language=language,
        region=_REGIONS.get(language),
        title=_title(about, language),
        facts=tuple(fact for fact in _facts(about, language) if fact[0] != say(texts.ACCESS)),
        answer=f"{say(texts.BRIEF_CHOOSE)} {answer}" if about.choice else answer,
        code_label=say(texts.CODE),
        privacy=say(texts.BRIEF_PRIVACY) % values,
    )


def slip(about: Occasion, languages: tuple[str, ...]) -> Slip:
    """Return the reply slip for those without the internet, in one language or two."""

    def both(text: str) -> str:
        return " / ".join(dict.fromkeys(voice(language)(text) for language in languages))

    return Slip(
        heading=both(texts.SLIP_HEADING),
        lead=about.title if about.choice else f"{about.title}, {long_date(about.starts_at_utc.date(), languages[0])}",
        code_label=both(texts.SLIP_CODE),
        yes=both(texts.SLIP_YES_TO if about.choice else texts.SLIP_YES),
        choices=_boxes(about.choice, languages[0]) if about.choice else (),
        no=both(texts.SLIP_NO),
        fields=tuple(map(both, texts.SLIP_FIELDS)),
        return_label=both(texts.SLIP_RETURN),
        return_to=f"{about.organisation}, {about.organisation_address}",
    )


def _values(about: Occasion, language: str) -> dict[str, str]:
    """Return what fills the places of the texts. The desk's hours are typed in Norwegian, and stand in no other."""
    return {
        "place": about.municipality,
        "organisation": about.organisation,
        "answer_url": about.answer_url,
        "public_url": about.public_url,
        "phone": about.phone,
        "call": f"{about.phone} ({about.hours})" if language in NORWEGIAN else about.phone,
        "email": about.email,
        "erased_on": long_date(about.erased_on, language),
    }


def _title(about: Occasion, language: str) -> str:
    say = voice(language)
    if about.is_reminder:
        return say(texts.REMINDER) % {"title": about.title}
    is_welcome = about.title.casefold().startswith("velkommen")
    return about.title if is_welcome else say(texts.WELCOME) % {"title": about.title}


def _invitations(about: Occasion, language: str) -> tuple[str, str]:
    """Return the paragraph that asks one person, and the one that asks several."""
    say, values = voice(language), _values(about, language)
    asks = texts.REMINDS if about.is_reminder else texts.ASKS.get(about.kind, texts.ASKS[Kind.GATHERING])
    one, many = (say(text) % values for text in asks)
    if about.choice:
        to_one, to_many = map(say, texts.CHOOSES)
        return f"{one} {to_one}", f"{many} {to_many}"
    return one, many


def _boxes(choice: Choice, language: str) -> tuple[str, ...]:
    """Return what stands at each box of the slip: city and day, which tell any two meetups apart."""
    return tuple(f"{each.city_name} {_day(each.starts_at_utc, language)}" for each in choice.meetups)


def _day(moment_utc: datetime, language: str) -> str:
    day, month = calendar_leaf(moment_utc, language)
    return f"{day} {month}" if language not in NORWEGIAN else f"{day}. {month}"


def _facts(about: Occasion, language: str) -> tuple[tuple[str, str], ...]:
    say = voice(language)
    if about.choice:
        # The way in is of one place, and stands on the page of each.
        return (*told(about.choice, language), (say(texts.ANSWER_BY), last_days(about.choice, language)))
    until = time_of_day(about.ends_at_utc, language).removeprefix("kl. ")
    where = on_one_line(about.venue, about.venue_address)
    access = about.access_information.split("\n")[0] if language in NORWEGIAN else ""
    facts = (
        (texts.WHEN, f"{date_time(about.starts_at_utc, language)}–{until}"),
        (texts.WHERE, where),
        (texts.ACCESS, access),
        (texts.ANSWER_BY, long_date(about.answer_by, language)),
    )
    return tuple((say(label), text) for label, text in facts if text)
