"""Staff choose whom an event is for: a segment, how many it holds, who is left out and why."""

from functools import partial
from math import ceil
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience import queries, service
from outreach.audience.blueprint import blueprint
from outreach.audience.exclusions import WORDS, Inclusion, Reason
from outreach.audience.forms import SegmentForm
from outreach.audience.segment import SegmentName, WindowError
from outreach.audience.service import NoExtractError, SeenSegment
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_LISTS = {"in", "out", *map(str, Reason), *map(str, Inclusion)}


@blueprint.get("/admin/arrangementer/<slug>/malgruppe")
@requires(Permission.AUDIENCE_USE)
def choose_audience(slug: str) -> Any:
    """Show the segment that is chosen, its count and the reasons of those who are left out."""
    event, form = events.by_slug(slug), _form()
    seen = _seen(form)
    counted = queries.count(seen.segment, event_id=event.id, import_id=seen.extract.id) if seen else None
    return (
        render_template("audience/choose_audience.html", event=event, form=form, counted=counted, **_shown(seen)),
        422 if form.errors else 200,
    )


@blueprint.get("/admin/arrangementer/<slug>/malgruppe/personer")
@requires(Permission.AUDIENCE_USE)
def list_people(slug: str) -> Any:
    """Name the persons of one reason, or all who are in or out. The look is noted in the audit trail."""
    event, form = events.by_slug(slug), _form()
    seen, reason = _seen(form), request.args.get("reason", "in")
    if seen is None or reason not in _LISTS:
        raise NotFoundError
    page = max(1, request.args.get("page", 1, type=int))
    people, number = queries.listed(
        seen.segment, event_id=event.id, import_id=seen.extract.id, reason=reason, page=page
    )
    aside(partial(service.note_look, event.id, reason=reason, page=page, actor=current_actor(), now=clock.now_utc()))
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    shown = {"people": people, "number": number, "page": page, "pages": pages, "reason": reason}
    return render_template("audience/list_people.html", event=event, form=form, **shown, **_shown(seen))


def _form() -> SegmentForm:
    chosen = request.args if "segment" in request.args else MultiDict({"segment": SegmentName.MOVED_IN.value})
    form = SegmentForm(formdata=chosen)
    form.validate()
    return form


def _seen(form: SegmentForm) -> SeenSegment | None:
    """Return the chosen segment, or None when there is nothing to show: no extract, or a fault in the form."""
    if form.errors:
        return None
    choice = form.choice()
    try:
        return service.see(choice["segment"], since=choice["since"], until=choice["until"])
    except NoExtractError:
        return None
    except WindowError as error:
        form.take(error)
        return None


def _shown(seen: SeenSegment | None) -> dict[str, Any]:
    age = (clock.today_oslo() - seen.extract.as_of).days if seen else 0
    return {
        "seen": seen,
        "words": {str(reason): text for reason, text in WORDS.items()},
        "is_too_old": age > settings_of_app().register_max_age_days,
    }
