"""Puts the application together: settings, keys, database, languages, guards, capabilities in walk order, commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from outreach import capabilities
from outreach.database import db
from outreach.database.engine import engine_options, prepare_engine
from outreach.database.key_file import NAME, follow_key_file, use_keys
from outreach.settings import Settings
from outreach.web.access import install_default_deny
from outreach.web.error_pages import install_error_pages
from outreach.web.filters import install_filters
from outreach.web.form_guard import install_form_guard
from outreach.web.headers import install_headers
from outreach.web.kept_answers import install_kept_answers
from outreach.web.languages import install_languages
from outreach.web.logs import install_logs
from outreach.web.look import install_look
from outreach.web.oversized import MOST_FORM_BYTES, install_limits
from outreach.web.readable_requests import ReadableRequest
from outreach.web.sessions import CookieSessions
from outreach.web.static_files import install_static_files
from outreach.web.transactions import install_transactions
from outreach.web.whole_numbers import IdConverter

ROOT = Path(__file__).resolve().parent.parent
csrf = CSRFProtect()


class Application(Flask):
    """Flask without coroutines: no view and no hook here is one, so none is asked at every request."""

    request_class = ReadableRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for `settings` (from the environment when None)."""
    settings = settings or Settings.from_env()
    app = Application(
        "outreach",
        root_path=str(ROOT / "outreach"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance_dir),
    )
    app.url_map.converters["int"] = IdConverter
    _configure(app, settings)
    install_logs(app)
    install_transactions(app)
    install_languages(app)
    install_filters(app)
    install_static_files(app)
    install_look(app)
    install_limits(app)
    install_default_deny(app)
    install_headers(app)
    install_error_pages(app)
    csrf.init_app(app)
    capabilities.install(app)
    install_form_guard(app, csrf)
    with app.app_context():
        install_kept_answers(app, db.engine)
    if settings.trusted_proxy_count:
        # Else every guest behind the proxy has the proxy's address, and one who guesses slows all of them down.
        count = settings.trusted_proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    https = settings.public_origin_is_https
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=_driver_url(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        WTF_CSRF_CHECK_DEFAULT=False,  # web/form_guard.py says of which forms it is asked
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "outreach" / "translations"),
        TESTING=settings.testing,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.session_interface = CookieSessions()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["treffpunkt.settings"] = settings
    use_keys(app, settings.register_key)
    follow_key_file(app, settings.instance_dir / NAME, register_key=settings.register_key)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    with app.app_context():
        prepare_engine(db.engine)


def _driver_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
