"""Staff write the texts of a mailing, have them checked, look at them as a household gets them, and try them out."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from outreach import clock
from outreach.accounts.access import current_actor, current_user, requires
from outreach.accounts.roles import Permission
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.mailings import queries, service
from outreach.mailings.audiences.service import audience_of
from outreach.mailings.blueprint import at, blueprint
from outreach.mailings.composing import service as composing
from outreach.mailings.composing.queries import language_of
from outreach.mailings.fields import FIELD_WORDS
from outreach.mailings.forms import TextsForm, texts_form
from outreach.mailings.languages import language_name
from outreach.mailings.mailing import KIND_WORDS, Kind, State, Text
from outreach.mailings.routes import flash_and_show, mailing_at
from outreach.mailings.texts import service as texts
from outreach.messages.sms_parts import count
from outreach.messages.writing.same_facts import FACT_WORDS
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.transactions import aside

__all__ = ["blueprint"]


@at("/<int:mailing_id>/tekst", "GET", "POST")
@requires(Permission.MAILING_WRITE)
def write_texts(slug: str, mailing_id: int) -> Any:
    """Write, check without saving, save, or add a language."""
    event, mailing = mailing_at(slug, mailing_id)
    if mailing.state != State.DRAFT:
        return flash_and_show(slug, mailing_id, _("Teksten kan bare endres mens utsendingen er en kladd."), "warning")
    form = texts_form(service.draft_of(mailing), is_newsletter=event is None)
    if not form.is_submitted():
        return _writing(event, mailing, form)
    if not form.validate():
        return _writing(event, mailing, form), 422
    act = request.form.get("act", "check")
    if act == "check":
        return _writing(event, mailing, form, is_checked=True)
    _save(mailing, form, adds=act == "add")
    if act == "add":
        return redirect(url_for("mailings.write_texts", slug=slug, mailing_id=mailing_id), 303)
    return flash_and_show(slug, mailing_id, _("Teksten er lagret."))


@at("/<int:mailing_id>/eksempel/<language>", "GET")
@requires(Permission.MAILING_WRITE)
def preview_sample(slug: str, mailing_id: int, language: str) -> Any:
    """Show the mailing as made-up people would get it."""
    event, mailing = mailing_at(slug, mailing_id)
    try:
        written = composing.sample(mailing, event, language)
    except OutreachError as error:
        return flash_and_show(slug, mailing_id, message_of(error), "danger")
    return _preview(event, mailing, written, invitation_id=None)


@blueprint.get("/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/husstand/<int:invitation_id>")
@requires(Permission.MAILING_WRITE)
def preview_household(slug: str, mailing_id: int, invitation_id: int) -> Any:
    """Show the mailing as one household would get it now; that somebody looked is written down."""
    event = events.by_slug(slug)
    mailing = queries.of_event(event.id, mailing_id)
    language = request.args.get("sprak") or language_of(invitation_id)
    try:
        message = composing.message_of(mailing, event, invitation_id, language=language)
    except OutreachError as error:
        if error.http_status == 404:
            raise
        return flash_and_show(slug, mailing_id, message_of(error), "danger")
    look = partial(service.note_look, mailing, "mailing.preview", actor=current_actor(), now=clock.now_utc())
    aside(partial(look, invitation_id=invitation_id))
    return _preview(event, mailing, message.written, invitation_id=invitation_id)


@at("/<int:mailing_id>/prove", "POST")
@requires(Permission.MAILING_WRITE)
def send_test(slug: str, mailing_id: int) -> Any:
    """Send a test in each language to whoever asks."""
    _event, mailing = mailing_at(slug, mailing_id)
    user = current_user()
    try:
        made = texts.queue_test(mailing, user_id=user.id, actor=current_actor(), now=clock.now_utc())
    except OutreachError as error:
        return flash_and_show(slug, mailing_id, message_of(error), "danger")
    told = ngettext(
        "%(num)s prøve er på vei til %(email)s.", "%(num)s prøver er på vei til %(email)s.", made, email=user.email
    )
    return flash_and_show(slug, mailing_id, told)


def _save(mailing: Any, form: TextsForm, *, adds: bool) -> None:
    draft = form.draft()
    if adds and (language := form.added()):
        draft = replace(draft, texts=(*draft.texts, Text(language, "", "", "")))
        flash(_("%(language)s er lagt til nederst.", language=language_name(language)))
    service.save(mailing, draft, actor=current_actor(), now=clock.now_utc())


def _writing(event: Any, mailing: Any, form: TextsForm, *, is_checked: bool = False) -> str:
    kind, known = Kind(mailing.kind), audience_of(mailing, event).fields
    return render_template(
        "mailings/write_texts.html",
        event=event, mailing=mailing, form=form, kinds=KIND_WORDS,
        checked=service.checked(mailing, event, form.draft()) if is_checked else None,
        fields=[(name, words) for name, words in FIELD_WORDS.items() if name in known],
        fact_words=FACT_WORDS, language_name=language_name, asks_survey=kind is Kind.THANKS,
        has_register=bool(settings_of_app().services.krr_url) and kind is not Kind.NEWSLETTER,
        is_newsletter=kind is Kind.NEWSLETTER,
    )  # fmt: skip


def _preview(event: Any, mailing: Any, written: Any, *, invitation_id: int | None) -> str:
    return render_template(
        "mailings/preview.html",
        event=event, mailing=mailing, written=written, invitation_id=invitation_id, size=count(written.sms),
        shown_languages=[(text.language, language_name(text.language)) for text in mailing.texts], kinds=KIND_WORDS,
    )  # fmt: skip
