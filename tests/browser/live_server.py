"""The application served to a real browser from this process: a filled municipality on a database of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from outreach import create_app
from outreach.database import db
from outreach.settings import Settings
from tests.sqlite import hasten


def make_app(instance: Path, **settings: str) -> Flask:
    """Return an application with an empty schema on SQLite in `instance`; more settings by name."""
    environ = {"INSTANCE_DIR": str(instance), "PUBLIC_URL": "http://localhost:8000", **settings}
    app = create_app(Settings.from_env(environ))
    with app.app_context():
        hasten(db.engine)
        db.create_all()
    return app


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve `app` on a free port of this machine while the block runs; yields the origin."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
