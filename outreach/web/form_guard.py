"""Says whether a form was sent from our own page (OWASP, Cross-Site Request Forgery Prevention).

Staff's pages, all under `/admin`, have a session, and the mark in their forms belongs to it (Flask-WTF). Nobody else
has one: a guest is let in by the code of a letter or the secret of a link, and another site that knows it needs no
guest's browser. So guests get no cookie for a form, and its page is alike for all: the mark is one of the day, and the
browser says where the form was sent from (Fetch Metadata, `Sec-Fetch-Site`). Machines show a bearer token instead.
"""

import hmac
from datetime import datetime, timedelta

from flask import Flask, abort, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

from outreach import clock
from outreach.database.sealed import key_ring
from outreach.web.access import View

STAFF, MACHINES = "/admin", "/api/"
_OWN_SITE = (None, "same-origin", "none")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_WORKS_FOR_DAYS = 60  # an invitation may stay open on a phone from the letter to the evening


def form_mark() -> str:
    """Return what a form on the page that is being made carries in `csrf_token`."""
    return str(generate_csrf()) if request.path.startswith(STAFF) else _mark_of(clock.now_utc())


def check_mark() -> None:
    """Refuse (400) a form that was not sent from one of our guests' pages, made today or lately."""
    if request.method in _SAFE:
        return
    shown, now = request.form.get("csrf_token", "").encode(), clock.now_utc()
    days = (now - timedelta(days=age) for age in range(_WORKS_FOR_DAYS + 1))
    is_ours = request.headers.get("Sec-Fetch-Site") in _OWN_SITE
    if not is_ours or not any(hmac.compare_digest(shown, _mark_of(day).encode()) for day in days):
        abort(400)


def checks_mark_itself(view: View) -> View:
    """Leave it to the guard of `view` to call `check_mark`."""
    view.checks_mark = True  # type: ignore[attr-defined]
    return view


def install_form_guard(app: Flask, csrf: CSRFProtect) -> None:
    """Guard every form of `app`: staff's by `csrf`, guests' by `check_mark`."""
    app.jinja_env.globals["form_mark"] = form_mark

    @app.before_request
    def check_form() -> None:
        if request.method in _SAFE or not request.endpoint or request.path.startswith(MACHINES):
            return
        if request.path.startswith(STAFF):
            csrf.protect()
        elif not hasattr(current_app.view_functions[request.endpoint], "checks_mark"):
            check_mark()


def _mark_of(moment: datetime) -> str:
    return key_ring().link_mac("form-mark", moment.date().isoformat(), 0)[:16].hex()
