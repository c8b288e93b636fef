"""Every mail to a guest, read back from a real mail server: parts, headers, page, pictures, in each language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.etree.ElementTree import Element

import html5lib
import icalendar
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select

from outreach import clock
from outreach.database import db
from outreach.events import service as events
from outreach.formats.colour import contrast
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.rsvp import service
from outreach.tickets.queries import facts_of_invitation
from tests.conftest import NOW
from tests.factories.events import event_details, make_event
from tests.factories.outbox import MailServer
from tests.factories.rsvp import answer_for, make_household

KINDS = ("rsvp_confirmation", "rsvp_cancellation", "event_changed", "event_cancelled")
WITH_PICTURE = ("rsvp_confirmation", "event_changed")
# What a mail reader would fetch, or what would tell that the mail was opened.
_FETCHING_TAGS = {"script", "link", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer().running() as running:
        settings = app.extensions["treffpunkt.settings"]
        monkeypatch.setitem(app.extensions, "treffpunkt.settings", replace(settings, mail_url=running.url))
        yield running


def _bring_about(kind: str, language: str) -> str:
    """Make what is told in a mail of `kind`; return the ticket's code."""
    event = make_event()
    invitation = make_household(event)
    given = answer_for(invitation, True, False, True, email="ase@eksempel.example")
    service.answer(invitation, given, now=NOW, language=language)
    if kind == "rsvp_cancellation":
        service.cancel(invitation, NOW, language=language)
    elif kind == "event_changed":
        events.change_event(event, event_details(venue="Furumo"), clock.now_utc())
    elif kind == "event_cancelled":
        events.cancel_event(event, clock.now_utc())
    db.session.commit()
    ticket = facts_of_invitation(invitation.id)
    assert ticket is not None
    return ticket.code


def _received(app: Flask, server: MailServer, kind: str) -> EmailMessage:
    result = app.test_cli_runner().invoke(args=["messages", "send-due", "--json"])
    assert result.exit_code == 0, result.output
    row = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).one()
    assert row.state == "handed_over"
    mails = [message_from_bytes(raw, policy=default) for raw in server.raw]
    [found] = [mail for mail in mails if mail["Message-ID"] == f"<{row.id}@modum.example>"]
    assert isinstance(found, EmailMessage)
    return found


def _page(mail: EmailMessage) -> Element:
    part = mail.get_body(("html",))
    assert part is not None
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(part.get_content())
    return page


def _qr_texts(picture: EmailMessage) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(picture.get_content())).convert("L"))]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_whole_and_fetches_nothing(app: Flask, server: MailServer, kind: str, language: str) -> None:
    _bring_about(kind, language)
    mail = _received(app, server, kind)
    assert mail.get_content_type() == "multipart/mixed"
    alternatives = next(iter(mail.iter_parts()))
    assert [part.get_content_subtype() for part in alternatives.iter_parts()] == (
        ["plain", "related" if kind in WITH_PICTURE else "html", "calendar"]
    )
    page = _page(mail)
    assert page.get("lang") == language
    assert len(page.findall(".//h1")) == 1
    assert not _FETCHING_TAGS.intersection(element.tag for element in page.iter())
    shown = [element.get("src") for element in page.iter() if element.get("src")]
    assert all(source.startswith("cid:") for source in shown), shown
    sheets = "".join(element.text or "" for element in page.iter("style"))
    styles = sheets + "".join(element.get("style", "") for element in page.iter())
    assert "url(" not in styles
    assert "@import" not in styles
    addresses = [element.get("href", "") for element in page.iter("a")]
    assert all(address.startswith("http://localhost/") for address in addresses), addresses


@pytest.mark.parametrize("kind", KINDS)
def test_the_headers_say_who_and_that_a_machine_wrote(app: Flask, server: MailServer, kind: str) -> None:
    _bring_about(kind, "nb")
    mail = _received(app, server, kind)
    assert mail["From"].addresses[0].addr_spec == "treffpunkt@modum.example"
    assert mail["From"].addresses[0].display_name == "Modum kommune"
    assert mail["Reply-To"].addresses[0].addr_spec == "servicetorget@modum.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(str(mail["Date"])) == NOW
    assert mail["List-Unsubscribe"] is None, "a guest asked for it"


