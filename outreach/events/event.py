"""What an event is and when its details can be used. In: what staff entered. Out: all faults at once, or none.

Times are local to Europe/Oslo when people type them and UTC everywhere else. An hour that the clocks skip in March is
refused; the hour that comes twice in October means the first one. Slugs follow what Norwegians write without æ, ø, å.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from outreach.errors import N_, OutreachError
from outreach.events.programme import faults as line_faults

OSLO = ZoneInfo("Europe/Oslo")
USUAL_LENGTH = timedelta(hours=3)
LONGEST = timedelta(days=14)
# Food is ordered three days before.
USUAL_ANSWER_DAYS = 3
MOST_PERSONS = 100_000
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTHS = range(3, 81)
_LONGEST_TEXT = {
    "title": 120,
    "venue": 120,
    "venue_address": 200,
    "access_information": 2_000,
    "nearest_stop": 200,
    "parking": 200,
    "description": 5_000,
    "programme": 5_000,
}
# Limits of one kind of guest, on top of the capacity.
SPLIT = ("capacity_adults", "capacity_children", "capacity_wheelchairs")
_ONE_LINE = ("title", "venue", "venue_address", "nearest_stop", "parking")


class Kind(StrEnum):
    """What sort of event: the welcome evening, a meetup in a student city, or a gathering at home."""

    NY_I_MODUM = "ny-i-modum"
    MEETUP = "meetup"
    GATHERING = "gathering"


class State(StrEnum):
    """A draft is seen by staff only; a cancelled event keeps its page, which says so."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class City(StrEnum):
    """Where: each city has a calendar feed of its own."""

    MODUM = "modum"
    OSLO = "oslo"
    BERGEN = "bergen"
    TRONDHEIM = "trondheim"


class Brings(StrEnum):
    """Whom guests may bring along who is not asked: nobody, children, or anybody."""

    NOBODY = "nobody"
    CHILDREN = "children"
    ANYBODY = "anybody"


@dataclass(frozen=True)
class EventDetails:
    """What staff decide about an event. `description` is Markdown; `programme`: see that module. `capacity` None: no
    limit.

    `answer_by` is the last day, inclusive, on which guests answer. `is_open_sign_up`: anybody may sign up.
    `capacity_adults` and so on: the most of one kind, 0 for none of it; None: no limit of that kind. `brings`: whom
    guests may bring along.
    """

    slug: str
    kind: Kind
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    venue: str
    answer_by: date
    venue_address: str = ""
    access_information: str = ""
    city: City = City.MODUM
    capacity: int | None = None
    description: str = ""
    programme: str = ""
    is_open_sign_up: bool = False
    capacity_adults: int | None = None
    capacity_children: int | None = None
    capacity_wheelchairs: int | None = None
    brings: Brings = Brings.CHILDREN
    nearest_stop: str = ""
    parking: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: bokmål source text with its values."""

    field: str
    message: str
    values: dict[str, int]


class EventDetailsError(OutreachError):
    """The details cannot be used. `faults` holds each reason; the message is all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{fault.field}: {fault.message % fault.values}" for fault in faults))


class SkippedHourError(OutreachError):
    """The time does not exist: the clocks were put forward over it."""

    message = N_("Dette klokkeslettet finnes ikke, fordi klokka stilles fram denne natta. Velg kl. 03.00 eller senere.")


class SlugTakenError(OutreachError):
    """Another event has this web address."""

    message = N_("Et annet arrangement har allerede denne nettadressen. Velg en annen.")
    http_status = 409


def oslo_moment(local: datetime) -> datetime:
    """Return the UTC moment of `local`, a naive time in Europe/Oslo. Raises SkippedHourError."""
    moment = local.replace(tzinfo=OSLO, fold=0).astimezone(UTC)
    if moment.astimezone(OSLO).replace(tzinfo=None) != local:
        raise SkippedHourError
    return moment


def oslo_day(moment_utc: datetime) -> date:
    """Return the day of `moment_utc` in Europe/Oslo."""
    return moment_utc.astimezone(OSLO).date()


