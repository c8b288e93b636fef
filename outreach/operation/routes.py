"""Pages for machines: `/healthz` (alive), `/readyz` (fit for requests), `/metrics` (Prometheus, this machine only)."""

from dataclasses import asdict

from flask import Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from outreach import clock
from outreach.operation import queries
from outreach.operation.access import this_machine
from outreach.operation.blueprint import blueprint
from outreach.web.access import public


@blueprint.get("/healthz")
@public
def is_alive() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def is_ready() -> tuple[Response, int]:
    checks = queries.readiness(clock.now_utc())
    ready = all(check.holds for check in checks)
    return jsonify(ready=ready, checks=[asdict(check) for check in checks]), 200 if ready else 503


@blueprint.get("/metrics")
@this_machine
def metrics() -> Response:
    registry = CollectorRegistry()
    gauge = Gauge("treffpunkt_outbox_messages", "Outbox rows", ["channel", "state"], registry=registry)
    for (channel, state), count in queries.messages_by_state().items():
        gauge.labels(channel, state).set(count)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
