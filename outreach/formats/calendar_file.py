"""Calendar files (RFC 5545, methods of RFC 5546): entries in, the bytes of one `.ics` out, times in Europe/Oslo.

The time zone is a constant part: generated ones are ten times as slow and eight times as long. The two rules hold from
1996 on (Directive 2000/84/EC and its forerunners), which is before any event of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

OSLO = ZoneInfo("Europe/Oslo")
PRODUCT = "-//Treffpunkt//Treffpunkt//NO"
# What stands as it is in a mailto: URI (RFC 6068, 2): the rest of what an address may have is percent-encoded.
_PLAIN_IN_MAILTO = "@!$'*+-._~="
_EUROPE_OSLO = Timezone.from_ical(
    b"BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\n"
    b"BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19810329T020000\r\n"
    b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
    b"BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19961027T030000\r\n"
    b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


@dataclass(frozen=True)
class CalendarEntry:
    """One entry. `uid` never changes; `sequence` rises with each change that matters; moments are aware UTC.

    `status` is CONFIRMED, TENTATIVE or CANCELLED. `alarm_minutes` before the start reminds the guest; None is silent.
    `sent_by_email`: whose mail it comes in, when that is not the organizer's. `attendee_email`: who is asked by a
    REQUEST or told by a CANCEL, and `is_attendee_coming` what they said last.
    """

    uid: str
    sequence: int
    title: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    changed_at_utc: datetime
    status: str = "CONFIRMED"
    location: str = ""
    description: str = ""
    url: str = ""
    organizer_name: str = ""
    organizer_email: str = ""
    sent_by_email: str = ""
    attendee_email: str = ""
    is_attendee_coming: bool = True
    alarm_minutes: int | None = 24 * 60


def calendar_file(entries: Iterable[CalendarEntry], *, method: str = "PUBLISH", name: str = "") -> bytes:
    """Return one calendar of `entries` in their order. `method`: PUBLISH, REQUEST or CANCEL; a feed shows `name`."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", _one_line(name))
        calendar.add("x-wr-calname", _one_line(name))
    calendar.add_component(_EUROPE_OSLO)
    for entry in entries:
        calendar.add_component(_event(entry, is_request=method == "REQUEST"))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, *, is_request: bool) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at_utc)
    event.add("last-modified", entry.changed_at_utc)
    event.add("dtstart", _local(entry.starts_at_utc))
    event.add("dtend", _local(entry.ends_at_utc))
    event.add("summary", _one_line(entry.title))
    event.add("status", entry.status)
    for field in ("location", "description", "url"):
        if value := getattr(entry, field):
            event.add(field, _text(value))
    _add_organizer(event, entry)
    _add_attendee(event, entry, is_request=is_request)
    if entry.alarm_minutes is not None and entry.status != "CANCELLED":
        event.add_component(_alarm(entry))
    return event


def _local(moment_utc: datetime) -> datetime:
    """Return the moment in Europe/Oslo, or in UTC in the hour that comes twice.

    A local time there means the first (RFC 5545, 3.3.5), but some programs take the second.
    """
    local = moment_utc.astimezone(OSLO)
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment_utc if comes_twice else local


def _add_organizer(event: Event, entry: CalendarEntry) -> None:
    if entry.organizer_email:
        organizer = vCalAddress(_mailto(entry.organizer_email))
        # A quote cannot stand in a parameter, whatever is done to it (RFC 5545 3.2).
        organizer.params["CN"] = vText(_one_line(entry.organizer_name or entry.organizer_email).replace('"', "'"))
        if entry.sent_by_email and entry.sent_by_email != entry.organizer_email:
            # The mail's From is not the organizer's, and this says that it may be so (RFC 6047, 2.2).
            organizer.params["SENT-BY"] = _mailto(entry.sent_by_email)
        event.add("organizer", organizer)


def _add_attendee(event: Event, entry: CalendarEntry, *, is_request: bool) -> None:
    """Add who is asked. Mail programs offer yes and no only to whom the mail is to (RFC 6047, 2.3)."""
    if entry.attendee_email:
        attendee = vCalAddress(_mailto(entry.attendee_email))
        attendee.params["CUTYPE"] = "INDIVIDUAL"
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "ACCEPTED" if entry.is_attendee_coming else "DECLINED"
        if is_request:
            attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee)


def _mailto(address: str) -> str:
    return f"mailto:{quote(_one_line(address), safe=_PLAIN_IN_MAILTO)}"


def _alarm(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(entry.title))
    alarm.add("trigger", timedelta(minutes=-(entry.alarm_minutes or 0)))
    return alarm


def _one_line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Return `text` with bare CR and other control characters gone: they could not be told apart from line ends."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in unified if char in "\n\t" or (ord(char) >= 32 and ord(char) != 127))
