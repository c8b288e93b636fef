"""Security headers on every answer (OWASP ASVS 5.0 V3, V14): strict CSP, no framing, no sniffing, no stray caching."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# No view sets one of these itself.
_ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
]
_POLICY, _WITH_A_CAMERA = "camera=(%s), microphone=(), geolocation=()", ("/door/", "/admin/")
_WITH_HTTPS = [("Strict-Transport-Security", "max-age=63072000; includeSubDomains")]
# Only the decoder worker's own answer may compile WebAssembly; pages may not.
WORKER_SECURITY_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


def cached_publicly(seconds: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let shared caches keep this view's answer for `seconds`: only for pages that are alike for everybody."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def cached(*args: Any, **kwargs: Any) -> Response:
            g.cache_control = f"public, max-age={seconds}"
            return make_response(view(*args, **kwargs))

        return cached

    return wrap


def install_headers(app: Flask) -> None:
    """Put the headers of this module on every answer of `app`."""
    https = app.extensions["treffpunkt.settings"].public_origin_is_https
    app.wsgi_app = _Constant(app.wsgi_app, https=https)  # type: ignore[method-assign, assignment]

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else _cache_control())
        return response


class _Constant:
    """Puts the headers that are alike on all answers on each, without the application looking at every one of them."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, https: bool) -> None:
        self._application = application
        always = [*_ALWAYS, *(_WITH_HTTPS if https else [])]
        self._with_camera, self._without = ([*always, ("Permissions-Policy", _POLICY % who)] for who in ("self", ""))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Have the application answer."""
        constant = self._with_camera if environ["PATH_INFO"].startswith(_WITH_A_CAMERA) else self._without
        return self._application(environ, lambda status, headers, *more: start(status, headers + constant, *more))


def _cache_control() -> str:
    return str(g.get("cache_control", "no-store"))


def settings_of_app() -> Any:
    """Return the installation's settings, for HTTP glue."""
    return current_app.extensions["treffpunkt.settings"]