@pytest.mark.parametrize("kind", KINDS)
def test_calendar_and_type_agree_on_the_method(app: Flask, server: MailServer, kind: str) -> None:
    _bring_about(kind, "nb")
    mail = _received(app, server, kind)
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    method = "CANCEL" if kind.endswith(("cancellation", "cancelled")) else "REQUEST"
    assert (part.get_param("method"), part.get_param("charset"), part.get_param("component")) == (
        method, "utf-8", "VEVENT",
    )  # fmt: skip
    assert part.get_content_disposition() is None, "an attached invitation is shown as a file"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert f"\r\nMETHOD:{method}\r\n".encode() in content
    [file] = [part for part in mail.iter_attachments() if part.get_content_type() == "application/ics"]
    assert file.get_payload(decode=True) == content


@pytest.mark.parametrize("kind", KINDS)
def test_the_invitation_asks_the_guest_and_names_where_replies_are_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch, server: MailServer, kind: str
) -> None:
    settings = app.extensions["treffpunkt.settings"]
    read_here = replace(settings, mailbox_url="maildir:/tmp/x", calendar_address="svar@modum.example")
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", read_here)
    code = _bring_about(kind, "nb")
    mail = _received(app, server, kind)
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [entry] = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    organizer, attendee = entry["ORGANIZER"], entry["ATTENDEE"]
    assert str(organizer) == "mailto:svar@modum.example"
    assert organizer.params["SENT-BY"] == f"mailto:{mail['From'].addresses[0].addr_spec}"
    assert str(attendee) == f"mailto:{mail['To'].addresses[0].addr_spec}"
    is_on = not kind.endswith(("cancellation", "cancelled"))
    assert attendee.params.get("RSVP") == ("TRUE" if is_on else None)
    assert attendee.params["PARTSTAT"] == ("DECLINED" if kind == "rsvp_cancellation" else "ACCEPTED")
    assert str(entry["URL"]) == "http://localhost/arrangement/ny-i-modum-2026"
    told = part.get_payload(decode=True).decode().replace("\r\n ", "")
    invitation = facts_of_invitation(db.session.scalars(select(Invitation.id)).one())
    assert invitation is not None
    own = (code, invitation.printed_code, "/billett/", "/i/", "Åse")
    assert [text for text in own if text.lower() in told.lower()] == [], "colleagues see each other's calendars"
    assert ("avbud for alle" in told) is True


@pytest.mark.parametrize("kind", ["rsvp_confirmation", "event_changed"])
def test_without_a_mailbox_that_we_read_a_person_gets_the_replies(app: Flask, server: MailServer, kind: str) -> None:
    _bring_about(kind, "nb")
    mail = _received(app, server, kind)
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [entry] = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert str(entry["ORGANIZER"]) == "mailto:servicetorget@modum.example"
    assert "avbud" not in str(entry["DESCRIPTION"])


@pytest.mark.parametrize("kind", WITH_PICTURE)
def test_the_qr_is_in_the_page_and_attached(app: Flask, server: MailServer, kind: str) -> None:
    code = _bring_about(kind, "nb")
    mail = _received(app, server, kind)
    [picture] = _page(mail).findall(".//img")
    inline = [part for part in mail.walk() if part["Content-ID"]]
    assert [f"cid:{part['Content-ID'][1:-1]}" for part in inline] == [picture.get("src")]
    assert inline[0].get_content_disposition() == "inline"
    assert picture.get("alt")
    attached = [part for part in mail.iter_attachments() if part.get_content_type() == "image/png"]
    texts = [_qr_texts(part) for part in (*inline, *attached)]
    assert texts == [[f"HTTP://LOCALHOST/BILLETT/{code}"]] * 2


def test_the_dark_page_can_be_read(app: Flask, server: MailServer) -> None:
    _bring_about("rsvp_confirmation", "nb")
    [sheet] = _page(_received(app, server, "rsvp_confirmation")).iter("style")
    rules = dict(re.findall(r"\.mail-(\w+) \{ (.*?) \}", sheet.text or ""))
    colours = {name: re.findall(r"#[0-9a-f]{6}", rule) for name, rule in rules.items()}
    page, text = colours["page"]
    (paper,) = colours["sheet"]
    for ground in (page, paper):
        for words in (text, colours["mark"][0], colours["foot"][0]):
            assert contrast(words, ground) >= 4.5
        assert contrast(colours["button"][0], ground) >= 3
    assert contrast(*colours["button"]) >= 4.5
