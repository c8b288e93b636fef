"""Staff sign in and out, and change their password."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.local import LocalProxy

from outreach import clock
from outreach.accounts import access, known_browser, service
from outreach.accounts.access import SESSION_KEY, current_user, signed_in
from outreach.accounts.blueprint import blueprint
from outreach.accounts.forms import PasswordForm, SignInForm
from outreach.accounts.known_browser import KnownBrowser
from outreach.accounts.roles import ROLE_WORDS
from outreach.accounts.sign_in_attempt import Attempt
from outreach.accounts.way_back import safe_way_back
from outreach.errors import OutreachError
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.headers import settings_of_app
from outreach.web.throttle import TooManyAttemptsError, client_address


@blueprint.app_context_processor
def rights() -> dict[str, object]:
    """Give every template `can(permission)` and `current_user`, which is false when nobody is signed in."""
    return {"can": access.can, "current_user": LocalProxy(access.signed_in_user)}


@blueprint.route("/admin/logg-inn", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET" and access.signed_in_user():
        return redirect(safe_way_back(form.next.data), 303)
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200
    try:
        user_id, token = service.sign_in(_attempt(form), clock.now_utc())
    except TooManyAttemptsError as error:
        return _refused(form, error), 429, {"Retry-After": str(error.seconds)}
    except OutreachError as error:
        return _refused(form, error), 422
    _enter(token)
    return _known(redirect(safe_way_back(form.next.data), 303), user_id)


@blueprint.post("/admin/logg-ut")
@public
def sign_out() -> Any:
    _leave()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.post("/admin/logg-ut-overalt")
@signed_in
def sign_out_everywhere() -> Any:
    service.close_all_sessions(current_user(), clock.now_utc())
    session.clear()
    flash(_("Du er logget ut i alle nettlesere."))
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/admin/konto", methods=["GET", "POST"])
@signed_in
def show_account() -> Any:
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/show_account.html", form=form, roles=ROLE_WORDS), 422 if form.errors else 200
    user, now = current_user(), clock.now_utc()
    try:
        service.change_password(user, present=form.present.data, new=form.new.data, now=now)
    except OutreachError as error:
        form.form_errors.append(message_of(error))
        return render_template("accounts/show_account.html", form=form, roles=ROLE_WORDS), 422
    _enter(service.open_session(user.id, now))
    flash(_("Passordet er byttet. Du er logget ut i alle andre nettlesere."))
    return redirect(url_for("accounts.show_account"), 303)


def _attempt(form: SignInForm) -> Attempt:
    return Attempt(
        email=form.email.data, password=form.password.data, address=client_address(), known_browser=_known_browser()
    )


def _refused(form: SignInForm, error: OutreachError) -> str:
    form.form_errors.append(message_of(error))
    return render_template("accounts/sign_in.html", form=form)


def _enter(token: str) -> None:
    _leave()
    session[SESSION_KEY] = token


def _leave() -> None:
    if token := session.get(SESSION_KEY):
        service.close_session(token)
    session.clear()


def _known_browser() -> KnownBrowser | None:
    return known_browser.read(settings_of_app().secret_key, request.cookies.get(_cookie_name(), ""))


def _known(response: Any, user_id: int) -> Any:
    browser = _known_browser()
    if browser is None or browser.user_id != user_id:
        text = known_browser.cookie_text(settings_of_app().secret_key, user_id)
        https = settings_of_app().public_origin_is_https
        kept = {"max_age": known_browser.KEPT_SECONDS, "secure": https, "httponly": True, "samesite": "Lax"}
        response.set_cookie(_cookie_name(), text, **kept)
    return response


def _cookie_name() -> str:
    return "__Host-known" if settings_of_app().public_origin_is_https else "known"
