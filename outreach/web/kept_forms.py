"""Forms on pages that are kept for everybody (`kept_answers`): their mark is one of the day, not of a session.

A browser says where a form was sent from (Fetch Metadata, `Sec-Fetch-Site`); one that does not must at least have read
our page within a week. No such form does anything for somebody who is signed in, so there is no session to misuse.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Flask, abort, g, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect, generate_csrf

from outreach import clock
from outreach.database.sealed import key_ring
from outreach.web.kept_answers import keep_answer

_OWN_SITE = (None, "same-origin", "none")
_WORKS_FOR_DAYS = 7
_IS_KEPT = "is_page_kept"


class KeptForm(FlaskForm):
    """A form whose page may be kept: the mark comes from the template's `csrf()`, so that no session is begun."""

    class Meta:
        """No mark of a session."""

        csrf = False


def keep_page() -> None:
    """Let the page with an empty form be given again for one second (`keep_answer`)."""
    setattr(g, _IS_KEPT, True)
    keep_answer()


def kept_form(view: Callable[..., Any]) -> Callable[..., Any]:
    """Take the form of a kept page, and refuse one that was not sent from it (400)."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if request.headers.get("Sec-Fetch-Site") not in _OWN_SITE or not _is_recent(request.form.get("csrf_token")):
            abort(400)
        setattr(g, _IS_KEPT, True)
        return view(*args, **kwargs)

    checked.is_kept_form = True  # type: ignore[attr-defined]
    return checked


def install_kept_forms(app: Flask, csrf: CSRFProtect) -> None:
    """Give templates `form_mark()`, and leave the forms of kept pages to their own guard. After all views are known."""
    app.jinja_env.globals["form_mark"] = _form_mark
    for view in app.view_functions.values():
        if hasattr(view, "is_kept_form"):
            csrf.exempt(view)


def _form_mark() -> str:
    return _mark_of(clock.now_utc()) if g.get(_IS_KEPT) else str(generate_csrf())


def _mark_of(day: datetime) -> str:
    return key_ring().link_mac("kept-form", day.date().isoformat(), 0)[:16].hex()


def _is_recent(mark: str | None) -> bool:
    """Say whether the page was shown within a week: one that was left open still works."""
    now, shown = clock.now_utc(), (mark or "").encode()
    days = (now - timedelta(days=age) for age in range(_WORKS_FOR_DAYS + 1))
    return any(hmac.compare_digest(shown, _mark_of(day).encode()) for day in days)
