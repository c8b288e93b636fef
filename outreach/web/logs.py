"""Structured logs that carry ids and routes, never names, addresses, codes or tokens.

The request line of a personal page holds a token, so what is logged is the route's rule (`/i/<token>`), not the path.
"""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def install_logs(app: Flask) -> None:
    """Log each request of `app` as one JSON line on stderr: method, route rule, status, milliseconds."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Lines(),
        cache_logger_on_first_use=False,
    )
    app.before_request(_start)
    app.after_request(_log)


class _Lines:
    """Writes lines to stderr, found anew for each: whoever runs the program may have put another stream there."""

    def msg(self, line: str) -> None:
        """Write one line at once."""
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = msg


def _start() -> None:
    g.started_seconds = time.perf_counter()


def _log(response: Response) -> Response:
    if request.endpoint != "static":
        rule = request.url_rule.rule if request.url_rule else "(no route)"
        log_request(request.method, rule, response.status_code, g.get("started_seconds", time.perf_counter()))
    return response


def log_request(method: str, rule: str, status: int, started_seconds: float) -> None:
    """Log one request that began at `started_seconds` of the performance counter."""
    took = round((time.perf_counter() - started_seconds) * 1000, 1)
    log.info("request", method=method, route=rule, status=status, milliseconds=took)
