"""Staff make, change, publish and cancel events."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events import queries, service
from outreach.events.blueprint import blueprint
from outreach.events.event import State
from outreach.events.forms import form_of, new_form, template_of
from outreach.events.starting_points import TITLES
from outreach.events.told_by import Told, told
from outreach.events.words import CITY_WORDS, KIND_WORDS, STATE_WORDS

__all__ = ["blueprint"]

_WORDS = {"kinds": KIND_WORDS, "states": STATE_WORDS, "cities": CITY_WORDS}


@blueprint.get("/admin/arrangementer")
@requires(Permission.EVENT_SEE)
def list_events() -> Any:
    now = clock.now_utc()
    upcoming, past = queries.upcoming_and_past(now)
    return render_template("events/list_events.html", upcoming=upcoming, past=past, now=now, **_WORDS)


@blueprint.route("/admin/arrangementer/ny", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def new_event() -> Any:
    template, now = template_of(request.args.get("mal", "")), clock.now_utc()
    form = new_form(template, clock.today_oslo())
    if form.validate_on_submit():
        try:
            publish = request.form.get("act") == "publish"
            service.create_event(form.details(now), now, publish=publish, actor=current_actor())
        except OutreachError as error:
            form.take(error)
        else:
            flash(_("Arrangementet er publisert.") if publish else _("Kladden er lagret. Gjestene ser den ikke ennå."))
            return _to_events()
    shown = {"template": template, "templates": TITLES}
    return render_template("events/new_event.html", form=form, **shown, **_WORDS), 422 if form.errors else 200


@blueprint.route("/admin/arrangementer/<slug>/endre", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def edit_event(slug: str) -> Any:
    event, now = queries.by_slug(slug), clock.now_utc()
    present = service.details_of(event)
    form = form_of(present, was_seen=event.state != State.DRAFT)
    if form.validate_on_submit():
        try:
            effect = service.change_event(event, form.details(now, present), now, actor=current_actor())
        except OutreachError as error:
            form.take(error)
        else:
            flash(_what_it_did(effect, told(current_app, event.id)))
            return redirect(url_for("events.edit_event", slug=event.slug), 303)
    shown = {"slug": present.slug, "title": present.title, "state": event.state}
    ways = _ways(told(current_app, event.id))
    page = render_template("events/edit_event.html", event=shown, form=form, ways=ways, **_WORDS)
    return page, 422 if form.errors else 200


@blueprint.post("/admin/arrangementer/<slug>/publiser")
@requires(Permission.EVENT_EDIT)
def publish_event(slug: str) -> Any:
    service.publish_event(queries.by_slug(slug), clock.now_utc(), actor=current_actor())
    flash(_("Arrangementet er publisert."))
    return _to_events()


@blueprint.post("/admin/arrangementer/<slug>/avlys")
@requires(Permission.EVENT_EDIT)
def cancel_event(slug: str) -> Any:
    service.cancel_event(queries.by_slug(slug), clock.now_utc(), actor=current_actor())
    flash(_("Arrangementet er avlyst. Gjestene får beskjed."))
    return _to_events()


@blueprint.post("/admin/arrangementer/<slug>/kopier")
@requires(Permission.EVENT_EDIT)
def copy_event(slug: str) -> Any:
    copy = service.copy_event(queries.by_slug(slug), clock.now_utc(), actor=current_actor())
    flash(_("Kopien er en kladd. Se over datoer og tekster før du publiserer."))
    return redirect(url_for("events.edit_event", slug=copy.slug), 303)


def _what_it_did(effect: service.Effect, reached: Told) -> str:
    """Return what staff read after saving: who is told, by which way."""
    if effect is service.Effect.NONE:
        return str(_("Ingenting var endret."))
    ways = _ways(reached) if effect is service.Effect.TOLD else []
    return " ".join([_("Endringen er lagret."), *(ways or [_("Ingen gjester får melding om den.")])])


def _ways(reached: Told) -> list[str]:
    """Return a sentence for each way by which households are told; none when there is nobody to tell."""
    sentences = (
        (reached.email, ngettext("%(num)s husstand får e-post.", "%(num)s husstander får e-post.", reached.email)),
        (reached.sms, ngettext("%(num)s husstand får SMS.", "%(num)s husstander får SMS.", reached.sms)),
        (reached.call, ngettext("%(num)s husstand må dere ringe.", "%(num)s husstander må dere ringe.", reached.call)),
    )
    return [sentence for number, sentence in sentences if number]


def _to_events() -> Any:
    return redirect(url_for("events.list_events"), 303)
