"""A change tells those concerned what changed, once and by one way; read back from where the worker puts it."""

import email
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.database import db
from outreach.events import queries as event_queries
from outreach.events import service as events
from outreach.events.changes import changes
from outreach.events.models import Event
from outreach.invitations.models import Invitation
from outreach.outbox.models import OutboxMessage
from outreach.rsvp.answer import recipient
from outreach.rsvp.mails import service as mails
from outreach.rsvp.models import Rsvp
from outreach.rsvp.telling import queries
from outreach.rsvp.waitlist.offer_times import ToldBy
from tests.factories.events import event_details, make_event
from tests.factories.rsvp import answer_for, give_answer, join_queue, make_household, token_of

ADDRESS, MOBILE = "ase@eksempel.example", "+4740000001"
KINDS = ("event_changed", "event_cancelled", "waitlist_changed", "waitlist_closed")
AT_SEVEN = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)


@pytest.fixture
def folder(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return where mails and texts end up, of a municipality that has SMS."""
    settings = app.extensions["treffpunkt.settings"]
    own = replace(settings, mail_url=f"file:{tmp_path / 'post'}", sms_url=f"file:{tmp_path / 'sms'}")
    assert own.is_sms_set_up
    monkeypatch.setitem(app.extensions, "treffpunkt.settings", own)
    return tmp_path


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


def _coming(event: Event, **contact: str) -> Invitation:
    invitation = make_household(event)
    give_answer(invitation, answer_for(invitation, True, True, True, **contact))
    return invitation


def _change(event: Event, **values: Any) -> events.Effect:
    effect = events.change_event(event, replace(events.details_of(event), **values), clock.now_utc())
    db.session.commit()
    return effect


def _send(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["messages", "send-due", "--json"])
    assert result.exit_code == 0, result.output


def _mails(folder: Path, subject: str) -> list[EmailMessage]:
    found = [
        email.message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[misc]
        for path in sorted(folder.rglob("*.eml"))
    ]
    return [mail for mail in found if str(mail["Subject"]).startswith(subject)]


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.sms.txt"))]


def _body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def _rows(*kinds: str) -> list[tuple[str, str, str]]:
    wanted = select(OutboxMessage).where(OutboxMessage.kind.in_(kinds or KINDS))
    rows = db.session.scalars(wanted.order_by(OutboxMessage.id).execution_options(populate_existing=True))
    return [(row.channel, row.state, row.reason) for row in rows]


def test_the_mail_names_what_changed_and_only_that(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    _change(event, starts_at_utc=AT_SEVEN)
    _send(app)
    (mail,) = _mails(folder, "Endret")
    for body in (_body(mail), _body(mail, "html").replace("<strong>", "").replace("</strong>", "")):
        told = body.replace("\xa0", " ").replace("\u2060", "").split("Slik er det nå:")[0]
        assert "Nytt tidspunkt: torsdag 26. november 2026 kl. 19.00–21.00" in " ".join(
            told.replace('<span style="white-space:pre-line">', "").replace("</span>", "").split()
        )
        assert "(før: torsdag 26. november 2026 kl. 18.00–21.00)" in told
        assert [word for word in ("Nytt sted", "adresse", "parkering", "program", "komme inn") if word in told] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nn", ("Ny stad: Furumo", "(før: Modum kulturhus")),
        ("en", ("New place: Furumo", "(before: Modum kulturhus")),
        ("uk", ("Нове місце: Furumo", "(раніше: Modum kulturhus")),
        ("pl", ("Nowe miejsce: Furumo", "(wcześniej: Modum kulturhus")),
        ("ar", ("المكان الجديد: Furumo", "(سابقا: Modum kulturhus")),
    ],
)
def test_each_language_says_it(app: Flask, folder: Path, event: Event, language: str, words: tuple[str, ...]) -> None:
    guest = _coming(event, email=ADDRESS)
    db.session.scalars(select(Rsvp).where(Rsvp.invitation_id == guest.id)).one().language = language
    _change(event, venue="Furumo")
    _send(app)
    (told,) = [" ".join(body.split()) for body in map(_body, _mails(folder, "")) if "(" in body and "Furumo" in body]
    assert [one for one in words if one not in told] == []


def test_a_new_programme_is_told_line_by_line_without_the_old(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    _change(event, programme="18.00 Velkommen – ordføreren\n19.00 Konsert – korpset")
    _send(app)
    told = _body(_mails(folder, "Endret")[0])
    assert "Nytt program:\n18.00 Velkommen – ordføreren\n19.00 Konsert – korpset\n" in told
    assert "Mat" not in told.split("Slik er det nå:")[0]


def _of_the_last_change_alone(row: OutboxMessage, event: Event) -> Any:
    return changes(event_queries.facts_before(event.id, event.sequence) or "", event, row.language)


@pytest.mark.parametrize("looks_back", [True, False], ids=["as it is", "control"])
def test_of_two_changes_before_the_sender_comes_one_mail_tells_both(
    app: Flask, folder: Path, event: Event, monkeypatch: pytest.MonkeyPatch, looks_back: bool
) -> None:
    if not looks_back:
        monkeypatch.setattr(mails, "not_yet_told", _of_the_last_change_alone)
    _coming(event, email=ADDRESS)
    _change(event, starts_at_utc=AT_SEVEN)
    _change(event, venue="Furumo")
    _send(app)
    (mail,) = _mails(folder, "Endret")
    told = _body(mail)
    assert "Nytt sted: Furumo, Vikersundgata 30, 3370 Vikersund (før: Modum kulturhus" in " ".join(told.split())
    assert ("Nytt tidspunkt" in told) is looks_back
    assert sorted(_rows()) == [("email", "handed_over", ""), ("email", "withheld", "replaced")]


def test_what_was_told_already_is_not_told_again(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    _change(event, starts_at_utc=AT_SEVEN)
    _send(app)
    newcomer = _coming(event, email="ny@eksempel.example")
    _change(event, venue="Furumo")
    _send(app)
    first, *later = _mails(folder, "Endret")
    told = {str(mail["To"]): _body(mail) for mail in (first, *later) if "Nytt sted" in _body(mail)}
    assert set(told) == {ADDRESS, "ny@eksempel.example"}
    assert ["Nytt tidspunkt" in body for body in told.values()] == [False, False]
    assert newcomer.id


def test_what_is_changed_back_before_anybody_is_told_is_told_to_nobody(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    for venue in ("Furumo", event_details().venue):
        _change(event, venue=venue)
    _send(app)
    assert _mails(folder, "Endret") == []
    assert {row[1:] for row in _rows()} == {("withheld", "replaced")}


def test_what_is_changed_back_after_they_were_told_is_told(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    for venue in ("Furumo", event_details().venue):
        _change(event, venue=venue)
        _send(app)
    last = " ".join(_body(_mails(folder, "Endret")[-1]).split())
    told = [_body(mail) for mail in _mails(folder, "Endret")]
    assert len(told) == 2
    assert any("(før: Furumo, Vikersundgata 30, 3370 Vikersund)" in " ".join(body.split()) for body in told), last


@pytest.mark.parametrize(
    ("values", "effect", "revision"),
    [
        ({"answer_by": event_details().answer_by - timedelta(days=2)}, "quiet", 1),
        ({"description": "Kom!"}, "quiet", 1),
        ({"capacity": 300}, "quiet", 0),
        ({"venue": "Furumo"}, "told", 1),
    ],
    ids=["deadline", "text", "capacity", "control"],
)
def test_a_changed_deadline_writes_to_nobody(
    app: Flask, folder: Path, event: Event, values: dict[str, Any], effect: str, revision: int
) -> None:
    _coming(event, email=ADDRESS)
    _coming(event, mobile=MOBILE)
    assert _change(event, **values) == effect
    is_told = effect == "told"
    assert len(_rows()) == (2 if is_told else 0)
    # Calendars keep their version; letters and mailings are released for another.
    assert (event.sequence, event.revision) == (int(is_told), revision)


def _both_ways(*, has_email: bool, has_mobile: bool) -> ToldBy:
    return ToldBy.SMS if has_mobile else ToldBy.EMAIL if has_email else ToldBy.PHONE


@pytest.mark.parametrize("is_right", [True, False], ids=["as it is", "control"])
@pytest.mark.parametrize("happens", ["change", "cancel"])
def test_each_household_is_told_by_exactly_one_way(
    app: Flask, folder: Path, event: Event, monkeypatch: pytest.MonkeyPatch, happens: str, is_right: bool
) -> None:
    if not is_right:
        monkeypatch.setattr(queries, "best_way", _both_ways)
    ids = [
        _coming(event, **contact).id
        for contact in ({"email": ADDRESS}, {"mobile": MOBILE}, {"email": ADDRESS, "mobile": MOBILE}, {})
    ]
    _change(event, venue="Furumo") if happens == "change" else events.cancel_event(event, clock.now_utc())
    db.session.commit()
    _send(app)
    rsvps = {row.invitation_id: recipient(row.id) for row in db.session.scalars(select(Rsvp))}
    sent = db.session.execute(
        select(OutboxMessage.recipient, OutboxMessage.channel).where(OutboxMessage.kind.in_(KINDS))
    )
    by_household: dict[str, list[str]] = {}
    for who, channel in sent:
        by_household.setdefault(who, []).append(channel)
    told = [by_household.get(rsvps[id_], []) for id_ in ids]
    assert (told == [["email"], ["sms"], ["email"], []]) is is_right


def test_an_sms_says_what_is_new_and_nothing_of_their_own(app: Flask, folder: Path, event: Event) -> None:
    guest = _coming(event, mobile=MOBILE)
    _change(event, starts_at_utc=AT_SEVEN, programme="19.00 Mat")
    _send(app)
    _send(app)
    (text,) = _texts(folder)
    told = text.replace("\xa0", " ").replace("\u2060", "")
    assert "Nytt tidspunkt: torsdag 26. november 2026 kl. 19.00-21.00. Nytt program." in told
    assert "http://localhost/arrangement/ny-i-modum-2026 Hilsen Modum kommune" in told
    assert [own for own in (token_of(guest), "/billett/", "/i/", "Åse") if own in told] == []


@pytest.mark.parametrize(
    ("starts_at_utc", "is_at_once"),
    [(datetime(2026, 11, 26, 7, 30, tzinfo=UTC), True), (datetime(2026, 11, 27, 7, 30, tzinfo=UTC), False)],
)
def test_who_would_come_in_the_morning_is_told_in_the_night_that_the_event_was_put_off(
    app: Flask, folder: Path, starts_at_utc: datetime, is_at_once: bool
) -> None:
    ends_at_utc = starts_at_utc + timedelta(hours=3)
    event = make_event(starts_at_utc=starts_at_utc, ends_at_utc=ends_at_utc)
    _coming(event, mobile=MOBILE)
    later, night = timedelta(days=7), datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
    put_off = replace(event_details(), starts_at_utc=starts_at_utc + later, ends_at_utc=ends_at_utc + later)
    events.change_event(event, put_off, night)
    db.session.commit()
    due = db.session.scalars(select(OutboxMessage.due_at_utc).where(OutboxMessage.kind == "event_changed")).one()
    assert (due == night) is is_at_once


def test_an_sms_does_not_call_new_what_is_told_no_more(app: Flask, folder: Path) -> None:
    event = make_event(parking="Bak huset")
    _coming(event, mobile=MOBILE)
    _change(event, parking="")
    _send(app)
    (text,) = _texts(folder)
    assert "Ny parkering: ikke oppgitt." in text


def test_an_sms_says_that_it_is_cancelled(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, mobile=MOBILE)
    events.cancel_event(event, clock.now_utc())
    db.session.commit()
    _send(app)
    (text,) = _texts(folder)
    assert "Ny i Modum-kveld 2026 er dessverre avlyst. Det skulle ha vært torsdag 26. november 2026 kl. 18.00." in text
    assert "http" not in text


@pytest.mark.usefixtures("without_sms")
@pytest.mark.parametrize("happens", ["change", "cancel"])
def test_without_sms_who_left_only_a_mobile_number_is_on_the_list_to_call(
    app: Flask, event: Event, happens: str
) -> None:
    _coming(event, mobile=MOBILE)
    _change(event, venue="Furumo") if happens == "change" else events.cancel_event(event, clock.now_utc())
    assert _rows() == []
    assert queries.told_of_change(event.id) == queries.Told(call=1)


@pytest.mark.parametrize("has_sms", [True, False])
def test_who_waits_is_told_the_same_way(
    app: Flask, folder: Path, request: pytest.FixtureRequest, has_sms: bool
) -> None:
    if not has_sms:
        request.getfixturevalue("without_sms")
    event = make_event(capacity=3)
    _coming(event)
    for contact in ({"email": ADDRESS}, {"mobile": MOBILE}):
        waiting = make_household(event)
        join_queue(waiting, answer_for(waiting, True, True, True, **contact))
    _change(event, venue="Furumo")
    _send(app)
    (mail,) = _mails(folder, "Endret")
    assert "Nytt sted: Furumo" in " ".join(_body(mail).split())
    assert len(_texts(folder)) == int(has_sms)
    events.cancel_event(event, clock.now_utc())
    db.session.commit()
    _send(app)
    assert len(_mails(folder, "Avlyst")) == 1
    assert ["er dessverre avlyst" in text for text in _texts(folder)].count(True) == int(has_sms)


def test_the_calendar_of_the_mail_rises_with_what_calendars_show(app: Flask, folder: Path, event: Event) -> None:
    _coming(event, email=ADDRESS)
    _change(event, description="Kom!")
    _change(event, parking="Bak huset")
    _send(app)
    sequences: list[int] = []
    read: Callable[[bytes], Any] = icalendar.Calendar.from_ical
    for mail in (*_mails(folder, "Billett"), *_mails(folder, "Endret")):
        [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        [entry] = read(part.get_payload(decode=True)).walk("VEVENT")  # type: ignore[arg-type]
        sequences.append(int(entry["SEQUENCE"]))
        assert "Parkering: Bak huset" in str(entry["DESCRIPTION"])
    assert len(set(sequences)) == 1, "both were written after the change"
    assert event.sequence == 1
