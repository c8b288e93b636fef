"""Answers from calendars, read from the mails of several programs, and from mails that are none."""

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.rsvp.replies.calendar_reply import MOST_BYTES, BrokenReply, CalendarReply, Said, read
from tests.factories.calendar_replies import SHAPES, STAMP, calendar_of, reply_mail

UID = "ticket-4552453147595319513.503a5e4d424e0256238d48576493f1c6@localhost"
ADDRESS = "ase+modum@eksempel.example"
GOOD = calendar_of(UID, "declined", attendee=ADDRESS, sequence=3)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_answer_is_read_in_the_shape_of_each_program(shape: str) -> None:
    assert read(reply_mail(shape, GOOD)) == CalendarReply(
        message_key="<r1@gjest.example>",
        said=Said.DECLINED,
        uid=UID,
        attendee=ADDRESS,
        sequence=3,
        stamped_at_utc=STAMP,
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("accepted", Said.ACCEPTED),
        ("Tentative", Said.TENTATIVE),
        ("needs-action", Said.OTHER),
        ("delegated", Said.OTHER),
        ("accepted,declined", Said.OTHER),
    ],
)
def test_the_status_is_read_in_any_case_and_what_we_do_not_know_is_other(status: str, said: Said) -> None:
    found = read(reply_mail("bare", calendar_of(UID, status, attendee=ADDRESS, sequence=0)))
    assert isinstance(found, CalendarReply)
    assert found.said is said


def test_a_proposal_of_another_time_is_told_from_an_answer() -> None:
    calendar = calendar_of(UID, "tentative", attendee=ADDRESS, sequence=0, method="COUNTER")
    found = read(reply_mail("outlook", calendar))
    assert isinstance(found, CalendarReply)
    assert found.said is Said.PROPOSAL


def test_two_mails_of_one_answer_have_one_key_and_another_answer_another() -> None:
    first, again, other = (
        read(reply_mail(shape, calendar, message_id=number))
        for shape, calendar, number in [
            ("gmail", GOOD, "<a@x>"),
            ("apple", GOOD, "<b@x>"),
            ("gmail", GOOD.replace("DECLINED", "ACCEPTED"), "<c@x>"),
        ]
    )
    assert isinstance(first, CalendarReply)
    assert isinstance(again, CalendarReply)
    assert isinstance(other, CalendarReply)
    assert first.answer_key == again.answer_key != other.answer_key
    assert len({first.message_key, again.message_key, other.message_key}) == 3


@pytest.mark.parametrize(
    "calendar",
    [
        GOOD.replace("DTSTAMP:20261102", "DTSTAMP:2026"),
        GOOD.replace("DTSTAMP:", "X-DTSTAMP:"),
        GOOD.replace("UID:ticket", "X-UID:ticket"),
        GOOD.replace("SEQUENCE:3", "SEQUENCE:minus"),
        GOOD.replace("SEQUENCE:3", "SEQUENCE:3\r\nSEQUENCE:4"),
        GOOD.replace("MAILTO:", "tel:"),
        GOOD.replace("SUMMARY:Svar", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bjorn@eksempel.example"),
        GOOD.replace("SUMMARY:Svar", "RECURRENCE-ID:20261126T180000Z"),
        GOOD.replace("BEGIN:VEVENT", "BEGIN:VTODO"),
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
    ],
)
def test_what_lacks_a_line_or_has_one_twice_is_broken(calendar: str) -> None:
    assert calendar != GOOD
    assert read(reply_mail("bare", calendar)) == BrokenReply("<r1@gjest.example>")


def test_a_missing_sequence_is_none_and_a_missing_message_id_is_made_up_for() -> None:
    found = read(reply_mail("bare", GOOD.replace("SEQUENCE:3\r\n", ""), message_id=""))
    assert isinstance(found, CalendarReply)
    assert found.sequence == 0
    assert len(found.message_key) == 64


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: x@y.example\r\n\r\nMETHOD:REPLY\r\n",
        reply_mail("gmail", GOOD.replace("METHOD:REPLY", "METHOD:REQUEST")),
        reply_mail("apple", GOOD.replace("METHOD:REPLY", "METHOD:PUBLISH")),
        reply_mail("bare", GOOD) + b"x" * MOST_BYTES,
    ],
)
def test_other_mail_is_no_answer(raw: bytes) -> None:
    assert read(raw) is None


@given(st.binary(max_size=300), st.integers(0, 1200), st.integers(0, 200))
def test_whatever_is_in_the_file_it_is_read_or_broken_or_none(junk: bytes, at: int, length: int) -> None:
    calendar = GOOD.encode()
    spoilt = calendar[:at] + junk + calendar[at + length :]
    mail = email.message.EmailMessage()
    mail["Message-ID"] = "<x@y>"
    mail.add_attachment(spoilt, maintype="text", subtype="calendar")
    assert isinstance(read(mail.as_bytes()), CalendarReply | BrokenReply | None)


@given(st.binary(max_size=400))
def test_whatever_the_mail_is_it_is_read_or_none(raw: bytes) -> None:
    found = read(b"Content-Type: text/calendar; method=REPLY; charset=\xff\r\n" + raw)
    assert isinstance(found, CalendarReply | BrokenReply | None)
