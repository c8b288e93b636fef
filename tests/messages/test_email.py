from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.formats.qr import png
from outreach.messages.email import Attachment, BadAddressError, ComposedEmail, Envelope, build
from tests.conftest import NOW

ENVELOPE = Envelope(
    sender_name="Modum kommune, servicetorget",
    sender="treffpunkt@modum.example",
    reply_to="servicetorget@modum.example",
    bounce_address="retur@modum.example",
)
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Ny i Modum \xc3\xa6\xc3\xb8\xc3\xa5\r\nEND:VCALENDAR\r\n"


def _email(**values) -> ComposedEmail:
    usual = {"to": "aase@gjest.example", "subject": "Du er påmeldt", "text": "Hei Åse!\n" + "ø" * 200}
    return ComposedEmail(**{**usual, **values})


def _built(email: ComposedEmail) -> EmailMessage:
    raw = build(email, row_id=42, envelope=ENVELOPE, sent_at_utc=NOW).as_bytes()
    raw.decode("ascii")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return message_from_bytes(raw, policy=policy.default)


def test_the_message_id_is_the_rows_own_on_every_try() -> None:
    assert _built(_email())["Message-ID"] == "<42@modum.example>"


def test_carries_text_html_calendar_and_qr_in_seven_bits() -> None:
    message = _built(
        _email(
            html="<p>Hei Åse!</p>",
            attachments=(
                Attachment("arrangement.ics", CALENDAR, "text/calendar", (("method", "PUBLISH"), ("charset", "utf-8"))),
                Attachment("billett.png", png("HTTP://X/I/ABC"), "image/png"),
            ),
        )
    )
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert text.get_content().startswith("Hei Åse!")
    assert html is not None
    assert "Åse" in html.get_content()
    calendar, picture = message.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_payload(decode=True) == CALENDAR
    assert calendar.get_filename() == "arrangement.ics"
    assert picture.get_payload(decode=True).startswith(b"\x89PNG")


def test_subject_and_sender_keep_norwegian_letters() -> None:
    message = _built(_email(subject="Velkommen til møte på Åmot – gáhkku"))
    assert message["Subject"] == "Velkommen til møte på Åmot – gáhkku"
    assert message["From"].addresses[0].display_name == "Modum kommune, servicetorget"


def test_only_outreach_carries_the_one_click_unsubscribe() -> None:
    assert _built(_email())["List-Unsubscribe"] is None
    message = _built(_email(is_outreach=True, unsubscribe_url="https://t.example/u/1"))
    assert message["List-Unsubscribe"] == "<https://t.example/u/1>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_is_for_https_only() -> None:
    message = _built(_email(is_outreach=True, unsubscribe_url="http://localhost/u/1"))
    assert message["List-Unsubscribe"] == "<http://localhost/u/1>"
    assert message["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example\nX: y",
        "a b@c.example",
        "a,b@c.example",
        "<a@b.example>",
        "a@b@c.example",
        "",
        "a\x00@b.example",
        "@b.example",
    ],
)
def test_an_address_that_could_carry_a_header_is_refused(address: str) -> None:
    with pytest.raises(BadAddressError):
        build(_email(to=address), row_id=1, envelope=ENVELOPE, sent_at_utc=NOW)


@given(st.text(max_size=300))
def test_no_subject_makes_a_header_of_its_own(subject: str) -> None:
    email = _email(subject=subject + "\r\nBcc: x@y.example\r\n\r\nbody")
    raw = build(email, row_id=1, envelope=ENVELOPE, sent_at_utc=NOW).as_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    assert parsed["Bcc"] is None
    assert set(parsed.keys()) == {
        "Message-ID", "Date", "From", "Reply-To", "To", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
