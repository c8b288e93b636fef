"""Staff put events together in a series, of which one invitation lets a household choose one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events.blueprint import blueprint
from outreach.events.series import queries, service
from outreach.events.series.forms import SeriesForm
from outreach.events.words import CITY_WORDS, STATE_WORDS

__all__ = ["blueprint"]


@blueprint.get("/admin/serier")
@requires(Permission.EVENT_SEE)
def list_series() -> Any:
    words = {"cities": CITY_WORDS, "states": STATE_WORDS}
    return render_template("events/list_series.html", found=queries.all_series(), **words)


@blueprint.route("/admin/serier/ny", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def new_series() -> Any:
    form, now = SeriesForm(), clock.now_utc()
    form.offer(queries.candidates(None, now))
    if form.validate_on_submit():
        try:
            service.make_series(form.title.data or "", form.chosen, now=now, actor=current_actor())
        except OutreachError as error:
            form.take(error)
        else:
            flash(_("Serien er laget."))
            return redirect(url_for("events.list_series"), 303)
    return render_template("events/edit_series.html", form=form, series=None), 422 if form.errors else 200


@blueprint.route("/admin/serier/<int:series_id>", methods=["GET", "POST"])
@requires(Permission.EVENT_EDIT)
def edit_series(series_id: int) -> Any:
    series, now = queries.by_id(series_id), clock.now_utc()
    events = queries.candidates(series.id, now)
    inside = [str(event.id) for event in events if event.series_id == series.id]
    form = SeriesForm(data={"title": series.title, "events": inside})
    form.offer(events)
    if form.validate_on_submit():
        try:
            service.change_series(series, form.title.data or "", form.chosen, now=now, actor=current_actor())
        except OutreachError as error:
            form.take(error)
        else:
            flash(_("Endringen er lagret."))
            return redirect(url_for("events.list_series"), 303)
    shown = {"id": series.id, "title": series.title}
    return render_template("events/edit_series.html", form=form, series=shown), 422 if form.errors else 200


@blueprint.post("/admin/serier/<int:series_id>/slett")
@requires(Permission.EVENT_EDIT)
def delete_series(series_id: int) -> Any:
    service.take_apart(queries.by_id(series_id), now=clock.now_utc(), actor=current_actor())
    flash(_("Serien er delt opp. Arrangementene står som før."))
    return redirect(url_for("events.list_series"), 303)
