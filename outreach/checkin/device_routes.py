"""The door app's page and files, and the door API (promises.md 8): pairing, roster, scans, changes."""

import gzip
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from flask import Response, current_app, jsonify, make_response, render_template, request

from outreach import clock
from outreach.checkin import queries, service
from outreach.checkin.access import (
    current_device,
    current_token_hash,
    current_upload,
    paired_device,
    upload_of_paired_device,
)
from outreach.checkin.blueprint import blueprint
from outreach.checkin.door_feed import ScanAnswer, clashes_json, scan_json, utc_text
from outreach.checkin.names import service as names
from outreach.checkin.pairing import CLOCK_WARNING_SECONDS, SECRET_BYTES
from outreach.checkin.phones import service as phones
from outreach.checkin.phones.queries import mark as mark_of
from outreach.checkin.rehearsal import service as rehearsing
from outreach.checkin.rehearsal.telling import service as rehearsal
from outreach.checkin.scan_report import MalformedUploadError, read_clock
from outreach.checkin.service import PairedDevice
from outreach.checkin.shell import service as shell
from outreach.checkin.uploads import service as uploads
from outreach.checkin.uploads.service import StoredScan
from outreach.events import queries as events
from outreach.events.models import Event
from outreach.web.access import public
from outreach.web.error_pages import message_of
from outreach.web.headers import WORKER_SECURITY_POLICY
from outreach.web.transactions import written

_API_DESCRIPTION = (Path(__file__).parent / "openapi.json").read_text(encoding="utf-8")
_JAVASCRIPT = "text/javascript"


@blueprint.get("/door/")
@public
def door_app() -> Response:
    """Show the scanner. The pairing secret stands in the address' fragment, which never gets here."""
    page = render_template("checkin/door_app.html", clock_warning_seconds=CLOCK_WARNING_SECONDS)
    return _unpacked(gzip.compress(page.encode(), mtime=0), mimetype="text/html")


@blueprint.get("/door/sw.js")
@public
def door_service_worker() -> Response:
    """Send the service worker from below the door's path: it controls only what is below its own."""
    page = render_template("checkin/door_app.html", clock_warning_seconds=CLOCK_WARNING_SECONDS)
    return Response(shell.service_worker(_static_folder(), page), mimetype=_JAVASCRIPT)


@blueprint.get("/door/decoder_worker.js")
@public
def door_decoder_worker() -> Response:
    """Send the decoder: the only script that may compile WebAssembly."""
    response = Response(shell.script(_static_folder(), "decoder_worker.js"), mimetype=_JAVASCRIPT)
    response.headers["Content-Security-Policy"] = WORKER_SECURITY_POLICY
    return response


@blueprint.get("/door/manifest.webmanifest")
@public
def door_manifest() -> Response:
    """Send the app's name, colours and icon."""
    return Response(render_template("checkin/manifest.webmanifest"), mimetype="application/manifest+json")


@blueprint.get("/api/door/v1/openapi.json")
@public
def door_api_description() -> Response:
    """Send the description of this API, OpenAPI 3.1."""
    return Response(_API_DESCRIPTION, mimetype="application/json")


@blueprint.post("/api/door/v1/pair")
@public
def door_pair() -> tuple[Response, int]:
    """Pair a phone by the secret of a link."""
    body = _body()
    secret = _field(body, "pairing_secret", most=SECRET_BYTES * 4)
    name = _field(body, "device_name", most=200)
    paired = service.pair(secret, name, phone_utc=read_clock(body), now=clock.now_utc())
    return jsonify(_paired_json(paired, events.by_id(paired.device.event_id))), 201


@blueprint.get("/api/door/v1/roster")
@paired_device
def door_roster() -> Response:
    """Send the sealed guest list, or what of it is new since a version."""
    event_id = current_device().event_id
    if current_device().is_rehearsal:
        version = rehearsal.versions(event_id)["roster_version"]
        return _told(version, partial(rehearsal.roster, event_id, version))
    mark = mark_of(event_id)
    make = partial(phones.packed_roster, event_id, mark, since=request.args.get("since", ""))
    return _told(phones.roster_version(mark), make)


