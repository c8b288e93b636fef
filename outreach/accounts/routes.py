"""Views of accounts."""

from flask import render_template
from werkzeug.local import LocalProxy

from outreach.accounts import access
from outreach.accounts.blueprint import blueprint
from outreach.web.access import public

__all__ = ["blueprint"]


@blueprint.app_context_processor
def rights() -> dict[str, object]:
    """Give every template `can(permission)` and `current_user`, None when nobody is signed in."""
    return {"can": access.can, "current_user": LocalProxy(access.signed_in_user)}


@blueprint.get("/admin/logg-inn")
@public
def sign_in() -> str:
    return render_template("accounts/sign_in.html")
