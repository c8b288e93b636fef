"""The rules of ADR 0016: what an answer means, and why one is set aside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outreach.rsvp.answer import RsvpState
from outreach.rsvp.replies.calendar_reply import CalendarReply, Said
from outreach.rsvp.replies.judging import ASIDE_WORDS, Act, Aside, Earlier, Stand, act_of, reason_against

STAMP = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
REPLY = CalendarReply("<m>", Said.DECLINED, "uid", "ase@eksempel.example", 5, STAMP)
STAND = Stand(True, "Ase@eksempel.example", "published", False, 5, "attending")


def test_an_answer_to_the_newest_entry_counts() -> None:
    assert reason_against(REPLY, STAND) is None


@pytest.mark.parametrize(
    ("reply", "stand", "aside"),
    [
        ({}, {"is_active": False}, Aside.GONE),
        ({"attendee": "bjorn@eksempel.example"}, {}, Aside.OTHER_ADDRESS),
        ({"attendee": ""}, {"email": "x"}, Aside.OTHER_ADDRESS),
        ({}, {"event_state": "cancelled"}, Aside.EVENT_OFF),
        ({}, {"has_begun": True}, Aside.EVENT_OFF),
        ({"said": Said.PROPOSAL}, {}, Aside.PROPOSAL),
        ({"said": Said.OTHER}, {}, Aside.OTHER_ANSWER),
        ({"sequence": 6}, {}, Aside.AHEAD),
        ({"sequence": 4}, {}, Aside.STALE),
        ({}, {"sequence": 6}, Aside.STALE),
    ],
)
def test_what_does_not_count_has_its_reason(reply: dict[str, object], stand: dict[str, object], aside: Aside) -> None:
    assert reason_against(replace(REPLY, **reply), replace(STAND, **stand)) is aside  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("earlier", "seconds_later", "now_at", "aside"),
    [
        # A no made the ticket's number 6; the guest taps yes on the same entry.
        (Earlier(5, STAMP, 6), 1, 6, None),
        (Earlier(5, STAMP, 6), 0, 6, None),
        # The same, but read before the no although it was said after.
        (Earlier(5, STAMP, 6), -1, 6, Aside.STALE),
        # Something else changed as well.
        (Earlier(5, STAMP, 6), 1, 7, Aside.STALE),
        # The earlier answer was to another entry.
        (Earlier(4, STAMP, 6), 1, 6, Aside.STALE),
        (Earlier(4, STAMP, 5), -1, 5, None),
    ],
)
def test_what_their_own_answer_changed_makes_the_next_one_no_older(
    earlier: Earlier, seconds_later: int, now_at: int, aside: Aside | None
) -> None:
    reply = replace(REPLY, stamped_at_utc=STAMP + timedelta(seconds=seconds_later))
    assert reason_against(reply, replace(STAND, sequence=now_at, earlier=earlier)) is aside


@pytest.mark.parametrize(
    ("said", "state", "act"),
    [
        (Said.ACCEPTED, RsvpState.ATTENDING, Act.NOTHING),
        (Said.ACCEPTED, RsvpState.WAITLISTED, Act.NOTHING),
        (Said.ACCEPTED, RsvpState.CANCELLED, Act.COME_AGAIN),
        (Said.ACCEPTED, RsvpState.DECLINED, Act.COME_AGAIN),
        (Said.DECLINED, RsvpState.ATTENDING, Act.CANCEL),
        (Said.DECLINED, RsvpState.WAITLISTED, Act.LEAVE_QUEUE),
        (Said.DECLINED, RsvpState.CANCELLED, Act.NOTHING),
        (Said.DECLINED, RsvpState.DECLINED, Act.NOTHING),
        *((Said.TENTATIVE, state, Act.NOTHING) for state in RsvpState),
    ],
)
def test_yes_and_no_turn_what_stands_and_maybe_turns_nothing(said: Said, state: str, act: Act) -> None:
    assert act_of(said, state) is act


def test_every_reason_has_words() -> None:
    assert set(ASIDE_WORDS) == set(Aside)
