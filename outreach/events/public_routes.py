"""What anybody may see: coming events, the page of one event, and calendar files. Nothing here is personal."""

from datetime import datetime
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from outreach import clock
from outreach.events import queries, service
from outreach.events.blueprint import blueprint
from outreach.events.calendar import FEEDS, calendars_elsewhere, file_of, map_url
from outreach.events.event import oslo_day, oslo_iso
from outreach.events.models import Event
from outreach.events.page_parts import parts_of
from outreach.events.phase import phase_of
from outreach.events.posters import service as posters
from outreach.events.programme import timed
from outreach.events.rendered_pages import RenderedPage, RenderedPages, rendered
from outreach.events.rich_text import first_words, to_html
from outreach.events.words import CITY_WORDS
from outreach.web.access import public
from outreach.web.entity_tags import unless_known
from outreach.web.headers import settings_of_app
from outreach.web.kept_answers import keep_answer
from outreach.web.languages import LANGUAGES, STAND_IN, languages_here, request_language

__all__ = ["blueprint"]

_HTML = "text/html; charset=utf-8"
_CALENDAR = "text/calendar; charset=utf-8"
# Kept by the browser, asked for again each time: a cancelled event must say so at once.
_ASK_EACH_TIME = "public, no-cache"


@blueprint.record_once
def keep_pages(state: Any) -> None:
    """Give the application its rendered pages."""
    state.app.extensions["treffpunkt.event_pages"] = RenderedPages()


@blueprint.app_template_filter("iso_oslo")
def iso_oslo(moment_utc: datetime) -> str:
    """Give templates a moment as machines read it, with Oslo's offset."""
    return oslo_iso(moment_utc)


@blueprint.get("/")
@public
def list_coming() -> Any:
    keep_answer()
    now = clock.now_utc()
    return render_template("events/list_coming.html", events=queries.coming(now), cities=CITY_WORDS, feeds=FEEDS)


@blueprint.get("/arrangement/<slug>")
@public
def show_event(slug: str) -> Any:
    keep_answer()
    version = queries.public_version(slug)
    now = clock.now_utc()
    phase = phase_of(ends_at_utc=version.ends_at_utc, answer_by=version.answer_by, now=now)
    pages: RenderedPages = current_app.extensions["treffpunkt.event_pages"]
    # What the page's parts show may end with the day.
    shown = (version.id, version.state, version.changed_at_utc, phase, oslo_day(now))
    name = (slug, request_language(), *languages_here())
    return _answer(pages.get(name, shown, lambda: _rendered(slug, phase).encode()), _HTML)


@blueprint.get("/arrangement/<slug>/deling-<any(nb, nn, en):language>.png")
@public
def share_picture(slug: str, language: str) -> Any:
    """The picture that social media show beside a link (Open Graph), set once a change."""
    version = queries.public_version(slug)
    pages: RenderedPages = current_app.extensions["treffpunkt.event_pages"]
    shown = (version.id, version.state, version.changed_at_utc)
    picture = pages.get((slug, "share", language), shown, lambda: _picture(slug, language))
    return _answer(picture, "image/png")


@blueprint.get("/arrangement/<slug>.ics")
@public
def show_event_calendar(slug: str) -> Any:
    event = queries.public_by_slug(slug)
    answer = _answer(rendered(file_of([event], settings_of_app().public_url, _)), _CALENDAR)
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


@blueprint.get(f"/kalender/<any({', '.join(FEEDS)}):feed>.ics")
@public
def show_feed(feed: str) -> Any:
    """The calendar of a city or of all, built once a change."""
    pages: RenderedPages = current_app.extensions["treffpunkt.event_pages"]
    name = ("feed", feed, request_language())
    return _answer(pages.get(name, queries.feed_version(), lambda: _feed(feed)), _CALENDAR)


def _feed(feed: str) -> bytes:
    city = FEEDS[feed]
    name = _("%(organisation)s: arrangementer", organisation=settings_of_app().organisation_name)
    return file_of(queries.for_feed(city), settings_of_app().public_url, _, f"{name} {city or ''}".strip())


def _picture(slug: str, language: str) -> bytes:
    return posters.share_picture(service.not_cancelled(queries.public_by_slug(slug)), language)


def _rendered(slug: str, phase: str) -> str:
    event = queries.public_by_slug(slug)
    parts = parts_of(current_app, event.id)
    return render_template("events/show_event.html", event=event, phase=phase, parts=parts, **_texts(event))


def _texts(event: Event) -> dict[str, Any]:
    points = timed(event.programme, event.starts_at_utc, event.ends_at_utc)
    return {
        "description": Markup(to_html(event.description)),  # noqa: S704 - cleaned by nh3
        "points": points,
        "programme": "" if points else Markup(to_html(event.programme)),  # noqa: S704 - cleaned by nh3
        "starts_day": oslo_day(event.starts_at_utc),
        "preview": first_words(event.description),
        "page_url": f"{settings_of_app().public_url}/arrangement/{event.slug}",
        "elsewhere": calendars_elsewhere(event, settings_of_app().public_url, _),
        "map_url": map_url(event),
        "picture_language": language if (language := request_language()) in LANGUAGES else STAND_IN,
    }


def _answer(page: RenderedPage, content_type: str) -> Response:
    headers = {"Cache-Control": _ASK_EACH_TIME, "Vary": "Accept-Language, Cookie"}
    return unless_known(page.body, page.etag, content_type=content_type, headers=headers)
