"""The site's own files: sent compressed (RFC 9110 8.4.1), and kept for a year when the address names their content.

A public page with its style and its font stays under 100 kB on the wire; `tests/web/test_static_files.py` counts.
The files are few and small, so each is read once and sent from memory. Some are made from the settings when the
application starts (`add_made_file`): their addresses, marks and headers are those of any other.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_MADE = "treffpunkt.made_files"
_YEAR_SECONDS = 365 * 24 * 3600
_MONTH_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class _File:
    suffix: str
    content: bytes

    @cached_property
    def mark(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.content, 9, mtime=0)


def install_static_files(app: Flask) -> None:
    """Send the static files of `app` as this module says, and give its templates `static_url`."""
    app.extensions[_MADE] = {}
    app.view_functions["static"] = guarded("public")(_send)
    app.add_template_global(static_url)


def add_made_file(app: Flask, filename: str, text: str) -> None:
    """Send `text` as the static file `filename` (a path below the static folder) of `app`."""
    app.extensions[_MADE][filename] = _File(Path(filename).suffix, text.encode())


def static_url(filename: str) -> str:
    """Return the address of a static file with its content's mark, so that a new version is a new address."""
    file = _file(filename)
    return url_for("static", filename=filename, v=file.mark if file else "")


def static_content(filename: str) -> bytes:
    """Return what a static file holds, not compressed. Raises KeyError when there is none of that name."""
    file = _file(filename)
    if file is None:
        raise KeyError(filename)
    return file.content


def _file(filename: str) -> _File | None:
    made: _File | None = current_app.extensions[_MADE].get(filename)
    if made is not None:
        return made
    path = safe_join(str(current_app.static_folder), filename)
    return _read(path, Path(path).stat().st_mtime_ns) if path is not None and Path(path).is_file() else None


@lru_cache(maxsize=256)
def _read(path: str, _changed_ns: int) -> _File:
    return _File(Path(path).suffix, Path(path).read_bytes())


def _send(filename: str) -> Response:
    file = _file(filename)
    if file is None:
        abort(404)
    is_compressible = file.suffix in _COMPRESSIBLE
    compressed = is_compressible and bool(request.accept_encodings["gzip"])
    response = Response(file.packed if compressed else file.content, mimetype=_type_of(filename))
    response.set_etag(file.mark + ("-gzip" if compressed else ""))
    response.headers["Cache-Control"] = _keep(file)
    if is_compressible:
        response.vary.add("Accept-Encoding")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


def _type_of(filename: str) -> str:
    return _TYPES.get(Path(filename).suffix) or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def _keep(file: _File) -> str:
    if request.args.get("v") == file.mark:
        return f"public, max-age={_YEAR_SECONDS}, immutable"
    # A font is named by the style sheet, which cannot carry marks; a new font gets a new name.
    return f"public, max-age={_MONTH_SECONDS}" if file.suffix == ".woff2" else "no-cache"
