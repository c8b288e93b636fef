"""Phones that scan on their own, with clocks of their own, and get through now and then: all of it is stored, once.

A clock may jump in mid-evening, back or forward. What must come out is reckoned from what the phones made, by simpler
rules than the server's: a scan's moment is the phone's, corrected by how wrong that phone's clock was as it sent it.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, update

from outreach import clock
from outreach.checkin import queries
from outreach.checkin.admission import ScanClass
from outreach.checkin.models import Scan
from outreach.checkin.uploads import service as uploads
from outreach.database import db
from outreach.events.models import Event
from outreach.tickets.models import Ticket
from tests.conftest import NOW
from tests.factories.checkin import Phone, code_of, make_event, make_ticket, pair_phone

# An address of its own for each evening: Python gives the same id to one object after another.
_EVENINGS = count(1)
PARTIES = (1, 2, 5)
CLOCKS = (timedelta(), timedelta(hours=-3), timedelta(minutes=10))
JUMPS = (timedelta(minutes=-90), timedelta(minutes=50))
MACHINE = settings(
    max_examples=12,
    stateful_step_count=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TICKETS, PHONES = st.integers(0, len(PARTIES) - 1), st.integers(0, len(CLOCKS) - 1)


class _Doors(RuleBasedStateMachine):
    """Three phones at three doors: each lets in what it sees, takes back, and sends, with luck or without."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.event: Event
        self.tickets: list[Ticket] = []
        self.phones: list[Phone] = []
        self.waiting: dict[int, list[dict[str, Any]]] = defaultdict(list)
        # What was made: scan id → (moment, door, ticket), the moment by the true clock until it is sent, and how wrong
        # the phone's was; what was taken back; when revoked.
        self.made: dict[str, tuple[datetime, str, int]] = {}
        self.wrong_by: dict[str, timedelta] = {}
        self.undone: set[str] = set()
        self.facts: set[str] = set()
        self.revoked: dict[int, datetime] = {}

    @initialize()
    def begin(self) -> None:
        clock.set_clock(lambda: self.now)
        self.event = make_event(slug=f"kveld-{next(_EVENINGS)}")
        self.tickets = [make_ticket(self.event, persons=persons) for persons in PARTIES]
        client = self.app.test_client()
        doors = zip(("Nord", "Sør", "Øst"), CLOCKS, strict=True)
        self.phones = [pair_phone(client, self.event, door, clock_error=error) for door, error in doors]

    @rule(phone=PHONES, ticket=TICKETS, seconds=st.integers(0, 90))
    def let_in(self, phone: int, ticket: int, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        fact = self.phones[phone].scan(code_of(self.tickets[ticket]), persons=PARTIES[ticket])
        self.made[fact["scan_id"]] = (self.now, fact["door"], ticket)
        self.wrong_by[fact["scan_id"]] = self.phones[phone].clock_error
        self._keep(phone, fact)

    @rule(phone=PHONES, jump=st.sampled_from(JUMPS))
    def jump(self, phone: int, jump: timedelta) -> None:
        self.phones[phone].clock_error += jump

    @rule(phone=PHONES, data=st.data())
    def take_back(self, phone: int, data: st.DataObject) -> None:
        door = self.phones[phone].door
        own = [scan_id for scan_id, made in self.made.items() if made[1] == door and scan_id not in self.undone]
        if own:
            undoes = data.draw(st.sampled_from(own))
            ticket = code_of(self.tickets[self.made[undoes][2]])
            self.undone.add(undoes)
            self._keep(phone, self.phones[phone].scan(ticket, kind="undo", persons=0, undoes=undoes))

    @rule(ticket=TICKETS, seconds=st.integers(1, 90))
    def revoke(self, ticket: int, seconds: int) -> None:
        if ticket not in self.revoked:
            self.now += timedelta(seconds=seconds)
            self.revoked[ticket] = self.now
            changed = {"state": "revoked", "version": 2, "changed_at_utc": self.now}
            db.session.execute(update(Ticket).where(Ticket.id == self.tickets[ticket].id).values(changed))
            db.session.commit()

    @rule(phone=PHONES, most=st.integers(1, 6), luck=st.sampled_from(["good", "request lost", "reply lost"]))
    def send(self, phone: int, most: int, luck: str) -> None:
        batch = self.waiting[phone][:most]
        if luck != "request lost":
            told = self.phones[phone].post(*batch).json["results"]
            assert [result["scan_id"] for result in told if result["stored"]] == [fact["scan_id"] for fact in batch]
            self._correct(phone, batch)
        if self.is_settled(luck):
            del self.waiting[phone][:most]

    def is_settled(self, luck: str) -> bool:
        """Say whether a phone throws away what it has sent: only what was acknowledged."""
        return luck == "good"

    def _correct(self, phone: int, sent: list[dict[str, Any]]) -> None:
        """Take what got through for the first time as made when the phone's clock, as it is now, says."""
        for scan_id in (fact["scan_id"] for fact in sent):
            if scan_id in self.wrong_by:
                at, door, ticket = self.made[scan_id]
                wrong = self.wrong_by.pop(scan_id) - self.phones[phone].clock_error
                self.made[scan_id] = (at + wrong, door, ticket)

    def _keep(self, phone: int, fact: dict[str, Any]) -> None:
        self.facts.add(fact["scan_id"])
        self.waiting[phone].append(fact)

    def teardown(self) -> None:
        if not self.phones:
            return
        for number, phone in enumerate(self.phones):
            phone.results(*self.waiting[number])
            self._correct(number, self.waiting[number])
        db.session.rollback()
        stored = db.session.scalars(select(Scan.scan_id).where(Scan.event_id == self.event.id).order_by(Scan.scan_id))
        assert list(stored) == sorted(self.facts)
        told = [phone.get("changes").json for phone in self.phones]
        assert [one["headcount"]["total"] for one in told] == [self._inside()] * len(told)
        endings = {clash["ticket_ending"] for clash in told[0]["clashes"]}
        assert endings == {code_of(self.tickets[ticket])[-4:] for ticket in self._at_two_doors()}
        first = {scan_id for scan_id, outcome in self._outcomes().items() if outcome.scan_class == ScanClass.FIRST}
        assert self._first() <= first

    def _outcomes(self) -> dict[str, Any]:
        return queries.merged(self.event.id).outcomes

    def _standing(self) -> dict[int, list[tuple[datetime, str]]]:
        standing = defaultdict(list)
        for scan_id, (at, door, ticket) in self.made.items():
            if scan_id not in self.undone:
                standing[ticket].append((at, door))
        return standing

    def _first(self) -> set[str]:
        """Return the scan of each ticket that was the first to let it in, where it was valid then."""
        earliest: dict[int, tuple[datetime, str]] = {}
        for scan_id, (at, _door, ticket) in self.made.items():
            if scan_id not in self.undone:
                earliest[ticket] = min(earliest.get(ticket, (at, scan_id)), (at, scan_id))
        valid = (
            scan_id
            for ticket, (at, scan_id) in earliest.items()
            if ticket not in self.revoked or at < self.revoked[ticket]
        )
        return set(valid)

    def _inside(self) -> int:
        return sum(PARTIES[ticket] for ticket in self._standing())

    def _at_two_doors(self) -> list[int]:
        """Return the tickets that two doors let in while they were valid."""
        valid = {
            ticket: {door for at, door in scans if ticket not in self.revoked or at < self.revoked[ticket]}
            for ticket, scans in self._standing().items()
        }
        return [ticket for ticket, doors in valid.items() if len(doors) > 1]


def test_whatever_gets_through_when_every_fact_counts_once(app: Flask) -> None:
    class Doors(_Doors):
        pass

    Doors.app = app
    run_state_machine_as_test(Doors, settings=MACHINE)


def test_control_phones_that_forget_what_they_have_sent_lose_some(app: Flask) -> None:
    class Doors(_Doors):
        def is_settled(self, luck: str) -> bool:
            return True

    Doors.app = app
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Doors, settings=MACHINE)


def test_control_the_phones_own_clocks_name_another_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Doors(_Doors):
        pass

    corrected = uploads._told_by_phone

    def told_as_the_phone_says(*given: Any) -> dict[str, Any]:
        told = corrected(*given)
        return {**told, "at_utc": told["phone_at_utc"]}

    monkeypatch.setattr(uploads, "_told_by_phone", told_as_the_phone_says)
    Doors.app = app
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Doors, settings=MACHINE)