def oslo_iso(moment_utc: datetime) -> str:
    """Return `moment_utc` in Europe/Oslo as ISO 8601 to the minute, with its offset."""
    return moment_utc.astimezone(OSLO).isoformat(timespec="minutes")


def usual_answer_by(starts_at_utc: datetime, today: date) -> date:
    """Return three days before the event; when that has passed, today, but never after the day of the event."""
    day = starts_at_utc.astimezone(OSLO).date()
    return max(day - timedelta(days=USUAL_ANSWER_DAYS), min(today, day))


def page_path(slug: str, *, is_open_sign_up: bool) -> str:
    """Return where an event's posters lead: to signing up when anybody may, else to its page."""
    return f"/arrangement/{slug}/pamelding" if is_open_sign_up else f"/arrangement/{slug}"


def slug_of(title: str) -> str:
    """Return `title` as the end of a web address: lower case, æ as ae, ø as o, å as a; at most 80 characters."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", title).lower().translate(_LETTERS))
    plain = text.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")


def one_line(text: str) -> str:
    """Return `text` in Unicode NFC with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_block(text: str) -> str:
    """Return `text` in Unicode NFC with line ends as LF and nothing empty around it."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def check(details: EventDetails, *, known_programme: str = "") -> None:
    """Raise EventDetailsError with every fault of `details`.

    `known_programme`: one that stands already, and may be of a time when lines were not read.
    """
    programme = () if details.programme == known_programme else line_faults(details.programme)
    faults = (
        *_slug_faults(details),
        *_text_faults(details),
        *_time_faults(details),
        *_number_faults(details),
        *(Fault("programme", fault.message, {"line": fault.line}) for fault in programme),
    )
    if faults:
        raise EventDetailsError(faults)


def _slug_faults(details: EventDetails) -> Iterator[Fault]:
    if len(details.slug) not in _SLUG_LENGTHS or not _SLUG.fullmatch(details.slug):
        message = N_("Nettadressen kan bare ha små bokstaver a–z, tall og bindestrek, og må ha 3 til 80 tegn.")
        yield Fault("slug", message, {})


def _text_faults(details: EventDetails) -> Iterator[Fault]:
    if len(details.title) < 3:
        yield Fault("title", N_("Skriv en tittel på minst 3 tegn."), {})
    if not details.venue:
        yield Fault("venue", N_("Skriv hvor arrangementet er."), {})
    for field, most in _LONGEST_TEXT.items():
        text = getattr(details, field)
        if len(text) > most:
            yield Fault(field, N_("Teksten er for lang. Den kan ha høyst %(most)s tegn."), {"most": most})
        if _has_hidden_characters(text, field in _ONE_LINE):
            yield Fault(field, N_("Teksten har usynlige styretegn. Skriv den på nytt."), {})


def _has_hidden_characters(text: str, one_line: bool) -> bool:
    allowed = "" if one_line else "\n\r\t"
    return any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char not in allowed for char in text)


def _time_faults(details: EventDetails) -> Iterator[Fault]:
    if details.ends_at_utc <= details.starts_at_utc:
        yield Fault("ends", N_("Slutten må være etter starten."), {})
    elif details.ends_at_utc - details.starts_at_utc > LONGEST:
        yield Fault("ends", N_("Arrangementet varer lenger enn 14 dager. Se over datoene."), {})
    if details.answer_by > details.ends_at_utc.astimezone(OSLO).date():
        yield Fault("answer_by", N_("Svarfristen må være senest samme dag som arrangementet."), {})


def _number_faults(details: EventDetails) -> Iterator[Fault]:
    if details.capacity is not None and not 1 <= details.capacity <= MOST_PERSONS:
        yield Fault("capacity", N_("Antall plasser må være fra 1 til %(most)s."), {"most": MOST_PERSONS})
    most = MOST_PERSONS if details.capacity is None else details.capacity
    for field in SPLIT:
        number = getattr(details, field)
        if number is not None and not 0 <= number <= most:
            yield Fault(field, N_("Antallet må være fra 0 til %(most)s, som er plassene i alt."), {"most": most})
