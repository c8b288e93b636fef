"""Staff see how many signed up and who they are, share the way in, take the list along. Looks are written down."""

from functools import partial
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.interest import INTEREST_WORDS
from outreach.audit.service import record
from outreach.contact_point import erasure, queries
from outreach.contact_point.blueprint import blueprint
from outreach.contact_point.filling.service import SUBJECT, details_of
from outreach.contact_point.listing import queries as listing
from outreach.contact_point.posters.service import CITIES, poster_pdf
from outreach.contact_point.recognising.service import match_by_hand
from outreach.contact_point.sign_up import HEARD_BY_WORDS, PURPOSE_WORDS, heard_by, short_link
from outreach.errors import NotFoundError
from outreach.events.posters.poster import Form
from outreach.events.study_place import PLACE_WORDS, StudyPlace
from outreach.formats import qr
from outreach.formats.safe_csv import csv_text
from outreach.formats.whole_numbers import row_number, small_number
from outreach.outbox.states import Channel
from outreach.web.headers import settings_of_app
from outreach.web.languages import current_language
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_CITY = f"<any({', '.join(CITIES)}):city>"
_WORDS = {"places": PLACE_WORDS, "interests": INTEREST_WORDS, "purposes": PURPOSE_WORDS, "ways": HEARD_BY_WORDS}


@blueprint.get("/admin/kontaktpunkt")
@requires(Permission.PEOPLE_SEE)
def show_contact_point() -> str:
    """Show numbers, and the links that bring people here."""
    base = settings_of_app().public_url
    links = [(way, short_link(base, way)) for way in HEARD_BY_WORDS]
    shown = {"numbers": listing.numbers(), "cities": CITIES, "language": current_language(), **_WORDS}
    return render_template("contact_point/show_contact_point.html", links=links, **shown)


@blueprint.get("/admin/kontaktpunkt/paameldte")
@requires(Permission.PEOPLE_SEE)
def list_sign_ups() -> Any:
    """Show who signed up, all or of one city."""
    page, city = request.args.get("side", 1, type=small_number), request.args.get("by", "")
    if page < 1 or (city and city not in PLACE_WORDS):
        abort(404)
    lines, total = listing.listed(city, page=page)
    if not lines and page > 1:
        raise NotFoundError
    _note("contact.list", page=page)
    last_page = max(1, -(-total // listing.PAGE_SIZE))
    place = {"lines": lines, "total": total, "page": page, "last_page": last_page, "city": city}
    return render_template("contact_point/list_sign_ups.html", **place, **_WORDS)


@blueprint.get("/admin/kontaktpunkt/paameldte.csv")
@requires(Permission.AUDIENCE_USE)
def export_sign_ups() -> Any:
    """Send the list as a table that a spreadsheet opens and never runs."""
    header = [
        _("Navn"),
        _("Studerer"),
        _("Skole"),
        _("Studium eller fag"),
        _("Ferdig"),
        _("Vil høre om"),
        _("Sagt ja til"),
    ]
    header += [_("E-post"), _("Mobil"), _("Bekreftet")]
    lines = listing.everybody()
    _note("contact.export", persons=len(lines))
    text = csv_text(header, [_row(line) for line in lines], delimiter=";")
    answer = Response(text.encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="kontaktpunkt.csv"'
    return answer


@blueprint.get("/admin/kontaktpunkt/paameldte/<int:sign_up_id>")
@requires(Permission.PEOPLE_SEE)
def show_sign_up(sign_up_id: int) -> str:
    """Show all that is held on one person."""
    row = queries.by_id(sign_up_id)
    if row is None or row.is_unlisted:
        raise NotFoundError
    _note("contact.look", subject_id=sign_up_id)
    likely = queries.likely_persons(row)
    return render_template("contact_point/show_sign_up.html", row=row, told=details_of(row), likely=likely, **_WORDS)


@blueprint.post("/admin/kontaktpunkt/paameldte/<int:sign_up_id>/kobling")
@requires(Permission.PEOPLE_EDIT)
def match_sign_up(sign_up_id: int) -> Any:
    """Note whom of the register somebody is, or that it is nobody there."""
    row = queries.held(sign_up_id)
    match_by_hand(row, request.form.get("person", type=row_number), actor=current_actor(), now=clock.now_utc())
    flash(_("Koblingen er lagret."))
    return redirect(url_for("contact_point.show_sign_up", sign_up_id=sign_up_id), 303)


@blueprint.post("/admin/kontaktpunkt/paameldte/<int:sign_up_id>/slett")
@requires(Permission.PRIVACY_ERASE)
def erase_sign_up(sign_up_id: int) -> Any:
    """Erase one person who asked for it by phone."""
    erasure.erase_own(queries.held(sign_up_id), now=clock.now_utc(), actor=current_actor())
    flash(_("Alt om personen er slettet."))
    return redirect(url_for("contact_point.list_sign_ups"), 303)


@blueprint.get("/admin/kontaktpunkt/qr/<way>.svg")
@requires(Permission.PEOPLE_SEE)
def show_qr(way: str) -> Any:
    """Draw the QR of one of our links, for a poster."""
    if not heard_by(way):
        abort(404)
    picture = qr.svg(short_link(settings_of_app().public_url, way))
    answer = Response(picture, mimetype="image/svg+xml")
    answer.headers["Content-Disposition"] = f'inline; filename="kontaktpunkt-{way}.svg"'
    return answer


@blueprint.get(f"/admin/kontaktpunkt/plakat/{_CITY}-<any(a3, a4):form>-<any(nb, nn, en):language>.pdf")
@requires(Permission.PEOPLE_SEE)
def city_poster(city: str, form: str, language: str) -> Any:
    """Send the poster of a study city."""
    content = poster_pdf(StudyPlace(city), Form(form), language, today=clock.today_oslo())
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="kontaktpunkt-{city}-{form}-{language}.pdf"'
    return answer


def _note(act: str, subject_id: int | None = None, **details: int) -> None:
    look = partial(record, act, subject_kind=SUBJECT, actor=current_actor(), now=clock.now_utc())
    aside(partial(look, subject_id=subject_id, **details))


def _row(line: listing.Line) -> list[object]:
    words = [_(INTEREST_WORDS[one]) for one in INTEREST_WORDS if one in line.interests]
    said = [_(PURPOSE_WORDS[one]) for one in PURPOSE_WORDS if one in line.purposes]
    is_email = line.channel == Channel.EMAIL
    return [
        line.name, _(PLACE_WORDS[StudyPlace(line.city)]), line.school, line.programme, line.finishing_year,
        ", ".join(words), ", ".join(said), line.contact if is_email else "", "" if is_email else line.contact,
        line.confirmed_at_utc.astimezone(clock.OSLO).date().isoformat(),
    ]  # fmt: skip
