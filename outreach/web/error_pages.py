"""Faults become pages with words and a way on: never a stack trace, never a bare status."""

from datetime import date
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from outreach.errors import OutreachError
from outreach.formats import norwegian_dates
from outreach.web import oversized
from outreach.web.filters import language_in_force

_PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})
log = structlog.get_logger()


def message_of(error: OutreachError) -> str:
    """Return the error's message in the language in force; a day among its values is written out."""
    language = language_in_force()
    values = {
        name: norwegian_dates.long_date(value, language) if type(value) is date else value
        for name, value in error.values.items()
    }
    return str(gettext(error.message, **values))


def install_error_pages(app: Flask) -> None:
    """Answer every fault of `app` with a page, or with JSON under `/api/`."""
    app.register_error_handler(OutreachError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _crash)


def error_response(status: int, message: str = "", page: str = "") -> Response:
    """Return the page for `status`, or `page` by name, with `message` where there is more to say."""
    if request.path.startswith("/api/"):
        return make_response(jsonify(error=message or str(status)), status)
    shown = page or (status if status in _PAGES else 500)
    return make_response(render_template(f"errors/{shown}.html", message=message), status)


def _domain_error(error: OutreachError) -> Response:
    response = error_response(error.http_status, message_of(error), error.page)
    if error.retry_after_seconds:
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        oversized.take_in_vain(request)
        return error_response(error.code, oversized.words())
    return error_response(error.code)


def _crash(error: InternalServerError) -> Response:
    cause = error.original_exception
    log.error("request failed", path=request.url_rule.rule if request.url_rule else None, fault=type(cause).__name__)
    return error_response(503 if isinstance(cause, OperationalError) else 500)
