"""Staff compose segments, count them, save, change, copy and archive them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience import queries, service
from outreach.audience.blueprint import blueprint
from outreach.audience.exclusions import WORDS
from outreach.audience.frozen import queries as frozen_lists
from outreach.audience.history import History
from outreach.audience.rule import Rule, rule_of_json
from outreach.audience.rule_words import rule_phrases
from outreach.audience.saved import queries as saved
from outreach.audience.saved import service as saving
from outreach.audience.saved.forms import RuleForm, form_of
from outreach.audience.segment import BUILT_IN, SEGMENT_WORDS, SegmentName, WindowError
from outreach.errors import OutreachError
from outreach.events import queries as events
from outreach.register.extract_age import NoExtractError
from outreach.register.queries import postcodes
from outreach.web.error_pages import message_of

__all__ = ["blueprint"]


@blueprint.get("/admin/utvalg")
@requires(Permission.AUDIENCE_USE)
def list_segments() -> Any:
    """Show every segment with its rule in words: built-in, saved, archived."""
    built_in = [(name.value, SEGMENT_WORDS[name], _lines(rule)) for name, rule in BUILT_IN.items()]
    kept = [(segment, _lines(rule_of_json(segment.rule_json))) for segment in saved.saved_segments()]
    return render_template("audience/list_segments.html", built_in=built_in, saved=kept)


@blueprint.route("/admin/utvalg/nytt", methods=["GET", "POST"])
@requires(Permission.AUDIENCE_USE)
def new_segment() -> Any:
    """Compose a segment, from nothing or as a copy of another; count it or save it."""
    form = _new_form(request.args.get("kopi", ""))
    is_sound = form.is_submitted() and form.is_sound(postcodes())
    if is_sound and request.form.get("act") == "save":
        try:
            rule = form.rule(postcodes())
            slug = saving.create(form.name.data, rule, now=clock.now_utc(), actor=current_actor())
        except OutreachError as error:
            form.take(error)
        else:
            flash(_("Utvalget er lagret."))
            return redirect(url_for("audience.show_segment", segment=slug), 303)
    return _composed(form, is_sound=is_sound)


@blueprint.route("/admin/utvalg/<segment>/endre", methods=["GET", "POST"])
@requires(Permission.AUDIENCE_USE)
def edit_segment(segment: str) -> Any:
    """Change a saved segment; what was made by it earlier stays as it was."""
    kept = saved.by_slug(segment)
    form = form_of(kept.name, rule_of_json(kept.rule_json), revision=kept.revision)
    _leave_out_unknown(form)
    is_sound = form.is_submitted() and form.is_sound(postcodes())
    if is_sound and request.form.get("act") == "save":
        try:
            _change(kept, form)
        except OutreachError as error:
            form.take(error)
        else:
            flash(_("Endringen er lagret. Lister som er laget før, er som de var."))
            return redirect(url_for("audience.show_segment", segment=segment), 303)
    return _composed(form, is_sound=is_sound, kept=kept)


@blueprint.get("/admin/utvalg/<segment>")
@requires(Permission.AUDIENCE_USE)
def show_segment(segment: str) -> Any:
    """Show one segment: its rule, how many it holds now, where it was used, and for which events it can be."""
    is_built_in = segment in set(SegmentName)
    kept = None if is_built_in else saved.by_slug(segment)
    title, rule = (
        (SEGMENT_WORDS[SegmentName(segment)], BUILT_IN[SegmentName(segment)])
        if is_built_in
        else (
            kept.name if kept else "",
            rule_of_json(kept.rule_json if kept else ""),
        )
    )
    coming = [event for event in events.coming(clock.now_utc()) if event.state == "published"]
    return render_template(
        "audience/show_segment.html",
        slug=segment, title=title, kept=kept, lines=_lines(rule), coming=coming,
        uses=frozen_lists.uses_of(segment), **_counted(rule),
    )  # fmt: skip


@blueprint.post("/admin/utvalg/<segment>/arkiver")
@requires(Permission.AUDIENCE_USE)
def archive_segment(segment: str) -> Any:
    """Offer the segment no more."""
    saving.archive(saved.by_slug(segment), now=clock.now_utc(), actor=current_actor())
    flash(_("Utvalget er arkivert. Det blir ikke tilbudt lenger."))
    return redirect(url_for("audience.list_segments"), 303)


@blueprint.post("/admin/utvalg/<segment>/ta-fram")
@requires(Permission.AUDIENCE_USE)
def restore_segment(segment: str) -> Any:
    """Offer an archived segment again."""
    saving.restore(saved.by_slug(segment), now=clock.now_utc(), actor=current_actor())
    flash(_("Utvalget kan brukes igjen."))
    return redirect(url_for("audience.show_segment", segment=segment), 303)


def _new_form(copied: str) -> RuleForm:
    name, rule = "", Rule()
    if copied in set(SegmentName):
        name, rule = _(SEGMENT_WORDS[SegmentName(copied)]), BUILT_IN[SegmentName(copied)]
    elif found := saved.any_rule(copied):
        name, rule = found
    form = form_of(_("Kopi av %(name)s", name=name) if name else "", rule)
    _leave_out_unknown(form)
    return form


def _leave_out_unknown(form: RuleForm) -> None:
    """Take out what nobody can tell yet, unless the rule has it from before."""
    if not queries.is_told(History.SIGNED_UP) and not form.signed_up.data:
        del form.signed_up, form.signed_up_not, form.signed_up_interests


def _change(kept: Any, form: RuleForm) -> None:
    given = form.revision.data or ""
    revision = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    rule = form.rule(postcodes())
    saving.change(kept, form.name.data, rule, revision=revision, now=clock.now_utc(), actor=current_actor())


def _composed(form: RuleForm, *, is_sound: bool, kept: Any = None) -> Any:
    shown = {"lines": [], **(_counted(form.rule(postcodes())) if is_sound and not form.errors else _NOT_COUNTED)}
    if shown["counted"]:
        shown["lines"] = _lines(form.rule(postcodes()))
    page = render_template("audience/compose_segment.html", form=form, kept=kept, **shown)
    return page, 422 if form.errors else 200


_NOT_COUNTED: dict[str, Any] = {"counted": None, "seen": None, "words": {}, "why_not": ""}


def _counted(rule: Rule) -> dict[str, Any]:
    try:
        seen = service.preview(rule)
    except NoExtractError:
        return _NOT_COUNTED
    except WindowError as error:
        return {**_NOT_COUNTED, "why_not": message_of(error)}
    words = {str(reason): text for reason, text in WORDS.items()}
    return {**_NOT_COUNTED, "counted": service.count_seen(seen), "seen": seen, "words": words}


def _lines(rule: Rule) -> Any:
    return rule_phrases(rule, postcodes().place)
