"""Anybody signs up with the contact point, and confirms that the address is theirs. No account, no script.

The form answers alike whether an address is known or not. Opening the link of an e-mail changes nothing, since mail
scanners open every link; the button does.
"""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.contact_point import queries, service
from outreach.contact_point.access import confirm_link
from outreach.contact_point.blueprint import blueprint
from outreach.contact_point.forms import CodeForm, SignUpForm
from outreach.contact_point.groups.service import shown_everywhere
from outreach.contact_point.own_link import read_typed, typed_code
from outreach.contact_point.sign_up import Details, heard_by
from outreach.events.study_place import StudyPlace
from outreach.formats.short_code import MistypedCodeError
from outreach.outbox.states import Channel
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.kept_answers import keep_answer
from outreach.web.languages import current_language
from outreach.web.throttle import Limit, check_wait, client_address, note_failure

__all__ = ["blueprint"]

# Every sign-up counts, right or wrong: then each next one waits a little longer, and nobody is locked out.
_FROM_ONE_PLACE = Limit("sign-up-address", 10)
_FROM_EVERYWHERE = Limit("sign-up-all", 300)
_ONE_CONTACT = Limit("sign-up-contact", 3)
_ONE_CODE = Limit("sign-up-code", 5)
_ALL = "all"


@blueprint.get("/kontaktpunkt")
@public
def sign_up() -> str:
    """Show the form; `by` tells which of our links brought somebody here, and guesses the city."""
    keep_answer()
    by = heard_by(request.args.get("by", ""))
    city = by if by in set(StudyPlace) - {StudyPlace.OTHER} else None
    return _form(SignUpForm(formdata=None, by=by, city=city))


@blueprint.post("/kontaktpunkt")
@public
def send_sign_up() -> Any:
    """Keep what was filled in until it is confirmed."""
    now, form = clock.now_utc(), SignUpForm()
    check_wait((_FROM_ONE_PLACE, client_address()), (_FROM_EVERYWHERE, _ALL), now=now)
    if not form.validate():
        return _form(form), 422
    details = form.details(current_language())
    check_wait((_ONE_CONTACT, details.contact), now=now)
    note_failure(
        (_FROM_ONE_PLACE, client_address()), (_FROM_EVERYWHERE, _ALL), (_ONE_CONTACT, details.contact), now=now
    )
    return _to_confirm(service.ask_to_confirm(details, now=now))


@blueprint.get("/kontaktpunkt/sendt")
@public
def look_in_mail() -> str:
    """Tell that an e-mail is on its way."""
    return render_template("contact_point/look_in_mail.html", **shown_everywhere())


@blueprint.get("/kontaktpunkt/bekreft/<token>")
@confirm_link
def ask_to_confirm(token: str) -> str:
    """Ask the holder of the link to press the button, or for the code that came by SMS."""
    return _confirming(token, CodeForm(formdata=None))


@blueprint.post("/kontaktpunkt/bekreft/<token>")
@confirm_link
def confirm(token: str) -> Any:
    """Let the sign-up count, and go to one's own page."""
    waiting, form = g.sign_up_request, CodeForm()
    if waiting.channel == Channel.SMS and not _is_right_code(form):
        return _confirming(token, form), 422
    row = service.confirm(waiting, now=clock.now_utc())
    code = queries.code_of(row.selector, row.generation).lower()
    return redirect(url_for("contact_point.show_own", token=code, ny="1"), 303)


def _is_right_code(form: CodeForm) -> bool:
    """Say whether the code of the SMS was typed; a wrong one makes the next try wait. Raises TooManyAttemptsError."""
    now, request_id = clock.now_utc(), g.sign_up_request.id
    check_wait((_ONE_CODE, str(request_id)), now=now)
    if not form.validate():
        return False
    try:
        typed = read_typed(form.code.data)
    except MistypedCodeError as error:
        form.code.errors = [message_of(error)]
        return False
    if typed == typed_code(queries.code_mac(request_id)):
        return True
    note_failure((_ONE_CODE, str(request_id)), now=now)
    form.code.errors = [_("Koden stemmer ikke. Sjekk SMS-en, og prøv igjen.")]
    return False


def _to_confirm(token: str) -> Any:
    if token:
        return redirect(url_for("contact_point.ask_to_confirm", token=token), 303)
    return redirect(url_for("contact_point.look_in_mail"), 303)


def _form(form: SignUpForm) -> str:
    return render_template("contact_point/sign_up.html", form=form, **shown_everywhere())


def _confirming(token: str, form: CodeForm) -> str:
    waiting = g.sign_up_request
    # What an SMS would change is told to nobody who has not typed its code.
    details = Details.from_json(waiting.details) if waiting.channel == Channel.EMAIL else None
    is_known = details is not None and queries.by_contact(details.contact) is not None
    return render_template(
        "contact_point/confirm.html", token=token, form=form, details=details, is_known=is_known,
        is_change=waiting.sign_up_id is not None,
    )  # fmt: skip
