"""Staff see one partner at one event: plan, needs, tasks, answer, link."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audit.service import record
from outreach.events import queries as events
from outreach.partners.blueprint import blueprint
from outreach.partners.forms import one_line
from outreach.partners.models import Participation
from outreach.partners.participation import ROLE_WORDS, State, is_open
from outreach.partners.participations import queries, service
from outreach.partners.participations.forms import NeedsForm, PlanForm, TaskForm, needs_form, plan_form
from outreach.partners.participations.listing import state_words
from outreach.partners.participations.routes import PATH
from outreach.partners.partner_link import partner_url
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_ONE = f"{PATH}/<int:participation_id>"


@blueprint.get(_ONE)
@requires(Permission.PARTNER_SEE)
def show_participation(slug: str, participation_id: int) -> Any:
    row = _row(slug, participation_id)
    aside(partial(_note_look, row.organisation_id))
    return _page(row)


@blueprint.post(f"{_ONE}/plan")
@requires(Permission.PARTNER_EDIT)
def plan_participation(slug: str, participation_id: int) -> Any:
    row = _row(slug, participation_id)
    form = plan_form(row)
    if not form.validate():
        return _page(row, plan=form), 422
    service.plan(row, form.plan(), actor=current_actor(), now=clock.now_utc())
    flash(_("Endringen er lagret."))
    return _back(slug, participation_id)


@blueprint.post(f"{_ONE}/behov")
@requires(Permission.PARTNER_EDIT)
def set_participation_needs(slug: str, participation_id: int) -> Any:
    row = _row(slug, participation_id)
    form = needs_form(row)
    if not form.validate():
        return _page(row, needs=form), 422
    service.set_needs(row, form.needs(), actor=current_actor(), now=clock.now_utc())
    flash(_("Endringen er lagret."))
    return _back(slug, participation_id)


@blueprint.post(f"{_ONE}/spor")
@requires(Permission.PARTNER_EDIT)
def ask_partner(slug: str, participation_id: int) -> Any:
    is_new = service.ask(_row(slug, participation_id), actor=current_actor(), now=clock.now_utc())
    if is_new:
        flash(_("Invitasjonen er lagt i køen."))
    else:
        flash(_("Invitasjonen er sendt før. Gi partneren en ny lenke hvis den skal sendes på nytt."), "warning")
    return _back(slug, participation_id)


@blueprint.post(f"{_ONE}/<any(kommer, kommer_ikke, trekk, ny_lenke):answer>")
@requires(Permission.PARTNER_EDIT)
def settle_participation(slug: str, participation_id: int, answer: str) -> Any:
    row, actor, now = _row(slug, participation_id), current_actor(), clock.now_utc()
    if answer == "trekk":
        service.withdraw(row, actor=actor, now=now)
        flash(_("Invitasjonen er trukket tilbake. Lenken virker ikke lenger."))
    elif answer == "ny_lenke":
        service.new_link(row, actor=actor, now=now)
        flash(_("Partneren har fått en ny lenke. Den gamle virker ikke lenger. Send invitasjonen på nytt."))
    else:
        service.answer(row, is_coming=answer == "kommer", actor=actor, now=now)
        flash(_("Svaret er lagret."))
    return _back(slug, participation_id)


@blueprint.post(f"{_ONE}/oppgaver")
@requires(Permission.PARTNER_EDIT)
def add_partner_task(slug: str, participation_id: int) -> Any:
    row, form = _row(slug, participation_id), TaskForm()
    if not form.validate():
        return _page(row, task=form), 422
    service.add_task(row, one_line(form.text), form.due_on.data, actor=current_actor(), now=clock.now_utc())
    flash(_("Oppgaven er lagret."))
    return _back(slug, participation_id)


@blueprint.post(f"{_ONE}/oppgaver/<int:task_id>/<any(gjort, ikke_gjort, slett):deed>")
@requires(Permission.PARTNER_EDIT)
def settle_partner_task(slug: str, participation_id: int, task_id: int, deed: str) -> Any:
    row, actor, now = _row(slug, participation_id), current_actor(), clock.now_utc()
    task = queries.task(row.id, task_id)
    if deed == "slett":
        service.remove_task(row, task, actor=actor, now=now)
    else:
        service.mark_task(row, task, is_done=deed == "gjort", actor=actor, now=now)
    return _back(slug, participation_id)


def _row(slug: str, participation_id: int) -> Participation:
    """Return the participation in this event, locked where something is sent. Raises NotFoundError."""
    row = queries.of_event_by_id(events.by_slug(slug).id, participation_id)
    return queries.held(participation_id) if request.method == "POST" else row


def _page(
    row: Participation, *, plan: PlanForm | None = None, needs: NeedsForm | None = None, task: TaskForm | None = None
) -> str:
    now = clock.now_utc()
    return render_template(
        "partners/show_participation.html",
        row=row,
        plan=plan or plan_form(row, is_fresh=True),
        needs=needs or needs_form(row, is_fresh=True),
        task=task or TaskForm(formdata=None),
        state=state_words(State(row.state), was_asked=row.asked_at_utc is not None),
        roles=ROLE_WORDS,
        is_open=is_open(event_state=row.event.state, starts_at_utc=row.event.starts_at_utc, now=now),
        today=clock.today_oslo(),
        link=partner_url(settings_of_app().public_url, queries.code_of(row)),
    )


def _note_look(organisation_id: int) -> None:
    record(
        "partner.look", subject_kind="partner", subject_id=organisation_id, actor=current_actor(), now=clock.now_utc()
    )


def _back(slug: str, participation_id: int) -> Any:
    return redirect(url_for("partners.show_participation", slug=slug, participation_id=participation_id), 303)
