"""What an event's page tells machines: calendars on the web, a map, search engines, and who shares it.

Each is read back as whoever gets it reads it, and held against the event and its calendar file.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from PIL import Image

from outreach import clock
from outreach.database import db
from outreach.events import service
from outreach.events.models import Event
from tests.factories.events import SLUG, make_event

PAGE = f"/arrangement/{SLUG}"
TITLE = "Ny i Modum-kveld & kake + kaffe 2026"
# Summer time, over midnight by UTC's day, with signs that an address has to wrap.
SUMMER = {
    "title": TITLE,
    "starts_at_utc": datetime(2027, 6, 23, 21, 30, tzinfo=UTC),
    "ends_at_utc": datetime(2027, 6, 24, 0, 15, tzinfo=UTC),
    "answer_by": datetime(2027, 6, 20, tzinfo=UTC).date(),
    "venue": "Låven & låna",
    "venue_address": "Øvre gate 3 #2, 3370 Vikersund",
}
_SCHEMA = "https://schema.org/"


def page_of(client: FlaskClient, language: str = "nb") -> Element:
    answer = client.get(PAGE, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return html5lib.parse(answer.data, treebuilder="etree", namespaceHTMLElements=False)


def links(page: Element) -> dict[str, dict[str, str]]:
    """Return what each link to another site asks for, by the site."""
    found = {}
    for link in page.iter("a"):
        url = urlsplit(link.get("href", ""))
        if url.query and url.hostname:
            assert url.scheme == "https"
            assert "noreferrer" in link.get("rel", "")
            values = parse_qs(url.query, strict_parsing=True)
            found[url.hostname] = {name: value for name, [value] in values.items()}
    return found


def microdata(element: Element) -> dict[str, list]:  # type: ignore[type-arg]
    """Return the properties of the item `element` (HTML, microdata): texts, and items as their own properties."""
    found: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for name, child in _properties(element):
        is_item = child.get("itemscope") is not None
        found[name].append(microdata(child) | {"@type": child.get("itemtype")} if is_item else _value(child))
    return found


def _properties(element: Element) -> Iterator[tuple[str, Element]]:
    for child in element:
        if name := child.get("itemprop"):
            yield name, child
        if child.get("itemscope") is None:
            yield from _properties(child)


def _value(element: Element) -> str:
    attribute = {"meta": "content", "link": "href", "a": "href", "time": "datetime"}.get(str(element.tag))
    return element.get(attribute, "") if attribute else "".join(element.itertext()).strip()


def event_told(page: Element) -> dict[str, list]:  # type: ignore[type-arg]
    items = [one for one in page.iter() if one.get("itemtype") == f"{_SCHEMA}Event"]
    # Points of the programme are events of their own inside it.
    [item] = [one for one in items if one.get("itemprop") is None]
    return microdata(item)


def in_the_file(client: FlaskClient):  # type: ignore[no-untyped-def]
    [entry] = Calendar.from_ical(client.get(f"{PAGE}.ics").data).walk("VEVENT")
    return entry


def utc(text: str, form: str) -> datetime:
    return datetime.strptime(text, form).replace(tzinfo=UTC)


@pytest.fixture(params=[{}, SUMMER], ids=["winter", "summer"])
def event(request: pytest.FixtureRequest, client: FlaskClient) -> Event:
    return make_event(**request.param)


def test_google_and_outlook_are_told_what_the_calendar_file_says(client: FlaskClient, event: Event) -> None:
    asked, entry = links(page_of(client)), in_the_file(client)
    google, outlook = asked["calendar.google.com"], asked["outlook.live.com"]
    from_google = [utc(moment, "%Y%m%dT%H%M%SZ") for moment in google["dates"].split("/")]
    from_outlook = [utc(outlook[name], "%Y-%m-%dT%H:%M:%SZ") for name in ("startdt", "enddt")]
    in_file = [entry.decoded(name).astimezone(UTC) for name in ("DTSTART", "DTEND")]
    assert from_google == from_outlook == in_file == [event.starts_at_utc, event.ends_at_utc]
    assert google["text"] == outlook["subject"] == str(entry["SUMMARY"]) == event.title
    assert google["location"] == outlook["location"] == str(entry["LOCATION"])
    assert google["location"] == f"{event.venue}, {event.venue_address}"
    for told in (google["details"], outlook["body"]):
        assert told.startswith(str(entry["DESCRIPTION"]))
        assert told.endswith(f"http://localhost{PAGE}")
    assert google["action"] == "TEMPLATE"
    assert (outlook["path"], outlook["rru"]) == ("/calendar/action/compose", "addevent")


def test_the_map_searches_for_the_address(client: FlaskClient, event: Event) -> None:
    assert links(page_of(client))["www.openstreetmap.org"] == {"query": event.venue_address}


def test_search_engines_are_told_what_schema_org_asks_of_an_event(client: FlaskClient, event: Event) -> None:
    told = event_told(page_of(client))
    [place], [organizer] = told["location"], told["organizer"]
    moments = [datetime.fromisoformat(told[name][0]) for name in ("startDate", "endDate")]
    assert moments == [event.starts_at_utc, event.ends_at_utc]
    assert all(moment.utcoffset() in (timedelta(hours=1), timedelta(hours=2)) for moment in moments)
    assert told["name"] == [event.title]
    assert told["url"] == [f"http://localhost{PAGE}"]
    assert told["eventStatus"] == [f"{_SCHEMA}EventScheduled"]
    assert told["eventAttendanceMode"] == [f"{_SCHEMA}OfflineEventAttendanceMode"]
    assert (place["@type"], place["name"], place["address"]) == (
        f"{_SCHEMA}Place", [event.venue], [event.venue_address],
    )  # fmt: skip
    assert (organizer["@type"], organizer["name"]) == (f"{_SCHEMA}GovernmentOrganization", ["Modum kommune"])
    assert "Bli kjent med Modum." in told["description"][0]


def test_who_shares_the_page_shows_its_title_its_words_and_a_picture(client: FlaskClient, event: Event) -> None:
    told = {meta.get("property", ""): meta.get("content", "") for meta in page_of(client).iter("meta")}
    assert (told["og:title"], told["og:type"], told["og:url"]) == (event.title, "event", f"http://localhost{PAGE}")
    assert told["og:description"]
    assert told["og:site_name"] == "Modum kommune"
    picture = client.get(told["og:image"].removeprefix("http://localhost"))
    assert picture.content_type == "image/png"
    assert Image.open(BytesIO(picture.data)).size == (int(told["og:image:width"]), int(told["og:image:height"]))
    # The largest that chats show without leaving the picture out (WhatsApp: 600 kB).
    assert len(picture.data) < 600_000
    assert told["og:image:alt"] == event.title


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb_NO"), ("nn", "nn_NO"), ("en", "en_GB")])
def test_the_picture_and_the_words_are_in_the_language_of_the_page(
    client: FlaskClient, language: str, locale: str
) -> None:
    make_event()
    told = {meta.get("property", ""): meta.get("content", "") for meta in page_of(client, language).iter("meta")}
    assert told["og:locale"] == locale
    assert f"deling-{language}.png" in told["og:image"]


def test_a_cancelled_event_is_told_as_cancelled_and_leads_nobody_there(client: FlaskClient) -> None:
    event = make_event()
    service.cancel_event(event, clock.now_utc())
    db.session.commit()
    page = page_of(client)
    assert event_told(page)["eventStatus"] == [f"{_SCHEMA}EventCancelled"]
    assert event_told(page)["startDate"]
    assert links(page) == {}
    assert not [meta for meta in page.iter("meta") if meta.get("property") == "og:image"]
    assert str(in_the_file(client)["STATUS"]) == "CANCELLED"
