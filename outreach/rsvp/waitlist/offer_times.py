"""How a party is told of free places, when, and until when it can say yes. Pure.

In: when the places became free, the setting's hours, when the event begins. Out: times in UTC. Nobody is woken: what is
offered at night is told in the morning, and no offer ends before people have been up for a while. Whom we must phone is
offered for as long as it takes until the office has had its hours to call.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from outreach.formats.norwegian_dates import OSLO

_WAKE, _SLEEP = time(8), time(21)
_EARLIEST_END = time(10)
_OFFICE_OPENS, _OFFICE_CLOSES = time(9), time(15)
_SATURDAY = 5
_AT_HAND = timedelta(hours=16)


class ToldBy(StrEnum):
    """How the household hears of its offer. `phone`: it left no address, so staff call."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"


@dataclass(frozen=True)
class OfferTimes:
    """When a message may leave, and when the offer ends; both zone-aware in UTC."""

    told_at_utc: datetime
    ends_at_utc: datetime


def best_way(*, has_email: bool, has_mobile: bool) -> ToldBy:
    """Return how a household with these contacts is told."""
    if has_email:
        return ToldBy.EMAIL
    return ToldBy.SMS if has_mobile else ToldBy.PHONE


def offer_times(now: datetime, *, hours: int, told_by: ToldBy, starts_at_utc: datetime) -> OfferTimes:
    """Return the times of an offer made `now` that stands for `hours`, at the latest until the event begins."""
    local = now.astimezone(OSLO)
    if told_by is ToldBy.PHONE:
        told = _office_hour(local)
        ends = _working_day(_awake(told + timedelta(hours=hours)))
    else:
        told = _morning(local)
        ends = _awake(told + timedelta(hours=hours))
    start = starts_at_utc.astimezone(OSLO)
    return OfferTimes(*(min(moment, start).astimezone(now.tzinfo) for moment in (told, ends)))


def text_time(now: datetime, *, starts_at_utc: datetime) -> datetime:
    """Return when an SMS of what changed `now` may leave, in UTC: nobody is woken, unless the event is at hand."""
    if starts_at_utc - now <= _AT_HAND:
        return now
    return _morning(now.astimezone(OSLO)).astimezone(now.tzinfo)


def _morning(moment: datetime) -> datetime:
    """Return `moment`, or eight o'clock when people sleep."""
    if moment.time() >= _SLEEP:
        return _at(moment + timedelta(days=1), _WAKE)
    return _at(moment, _WAKE) if moment.time() < _WAKE else moment


def _awake(moment: datetime) -> datetime:
    """Return `moment`, or ten o'clock when it is between nine in the evening and ten."""
    if moment.time() >= _SLEEP:
        return _at(moment + timedelta(days=1), _EARLIEST_END)
    return _at(moment, _EARLIEST_END) if moment.time() < _EARLIEST_END else moment


def _office_hour(moment: datetime) -> datetime:
    """Return `moment`, or when the office opens next."""
    if moment.time() >= _OFFICE_CLOSES:
        moment = _at(moment + timedelta(days=1), _OFFICE_OPENS)
    elif moment.time() < _OFFICE_OPENS:
        moment = _at(moment, _OFFICE_OPENS)
    while moment.weekday() >= _SATURDAY:
        moment = _at(moment + timedelta(days=1), _OFFICE_OPENS)
    return moment


def _working_day(moment: datetime) -> datetime:
    """Return `moment`, or when the office closes on the Monday after a weekend."""
    while moment.weekday() >= _SATURDAY:
        moment = _at(moment + timedelta(days=1), _OFFICE_CLOSES)
    return moment


def _at(moment: datetime, clock: time) -> datetime:
    return datetime.combine(moment.date(), clock, tzinfo=OSLO)
