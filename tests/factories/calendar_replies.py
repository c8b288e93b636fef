"""Mails that calendars send when a guest answers, in the shapes that programs give them; made up by us."""

import base64
from datetime import UTC, datetime

SHAPES = ("gmail", "outlook", "apple", "bare")
STAMP = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def calendar_of(uid: str, said: str, *, attendee: str, sequence: int, stamp: datetime = STAMP, **other: str) -> str:
    """Return the calendar file of an answer. `other`: `method`, `extra` lines of the event."""
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "PRODID:-//Example//Calendar 1.0//EN",
            "VERSION:2.0",
            f"METHOD:{other.get('method', 'REPLY')}",
            "BEGIN:VTIMEZONE",
            "TZID:W. Europe Standard Time",
            "BEGIN:STANDARD",
            "DTSTART:16010101T030000",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "END:VTIMEZONE",
            "BEGIN:VEVENT",
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said.upper()};",
            f' CN="Lien, Åse":MAILTO:{attendee[:8]}',
            f" {attendee[8:]}",
            "ORGANIZER;CN=Modum kommune:mailto:retur@modum.example",
            f"UID:{uid[:40]}",
            f" {uid[40:]}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            "DTSTART;TZID=W. Europe Standard Time:20261126T180000",
            f"SEQUENCE:{sequence}",
            "SUMMARY:Svar",
            *filter(None, [other.get("extra", "")]),
            "BEGIN:VALARM",
            "UID:another-one@example",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def reply_mail(shape: str, calendar: str, *, message_id: str = "<r1@gjest.example>", sender: str = "") -> bytes:
    """Return the mail that carries `calendar`, as the program `shape` writes it."""
    head = (
        f"From: Gjest <{sender or 'ase@eksempel.example'}>\r\nTo: retur@modum.example\r\n"
        f"Subject: Godtatt: Ny i Modum-kveld\r\nMessage-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
    )
    encoded = base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    part = (
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
    )
    text = "Content-Type: text/plain; charset=UTF-8\r\n\r\nGjesten har svart.\r\n"
    if shape == "bare":
        return (head + part).encode()
    alternative = f"--b2\r\n{text}--b2\r\n{part}--b2--\r\n"
    if shape == "outlook":
        return (head + 'Content-Type: multipart/alternative; boundary="b2"\r\n\r\n' + alternative).encode()
    file = (
        'Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment; filename="invite.ics"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
    )
    if shape == "apple":
        inside = f"--b1\r\n{text}--b1\r\n{file}--b1--\r\n"
    else:
        inner = f'--b1\r\nContent-Type: multipart/alternative; boundary="b2"\r\n\r\n{alternative}'
        inside = f"{inner}--b1\r\n{file}--b1--\r\n"
    return (head + f'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n{inside}').encode()
