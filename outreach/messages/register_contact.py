"""What KRR, the contact and reservation register, says of a person, and what of it may be used to write to them. Pure.

Sources: docs.digdir.no, Kontaktregisteret, "Attributter" and "18-månedersregel" (eForvaltningsforskriften §§ 29, 32):
details neither updated nor confirmed for 18 months are not used, and e-mail and mobile each have dates of their own.
Whoever reserved wants paper: the register lets service messages pass all the same, we do not. Any field may be missing
and new values may come: what is not known to be usable is not used.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from outreach.messages.contact import ContactFaultError, subject_of_typed
from outreach.outbox.states import Channel

MOST_PERSONS_ASKED = 1_000
_FRESH_MONTHS = 18
_EMAIL = re.compile(r"[^@\s<>(),;:\\\"\[\]\x00-\x1f\x7f]+@[^@\s<>(),;:\\\"\[\]\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class RegisterContact:
    """Where a person may be written to now: an address, a number, or empty. Never stored, never logged."""

    email: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)

    def at(self, channel: Channel) -> str:
        """Return what `channel` needs, or ""."""
        return {Channel.EMAIL: self.email, Channel.SMS: self.mobile}.get(channel, "")


NOBODY = RegisterContact()


class UnreadableAnswerError(ValueError):
    """The register answered something that is no list of persons."""


def contacts_in(body: bytes, now: datetime) -> dict[str, RegisterContact]:
    """Return by national number what may be used of an answer of the register, also where that is nothing.

    Raises UnreadableAnswerError.
    """
    try:
        persons = json.loads(body)["personer"]
        return {str(person["personidentifikator"]): usable(person, now) for person in persons}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # Without the fault's own text: it would quote the answer.
        raise UnreadableAnswerError from error


def usable(person: Mapping[str, Any], now: datetime) -> RegisterContact:
    """Return where `person`, as the register has it, may be written to at `now`."""
    may_be_told = person.get("status") == "AKTIV" and person.get("varslingsstatus") == "KAN_VARSLES"
    if not may_be_told or person.get("reservasjon") != "NEI":
        return NOBODY
    found = person.get("kontaktinformasjon") or {}
    since = _months_before(now, _FRESH_MONTHS)
    return RegisterContact(
        email=_if_email(_fresh(found, "epostadresse", since)),
        mobile=_if_mobile(_fresh(found, "mobiltelefonnummer", since)),
    )


def first_reached(
    contacts: Sequence[RegisterContact], channels: Sequence[Channel]
) -> tuple[Channel, RegisterContact] | None:
    """Return the first of `channels` by which any of a household can be written to, and the first of them; or None."""
    for channel in channels:
        for contact in contacts:
            if contact.at(channel):
                return channel, contact
    return None


def _fresh(found: Mapping[str, Any], name: str, since: datetime) -> str:
    value = found.get(name)
    moments = (_moment(found.get(f"{name}_{act}")) for act in ("oppdatert", "sist_verifisert"))
    return str(value) if value and any(moment and moment >= since for moment in moments) else ""


def _if_email(text: str) -> str:
    """Return `text` as the register spells it, or "" when it cannot stand in a header."""
    return text if _EMAIL.fullmatch(text) else ""


def _if_mobile(text: str) -> str:
    """Return `text` as E.164, the form under which a number is suppressed, or "" when it is no number."""
    try:
        return subject_of_typed(text) if "@" not in text else ""
    except ContactFaultError:
        return ""


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _months_before(moment: datetime, months: int) -> datetime:
    """Return the same day and time `months` months earlier, or the last day of a shorter month."""
    count = moment.year * 12 + moment.month - 1 - months
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=count // 12, month=count % 12 + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("each month has a first day")
