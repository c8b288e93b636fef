"""Views of reports for staff: the overview of coming events, and one event's page with its live figures."""

from flask import render_template

from outreach import clock
from outreach.accounts.access import can, current_user, requires
from outreach.accounts.roles import Permission
from outreach.events import queries as event_queries
from outreach.events.models import Event
from outreach.reports.blueprint import blueprint
from outreach.reports.funnel_words import figures_shown
from outreach.reports.funnels import queries as funnels
from outreach.reports.goals.goal import LIGHT_TONES, LIGHT_WORDS
from outreach.reports.goals.queries import standings
from outreach.reports.waiting.queries import waiting
from outreach.rsvp.answer import RsvpState
from outreach.rsvp.seats.seat_kinds import KIND_WORDS
from outreach.rsvp.telling.queries import persons_by_way
from outreach.rsvp.waitlist import queries as waitlist
from outreach.web.headers import settings_of_app

_MOST_UPCOMING = 20
_MOST_PAST = 6


@blueprint.get("/admin/")
@requires(Permission.REPORT_SEE)
def overview() -> str:
    now = clock.now_utc()
    upcoming, past = event_queries.upcoming_and_past(now)
    shown = upcoming[:_MOST_UPCOMING], past[:_MOST_PAST]
    found = funnels.funnels([event.id for events in shown for event in events])
    limit = settings_of_app().release_above_households
    waits = waiting(user_id=current_user().id, may=can, limit=limit, now=now)
    goals = {"standings": standings(now.astimezone(clock.OSLO).year, clock.today_oslo()), "may_edit": False}
    lights = {"lights": LIGHT_WORDS, "tones": LIGHT_TONES}
    events = {"upcoming": shown[0], "past": shown[1], "funnels": found, "has_more": [*shown] != [upcoming, past]}
    return render_template("reports/overview.html", now=now, waits=waits, **events, **goals, **lights)


@blueprint.get("/admin/arrangementer/<slug>")
@requires(Permission.REPORT_SEE)
def show_event(slug: str) -> str:
    event = event_queries.by_slug(slug)
    counts = waitlist.counts(event.id)
    shown = {"event": event, "counts": counts, "kind_words": KIND_WORDS}
    return render_template("reports/show_event.html", **shown, **_figures(event))


@blueprint.get("/admin/arrangementer/<slug>/avlys")
@requires(Permission.EVENT_EDIT)
def ask_to_cancel(slug: str) -> str:
    """Say what calling the event off does, and to how many; `events.cancel_event` does it."""
    event = event_queries.by_slug(slug)
    of_state = {"coming": RsvpState.ATTENDING, "waiting": RsvpState.WAITLISTED}
    told = {name: persons_by_way(event.id, state) for name, state in of_state.items()}
    return render_template("reports/ask_to_cancel.html", event=event, **told)


def _figures(event: Event) -> dict[str, object]:
    now = clock.now_utc()
    return figures_shown(funnels.funnel(event.id), now=now, is_over=event.ends_at_utc <= now)
