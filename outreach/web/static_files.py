"""The site's own files: sent compressed (RFC 9110 8.4.1), and kept for a year when the address names their content.

A public page with its style and its font stays under 100 kB on the wire; `tests/web/test_static_files.py` counts.
The files are few and small, so each is read once and sent from memory.
"""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for
from werkzeug.security import safe_join

from outreach.web.access import guarded

_COMPRESSIBLE = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".webmanifest", ".wasm", ".txt"})
# Named here, since the machine's own table may lack them, and a script of an unknown type is not run.
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_YEAR_SECONDS = 365 * 24 * 3600
_MONTH_SECONDS = 30 * 24 * 3600


def install_static_files(app: Flask) -> None:
    """Send the static files of `app` as this module says, and give its templates `static_url`."""
    app.view_functions["static"] = guarded("public")(_send)
    app.add_template_global(static_url)


def static_url(filename: str) -> str:
    """Return the address of a static file with its content's mark, so that a new version is a new address."""
    path = _path_of(filename)
    return url_for("static", filename=filename, v=_mark(path, _changed_ns(path)) if path else "")


def _path_of(filename: str) -> str:
    path = safe_join(str(current_app.static_folder), filename)
    return path if path is not None and Path(path).is_file() else ""


def _changed_ns(path: str) -> int:
    return Path(path).stat().st_mtime_ns if path else 0


@lru_cache(maxsize=256)
def _mark(path: str, _changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=256)
def _content(path: str, _changed: int, compressed: bool) -> bytes:
    content = Path(path).read_bytes()
    return gzip.compress(content, 9, mtime=0) if compressed else content


def _send(filename: str) -> Response:
    path = _path_of(filename)
    if not path:
        abort(404)
    suffix, changed = Path(path).suffix, _changed_ns(path)
    compressed = suffix in _COMPRESSIBLE and bool(request.accept_encodings["gzip"])
    response = Response(_content(path, changed, compressed), mimetype=_type_of(path))
    response.set_etag(_mark(path, changed) + ("-gzip" if compressed else ""))
    response.headers["Cache-Control"] = _keep(suffix, _mark(path, changed))
    if suffix in _COMPRESSIBLE:
        response.vary.add("Accept-Encoding")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


def _type_of(path: str) -> str:
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _keep(suffix: str, mark: str) -> str:
    if request.args.get("v") == mark:
        return f"public, max-age={_YEAR_SECONDS}, immutable"
    # A font is named by the style sheet, which cannot carry marks; a new font gets a new name.
    return f"public, max-age={_MONTH_SECONDS}" if suffix == ".woff2" else "no-cache"
