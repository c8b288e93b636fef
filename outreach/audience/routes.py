"""Staff choose whom an event is for: a segment, how many it holds, who is left out and why; and what was used."""

from functools import partial
from math import ceil
from typing import Any

from flask import render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience import queries, service
from outreach.audience.blueprint import blueprint
from outreach.audience.exclusions import WORDS, Inclusion, Reason
from outreach.audience.forms import SegmentForm
from outreach.audience.frozen import queries as frozen_lists
from outreach.audience.frozen_list import kept_lines, member_words
from outreach.audience.phrase import Phrase
from outreach.audience.rule_words import rule_phrases
from outreach.audience.saved import queries as saved
from outreach.audience.segment import SEGMENT_WORDS, SegmentName, UnknownSegmentError, WindowError
from outreach.audience.service import SeenSegment
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.register.extract_age import NoExtractError
from outreach.register.freshness.queries import is_too_old
from outreach.register.queries import postcodes
from outreach.web.transactions import aside
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_LISTS = {"in", "out", *map(str, Reason), *map(str, Inclusion)}


@blueprint.app_template_filter("phrase")
def say(phrase: Phrase) -> str:
    """Return a phrase in the reader's language, without the "not" that it may carry."""
    locale = get_locale()
    return str(_(phrase.message, **phrase.filled(locale.language if locale else "nb", _)))


@blueprint.get("/admin/arrangementer/<slug>/malgruppe")
@requires(Permission.AUDIENCE_USE)
def choose_audience(slug: str) -> Any:
    """Show the segment that is chosen, its count and the reasons of those who are left out."""
    event, form = events.by_slug(slug), _form()
    seen = _seen(form)
    counted = service.count_seen(seen, event.id) if seen else None
    lists = frozen_lists.lists_of(event.id)
    page = {"event": event, "form": form, "counted": counted, "lists": lists, **_shown(seen)}
    return render_template("audience/choose_audience.html", **page), 422 if form.errors else 200


@blueprint.get("/admin/arrangementer/<slug>/malgruppe/personer")
@requires(Permission.AUDIENCE_USE)
def list_people(slug: str) -> Any:
    """Name the persons of one reason, or all who are in or out. The look is noted in the audit trail."""
    event, form = events.by_slug(slug), _form()
    seen, reason = _seen(form), request.args.get("reason", "in")
    if seen is None or reason not in _LISTS:
        raise NotFoundError
    page = page_asked_for()
    people, number = queries.listed(
        seen.segment, event_id=event.id, import_id=seen.extract.id, reason=reason, page=page
    )
    aside(partial(service.note_look, event.id, reason=reason, page=page, actor=current_actor(), now=clock.now_utc()))
    pages = max(1, ceil(number / queries.PAGE_SIZE))
    shown = {"people": people, "number": number, "page": page, "pages": pages, "reason": reason}
    return render_template("audience/list_people.html", event=event, form=form, **shown, **_shown(seen))


@blueprint.get("/admin/arrangementer/<slug>/malgruppe/lister/<int:list_id>")
@requires(Permission.AUDIENCE_USE)
def show_list(slug: str, list_id: int) -> Any:
    """Show a list as it was made: the rule's words of that day, and each person's reason."""
    event = events.by_slug(slug)
    kept = frozen_lists.list_of(event.id, list_id)
    inside, outside = frozen_lists.counts_of(list_id)
    page = page_asked_for()
    members = frozen_lists.members(list_id, page=page)
    aside(partial(service.note_list_look, list_id, page=page, actor=current_actor(), now=clock.now_utc()))
    pages = max(1, ceil((inside + outside) / queries.PAGE_SIZE))
    told = [(member, member_words(kept.rule_json, kept.as_of, member.known_json, _place)) for member in members]
    shown = {"inside": inside, "outside": outside, "page": page, "pages": pages, "told": told}
    shown = {**_shown(None), **shown, "lines": kept_lines(kept.rule_json, _place)}
    return render_template("audience/show_list.html", event=event, kept=kept, **shown)


def _place(postcode: str) -> str:
    return postcodes().place(postcode)


def _form() -> SegmentForm:
    chosen = request.args if "segment" in request.args else MultiDict({"segment": SegmentName.MOVED_IN.value})
    form = SegmentForm(formdata=chosen)
    form.offer((segment.slug, segment.name) for segment in saved.in_use())
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
    except (UnknownSegmentError, WindowError) as error:
        form.take(error)
        return None


def _shown(seen: SeenSegment | None) -> dict[str, Any]:
    return {
        "seen": seen,
        "lines": rule_phrases(seen.segment.rule, _place) if seen else [],
        "words": {str(reason): text for reason, text in WORDS.items()},
        "titles": {str(name): text for name, text in SEGMENT_WORDS.items()},
        "is_too_old": is_too_old(seen.extract if seen else None, clock.now_utc()),
    }
