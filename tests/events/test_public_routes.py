"""What guests see of events: never a draft, a cancelled one with words, rendered once a change, and calendar files."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from outreach import clock
from outreach.database import db
from outreach.events import public_routes, queries, service
from tests.conftest import NOW
from tests.factories.events import SLUG, event_details, make_event
from tests.statements import noted

PAGE = f"/arrangement/{SLUG}"


def entries(answer):  # type: ignore[no-untyped-def]
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_show_event_tells_what_when_and_where(client: FlaskClient) -> None:
    make_event()
    page = client.get(PAGE)
    assert page.status_code == 200
    for words in (
        "Ny i Modum-kveld 2026", "torsdag 26.\u00a0november 2026 kl.\u00a018.00\u2060–\u206021.00", "Modum kulturhus",
        "Vikersundgata 30", "Trinnfri inngang.", "<strong>Modum</strong>", "19.00</time>",
        "mandag 23.\u00a0november 2026",
    ):  # fmt: skip
        assert words in page.text, words
    assert '<h1 class="ds-heading">Ny i Modum\u2011kveld 2026</h1>' in page.text
    assert 'datetime="2026-11-26T18:00+01:00"' in page.text
    assert '<meta itemprop="endDate" content="2026-11-26T21:00+01:00">' in page.text
    assert "Set-Cookie" not in page.headers
    assert "<script" not in page.text


def test_the_programme_is_a_list_that_machines_read_too(client: FlaskClient) -> None:
    make_event(programme="18.00 Velkommen – ordføreren\n18.30–19.15 Mat", nearest_stop="Torget", parking="Bak huset")
    page = client.get(PAGE).text
    assert page.count('itemprop="subEvent" itemscope itemtype="https://schema.org/Event"') == 2
    for words in (
        '<time itemprop="startDate" datetime="2026-11-26T18:00+01:00" dir="ltr">18.00</time>',
        '<meta itemprop="endDate" content="2026-11-26T19:15+01:00">', '<span itemprop="name">Velkommen</span>',
        'itemprop="performer">ordføreren</span>', "<dt>Nærmeste stopp</dt><dd>Torget</dd>",
        "<dt>Parkering</dt><dd>Bak huset</dd>",
    ):  # fmt: skip
        assert words in page, words
    assert ">18:30–19:15</time>" in client.get(PAGE, headers={"Accept-Language": "en"}).text
    (entry,) = entries(client.get(f"{PAGE}.ics"))
    told = str(entry["DESCRIPTION"])
    assert "Nærmeste stopp: Torget\nParkering: Bak huset\n\n18.00 Velkommen – ordføreren\n18.30–19.15 Mat" in told


def test_a_programme_in_free_text_is_shown_as_it_was_written(client: FlaskClient) -> None:
    make_event(programme="**Mat** og prat\n\n- Quiz")
    page = client.get(PAGE).text
    assert "<strong>Mat</strong> og prat" in page
    assert "<li>Quiz</li>" in page
    assert "subEvent" not in page


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Har du fått brev? Svar her"), ("nn", 'lang="nn"'), ("en", 'lang="en"')]
)
def test_show_event_speaks_each_language_from_its_own_copy(client: FlaskClient, language: str, words: str) -> None:
    make_event()
    assert words in client.get(PAGE, headers={"Accept-Language": language}).text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.ics"])
def test_a_draft_and_an_unknown_event_look_alike(client: FlaskClient, path: str) -> None:
    unknown = client.get(path)
    make_event(publish=False)
    draft = client.get(path)
    assert (unknown.status_code, draft.status_code) == (404, 404)
    assert unknown.text == draft.text


def test_a_cancelled_event_says_so(client: FlaskClient) -> None:
    service.cancel_event(make_event(), NOW)
    db.session.commit()
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Arrangementet er avlyst" in page.text
    assert "Svar her" not in page.text
    assert "Avlyst" in client.get("/").text


def test_show_event_is_rendered_once_a_change(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    real = public_routes._rendered
    monkeypatch.setattr(public_routes, "_rendered", lambda slug, phase: rendered.append(phase) or real(slug, phase))
    event = make_event()
    first = client.get(PAGE)
    assert client.get(PAGE).data == first.data
    assert rendered == ["open"]
    service.change_event(event, event_details(venue="Frydenberg"), NOW + timedelta(seconds=1))
    db.session.commit()
    changed = client.get(PAGE)
    assert "Frydenberg" in changed.text
    assert changed.headers["ETag"] != first.headers["ETag"]
    clock.set_clock(lambda: NOW + timedelta(days=22))
    assert "Fristen for å svare på nett har gått ut" in client.get(PAGE).text
    clock.set_clock(lambda: NOW + timedelta(days=30))
    assert "Arrangementet er over" in client.get(PAGE).text
    assert rendered == ["open", "open", "closed", "over"]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.ics", "/kalender/alle.ics"])
def test_what_the_browser_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    event = make_event()
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    weak = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["ETag"]}'})
    assert weak.status_code == 304
    service.cancel_event(event, NOW + timedelta(seconds=1))
    db.session.commit()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_forged_host_changes_no_link(client: FlaskClient) -> None:
    make_event()
    page = client.get(PAGE, headers={"Host": "ond.example", "X-Forwarded-Host": "ond.example"})
    assert "ond.example" not in page.text
    assert f'content="http://localhost{PAGE}"' in page.text


def test_show_event_calendar_has_an_id_that_stays_and_a_sequence_that_rises(client: FlaskClient) -> None:
    event = make_event()
    (first,) = entries(client.get(f"{PAGE}.ics"))
    assert (first["UID"], first["SEQUENCE"], first["STATUS"]) == (f"event-{event.id}@localhost", 0, "CONFIRMED")
    assert first["LOCATION"] == "Modum kulturhus, Vikersundgata 30, 3370 Vikersund"
    assert first["DTSTART"].to_ical() == b"20261126T180000"
    assert first["DTSTART"].params["TZID"] == "Europe/Oslo"
    service.change_event(event, event_details(venue="Frydenberg"), NOW)
    service.cancel_event(event, NOW)
    db.session.commit()
    (last,) = entries(client.get(f"{PAGE}.ics"))
    assert (last["UID"], last["SEQUENCE"], last["STATUS"]) == (first["UID"], 2, "CANCELLED")


def test_show_feed_holds_the_events_of_a_city(client: FlaskClient) -> None:
    make_event()
    make_event(slug="treff-i-oslo", city="oslo", title="Treff i Oslo")
    make_event(slug="kladd-i-oslo", city="oslo", title="Kladd", publish=False)
    titles = {feed: [str(entry["SUMMARY"]) for entry in entries(client.get(f"/kalender/{feed}.ics"))]
              for feed in ("alle", "oslo", "modum", "bergen", "trondheim")}  # fmt: skip
    assert sorted(titles["alle"]) == ["Ny i Modum-kveld 2026", "Treff i Oslo"]
    assert titles["oslo"] == ["Treff i Oslo"]
    assert titles["modum"] == ["Ny i Modum-kveld 2026"]
    assert titles["bergen"] == titles["trondheim"] == []
    assert client.get("/kalender/stavanger.ics").status_code == 404


def test_list_coming_shows_what_is_to_come(client: FlaskClient) -> None:
    assert "Ingen arrangementer akkurat nå" in client.get("/").text
    make_event()
    make_event(slug="en-kladd", title="Hemmelig kladd", publish=False)
    page = client.get("/").text
    assert f'href="{PAGE}"' in page
    assert "Hemmelig kladd" not in page
    assert 'href="/svar"' in page
    clock.set_clock(lambda: NOW + timedelta(days=30))
    assert PAGE not in client.get("/").text


def test_list_coming_is_given_again_without_asking_the_database(client: FlaskClient) -> None:
    make_event()
    with noted() as asked:
        first = client.get("/").text
        assert asked
        asked.clear()
        assert client.get("/").text == first
    assert not asked


def test_dangerous_text_stays_text(app: Flask, client: FlaskClient) -> None:
    make_event(title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    page = client.get(PAGE).text
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert queries.by_slug(SLUG).title.startswith("<script>")
