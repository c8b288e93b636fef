"""Dates and times as people read them, in nb, nn, en and any language that Babel knows. Moments come in as UTC.

In bokmål "torsdag 26. november 2026 kl. 18.00", with a full stop in the time as Språkrådet's rules have it.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

OSLO = ZoneInfo("Europe/Oslo")
_DATE = {"nb": "EEEE d. MMMM y", "nn": "EEEE d. MMMM y", "en": "EEEE d MMMM y", "uk": "EEEE, d MMMM y"}
_WITHOUT_COMMA = ("nb", "nn", "en")
_DAY = {"nb": "d. MMMM", "nn": "d. MMMM"}
_TIME = {"nb": "'kl'. HH.mm", "nn": "'kl'. HH.mm", "en": "HH:mm"}
_CLOCK = {"nb": "HH.mm", "nn": "HH.mm"}
_UNTIL = {"nb": "til", "nn": "til", "en": "to"}
# What stands between a date and its time.
_JOINT = {"en": ", ", "uk": " о\u00a0", "pl": ", godz.\u00a0", "ar": "، "}
# A line may break after a dash, so it stands between word joiners; the blank after "kl." is unbreakable too.
_JOINER, _BLANK = "\u2060", "\u00a0"
_DASH = f"{_JOINER}–{_JOINER}"


def long_date(day: date, language: str) -> str:
    """Return `day` with weekday and year."""
    return format_date(day, _DATE.get(language, "full"), locale=language)


def day_and_month(day: date, language: str) -> str:
    """Return `day` without weekday and year: "26. november"."""
    return format_date(day, _DAY.get(language, "d MMMM"), locale=language)


def weekday_and_day(day: date, language: str) -> str:
    """Return `day` with its weekday and without year: "torsdag 26. november"."""
    joint = " " if language in _WITHOUT_COMMA else ", "
    return f"{format_date(day, 'EEEE', locale=language)}{joint}{day_and_month(day, language)}"


def time_of_day(moment_utc: datetime, language: str) -> str:
    """Return the time in Europe/Oslo, 24 hours: "kl. 18.00"."""
    return format_datetime(moment_utc.astimezone(OSLO), _TIME.get(language, "HH:mm"), locale=language)


def date_time(moment_utc: datetime, language: str) -> str:
    """Return date and time in Europe/Oslo."""
    day, joint = moment_utc.astimezone(OSLO).date(), _JOINT.get(language, " ")
    return f"{long_date(day, language)}{joint}{time_of_day(moment_utc, language)}"


def time_span(starts_at_utc: datetime, ends_at_utc: datetime, language: str) -> str:
    """Return when something is, in Europe/Oslo: "torsdag 26. november 2026 kl. 18.00–21.00", the times on one line.

    Over midnight both ends have their date: "… kl. 18.00 til fredag 27. november 2026 kl. 01.00".
    """
    starts, ends = starts_at_utc.astimezone(OSLO), ends_at_utc.astimezone(OSLO)
    if starts.date() != ends.date():
        until = _UNTIL.get(language, "–")
        return f"{date_time(starts, language)} {until} {date_time(ends, language)}"
    joint = _JOINT.get(language, " ")
    first = time_of_day(starts, language).replace(" ", _BLANK)
    last = format_datetime(ends, _CLOCK.get(language, "HH:mm"), locale=language)
    return f"{long_date(starts.date(), language)}{joint}{first}{_DASH}{last}"


def on_paper(text: str) -> str:
    """Return a date or time of this module as a printed line: with a capital, without the joiners that no font has."""
    return (text[:1].upper() + text[1:]).replace(_JOINER, "")


def short_date(day: date, language: str) -> str:
    """Return `day` for narrow columns: "2. nov. 2026"."""
    return format_date(day, "d. MMM y" if language in ("nb", "nn") else "d MMM y", locale=language)


def short_date_time(moment_utc: datetime, language: str) -> str:
    """Return date and time in Europe/Oslo for narrow columns: "2. nov. 2026 kl. 12.00"."""
    return f"{short_date(moment_utc.astimezone(OSLO).date(), language)} {time_of_day(moment_utc, language)}"


def calendar_leaf(moment_utc: datetime, language: str) -> tuple[str, str]:
    """Return day and short month in Europe/Oslo, as on a leaf of a calendar: ("26", "nov.")."""
    day = moment_utc.astimezone(OSLO).date()
    return str(day.day), format_date(day, "MMM", locale=language)
