"""The role privacy finds one person, sees what is stored, gives it out, and erases it."""

from functools import partial
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.people.models import Person
from outreach.register.staging.searching.queries import is_much, unread
from outreach.retention.blueprint import blueprint
from outreach.retention.holding import queries, service
from outreach.retention.holding.forms import KEEP, EraseForm, FindForm
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]


@blueprint.get("/admin/innsyn")
@requires(Permission.PRIVACY_ERASE)
def ask_for_person() -> str:
    return render_template("retention/find_person.html", form=FindForm(), found=None)


@blueprint.post("/admin/innsyn")
@requires(Permission.PRIVACY_ERASE)
def find_person() -> Any:
    """Show whom the text can mean. Nobody and somebody whom we may not tell of give the same answer."""
    form = FindForm()
    if not form.validate_on_submit():
        return render_template("retention/find_person.html", form=form, found=None), 422
    now, typed, year = clock.now_utc(), form.text.data, form.birth_year.data
    service.note("person.find", None, actor=current_actor(), now=now)
    return render_template(
        "retention/find_person.html",
        form=form,
        found=queries.find(typed, birth_year=year),
        waiting=None if is_much(now=now) else queries.find_waiting(typed, birth_year=year, now=now),
        unread=unread(now=now),
        nobody=queries.NothingHeldError.message,
    )


@blueprint.get("/admin/innsyn/venter/<int:extract_id>/<int:place>")
@requires(Permission.PRIVACY_ERASE)
def show_waiting(extract_id: int, place: int) -> str:
    """Show one row of a file that waits for a yes."""
    now = clock.now_utc()
    if is_much(now=now):
        raise queries.NothingHeldError
    row = queries.one_waiting(f"{extract_id}.{place}", now=now)
    aside(partial(service.note_waiting, "person.show_held", row, actor=current_actor(), now=now))
    return render_template("retention/show_waiting.html", row=row, parts=_in_words(service.held_in(row)))


@blueprint.get("/admin/innsyn/<int:person_id>")
@requires(Permission.PRIVACY_ERASE)
def show_held(person_id: int) -> str:
    person = queries.person(person_id)
    _note_aside("person.show_held", person_id)
    return render_template("retention/show_held.html", person=person, parts=_parts(person), form=EraseForm())


@blueprint.get("/admin/innsyn/<int:person_id>/utskrift")
@requires(Permission.PRIVACY_ERASE)
def print_held(person_id: int) -> str:
    """Show the same for printing, without the page around it."""
    person = queries.person(person_id)
    _note_aside("person.export", person_id)
    return render_template(
        "retention/print_held.html", name=person.full_name, parts=_parts(person), now=clock.now_utc(), sheet=""
    )


@blueprint.post("/admin/innsyn/<int:person_id>/hent")
@requires(Permission.PRIVACY_ERASE)
def fetch_held(person_id: int) -> Response:
    """Send everything as JSON. By POST, since that it was fetched is kept."""
    person, now = queries.person(person_id), clock.now_utc()
    response = make_response(service.as_json(service.held_on(person, now=now, on_page=True), now=now))
    service.note("person.export", person_id, actor=current_actor(), now=now)
    response.content_type = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="innsyn-{person_id}.json"'
    return response


@blueprint.get("/admin/innsyn/<int:person_id>/slett")
@requires(Permission.PRIVACY_ERASE)
def ask_to_erase(person_id: int) -> str:
    person = queries.person(person_id)
    _note_aside("person.show_held", person_id)
    return render_template("retention/ask_to_erase.html", person=person, form=EraseForm())


@blueprint.post("/admin/innsyn/<int:person_id>/slett")
@requires(Permission.PRIVACY_ERASE)
def erase_person(person_id: int) -> Any:
    person, form = queries.person(person_id), EraseForm()
    if not form.validate_on_submit():
        return render_template("retention/ask_to_erase.html", person=person, form=form), 422
    service.erase(person, keeps_mark=form.mark.data == KEEP, actor=current_actor(), now=clock.now_utc())
    flash(_("Personen er slettet. Kvitteringen står under Sletting."))
    return redirect(url_for("retention.ask_for_person"), 303)


def _parts(person: Person) -> list[tuple[str, list[Any]]]:
    return _in_words(service.held_on(person, now=clock.now_utc(), on_page=True))


def _in_words(held: dict[str, service.Part]) -> list[tuple[str, list[Any]]]:
    return service.in_words(held, settings_of_app().municipality_numbers)


def _note_aside(act: str, person_id: int) -> None:
    aside(partial(service.note, act, person_id, actor=current_actor(), now=clock.now_utc()))
