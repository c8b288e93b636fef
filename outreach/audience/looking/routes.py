"""Staff search for a person by name, and see why the person is in a segment or not. Each look is noted."""

from datetime import date
from functools import partial
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience import service
from outreach.audience.blueprint import blueprint
from outreach.audience.exclusions import WORDS, Inclusion
from outreach.audience.forms import NameForm
from outreach.audience.looking import queries
from outreach.audience.looking import service as looking
from outreach.audience.name_search import LEAST_LETTERS, words_of
from outreach.audience.phrase import Phrase
from outreach.audience.queries import NO_EVENT
from outreach.audience.rule_words import WHO_WORDS
from outreach.audience.segment import UnknownSegmentError, WindowError
from outreach.audience.service import SeenSegment
from outreach.audience.why_words import answers_in_words, residence_phrase
from outreach.errors import NotFoundError
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.register.extract_age import NoExtractError
from outreach.register.moves import REASONS
from outreach.register.queries import postcodes
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_WORDS = {str(reason): text for reason, text in WORDS.items()}


@blueprint.route("/admin/utvalg/<segment>/personer", methods=["GET", "POST"])
@requires(Permission.AUDIENCE_USE)
def search_person(segment: str) -> Any:
    """Search for a person by name, and say for each whether the segment has them."""
    seen, event, form = _seen(segment), _event(), NameForm()
    people: list[queries.FoundPerson] = []
    wanted: tuple[str, ...] = ()
    number = 0
    if form.validate_on_submit():
        wanted = words_of(form.name.data)
        if not any(len(word) >= LEAST_LETTERS for word in wanted):
            form.name.errors = [_("Skriv minst to bokstaver av navnet.")]
        else:
            where = {"event_id": event.id if event else NO_EVENT, "import_id": seen.extract.id}
            people, number = queries.named(wanted, seen.segment, **where)
            looking.note_search(found=number, actor=current_actor(), now=clock.now_utc())
    page = render_template(
        "audience/search_person.html",
        form=form, people=people, number=number, was_sought=bool(wanted) and not form.errors, most=queries.MOST_FOUND,
        **_shown(seen, event),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/admin/utvalg/<segment>/personer/<int:person_id>")
@requires(Permission.AUDIENCE_USE)
def show_why(segment: str, person_id: int) -> Any:
    """Show each condition with yes or no and what is known of the person."""
    seen, event = _seen(segment), _event()
    where = {"event_id": event.id if event else NO_EVENT, "import_id": seen.extract.id}
    why = queries.why(person_id, seen.segment, **where)
    aside(partial(looking.note_why, person_id, actor=current_actor(), now=clock.now_utc()))
    told = answers_in_words(seen.segment, why.answers, postcodes().place)
    residence = residence_phrase(is_resident=why.is_resident, is_dead=why.is_dead, seen_as_of=why.seen_as_of)
    page = {"why": why, "told": told, "residence": residence, "verdict": _verdict(why.move_verdict)}
    who = {"who": Phrase(WHO_WORDS[seen.segment.rule.who]), "fits_who": why.fits_who}
    shown = {**page, **who, **_shown(seen, event), "is_in": why.reason in set(Inclusion)}
    return render_template("audience/show_why.html", **shown)


def _seen(segment: str) -> SeenSegment:
    try:
        window = {name: _day(request.args.get(name, "")) for name in ("since", "until")}
        return service.see(segment, **window, also_archived=True)
    except (ValueError, UnknownSegmentError, WindowError, NoExtractError) as error:
        raise NotFoundError from error


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _event() -> Event | None:
    slug = request.args.get("event", "")
    return events.by_slug(slug) if slug else None


def _verdict(move_verdict: str) -> str:
    known = {verdict.value: text for verdict, text in REASONS.items()}
    return known.get(move_verdict, "")


def _shown(seen: SeenSegment, event: Event | None) -> dict[str, Any]:
    """Return what both pages show, and the part of the address that says for which event and window."""
    segment = seen.segment
    asked = {name: request.args[name] for name in ("event", "since", "until") if request.args.get(name)}
    return {"seen": seen, "segment": segment, "event": event, "words": _WORDS, "asked": asked}
