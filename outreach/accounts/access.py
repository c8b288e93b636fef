"""Staff guards: who is signed in, and whether their role may. Nobody is asked once for a whole visit: each request
looks the session up again, so a disabled account or a role taken away works from the next click on.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import abort, g, redirect, request, session, url_for

from outreach import clock
from outreach.accounts import queries, service
from outreach.accounts.models import StaffSession, StaffUser
from outreach.accounts.roles import Permission, may
from outreach.accounts.sessions import is_alive, is_worth_noting, token_hash
from outreach.audit.actor import Actor
from outreach.web.access import View, guarded
from outreach.web.transactions import aside

SESSION_KEY = "staff"


def requires(permission: Permission) -> Callable[[View], Any]:
    """Let in only staff whose role has `permission`: a stranger is sent to sign in (303), other staff get 403."""

    def wrap(view: View) -> Any:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            user = signed_in_user()
            if user is None:
                return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
            if not may(user.role, permission):
                abort(403)
            return view(*args, **kwargs)

        return guarded(f"staff:{permission}")(checked)

    return wrap


def signed_in(view: View) -> Any:
    """Let in any member of staff, whatever the role: for what concerns only their own account."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if signed_in_user() is None:
            return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
        return view(*args, **kwargs)

    return guarded("staff")(checked)


def signed_in_user() -> StaffUser | None:
    """Return who is signed in, or None."""
    if "staff_user" not in g:
        g.staff_user = _user_of_cookie()
    user: StaffUser | None = g.staff_user
    return user


def current_user() -> StaffUser:
    """Return who is signed in; 403 when nobody is."""
    return signed_in_user() or abort(403)


def current_actor() -> Actor:
    """Return who is signed in as the actor of an audit row; 403 when nobody is."""
    return Actor("staff", current_user().id)


def can(permission: str) -> bool:
    """Say whether the one who is signed in has `permission`: for showing or hiding what leads there."""
    user = signed_in_user()
    return user is not None and may(user.role, Permission(permission))


def _user_of_cookie() -> StaffUser | None:
    token = session.get(SESSION_KEY)
    found = queries.session_by_token_hash(token_hash(token)) if isinstance(token, str) else None
    if found is None or found.user.is_disabled:
        return None
    now = clock.now_utc()
    if not is_alive(last_seen_at_utc=found.last_seen_at_utc, expires_at_utc=found.expires_at_utc, now=now):
        return None
    _note_seen(found)
    return found.user


def _note_seen(found: StaffSession) -> None:
    now = clock.now_utc()
    if is_worth_noting(found.last_seen_at_utc, now):
        aside(partial(service.note_seen, found.id, now))


def _way_back() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