@blueprint.get("/api/door/v1/names")
@paired_device
def door_names() -> Response:
    """Send the guests' names, sealed by the shift's PIN, when the organiser chose that phones may search them."""
    event_id = current_device().event_id
    if current_device().is_rehearsal:
        version = rehearsal.versions(event_id)["names_version"]
        return _told(version, partial(rehearsal.names, event_id, version))
    version = phones.names_version(mark_of(event_id))
    return _told(version, partial(names.index, event_id, version=version, salt=phones.roster_salt(event_id)))


@blueprint.get("/api/door/v1/changes")
@paired_device
def door_changes() -> Response:
    """Send what is new since a version: answers, revocations, admissions, clashes, headcount."""
    event_id, now = current_device().event_id, clock.now_utc()
    if current_device().is_rehearsal:
        told = rehearsal.versions(event_id)
        return _told(told["version"], partial(rehearsal.changes, event_id, told, now=now))
    mark, since = mark_of(event_id), request.args.get("since", "")
    return _told(phones.changes_version(mark), partial(phones.changes, event_id, mark, since=since, now=now))


@blueprint.post("/api/door/v1/scans")
@upload_of_paired_device
def door_scans() -> Response:
    """Store scans, each once, and say what each means."""
    sent, now = (current_token_hash(), current_upload()), clock.now_utc()
    stored = written(partial(rehearsing.store_any, *sent, now=now), alone=partial(uploads.store_alone, *sent, now=now))
    results = [scan_json(_answer(scan)) for scan in stored.scans]
    code_of = rehearsing.code_of if stored.is_rehearsal else service.code_of
    told = {"results": results, "clashes": clashes_json(stored.clashes, stored.tickets, code_of)}
    return Response(msgspec.json.encode(told), mimetype="application/json")


def _answer(scan: StoredScan) -> ScanAnswer:
    fault = message_of(scan.fault.fault) if scan.fault else ""
    return ScanAnswer(scan.scan_id, scan.outcome, scan.reason, scan.is_replaced, fault)


def _paired_json(paired: PairedDevice, event: Event) -> dict[str, Any]:
    return {
        "device_token": paired.token,
        "device_name": paired.device.name,
        "event": {
            "slug": event.slug,
            "title": event.title,
            "venue": event.venue,
            "starts_at_utc": utc_text(event.starts_at_utc),
            "ends_at_utc": utc_text(event.ends_at_utc),
        },
        "rehearsal": paired.device.is_rehearsal,
        "door": paired.device.door,
        "doors": queries.doors(event.id),
        "expires_at_utc": utc_text(paired.device.expires_at_utc),
        "clock_offset_seconds": paired.clock_offset_seconds,
    }


def _body() -> Any:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise MalformedUploadError(field="Content-Type")
    return body


def _field(body: dict[str, Any], name: str, *, most: int) -> str:
    value = body.get(name)
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        raise MalformedUploadError(field=name)
    return value


def _told(version: str, make: Callable[[], dict[str, Any] | bytes]) -> Response:
    """Return what `make` makes, tagged by `version`; nothing when the phone has that version."""
    if version and version in request.if_none_match:
        return _tagged(make_response("", 304), version)
    made = make()
    return _tagged(_unpacked(made) if isinstance(made, bytes) else jsonify(made), version)


def _unpacked(packed: bytes, *, mimetype: str = "application/json") -> Response:
    """Return what is packed by gzip; unpacked for the few who cannot do that themselves."""
    takes_gzip = bool(request.accept_encodings["gzip"])
    response = Response(packed if takes_gzip else gzip.decompress(packed), mimetype=mimetype)
    response.vary.add("Accept-Encoding")
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _tagged(response: Response, version: str) -> Response:
    response.set_etag(version)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _static_folder() -> Path:
    return Path(str(current_app.static_folder))
