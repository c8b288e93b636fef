"""The guard of the door API: a paired phone shows its token as a bearer token (RFC 6750); 401 in words otherwise."""

from functools import partial, wraps
from typing import Any

from flask import g, request

from outreach import clock
from outreach.checkin import queries
from outreach.checkin.contact import service as contact
from outreach.checkin.pairing import DeviceTokenError, secret_hash
from outreach.checkin.queries import Device
from outreach.checkin.scan_report import Upload, read_upload, read_waiting
from outreach.errors import OutreachError
from outreach.web.access import View, guarded
from outreach.web.transactions import SAFE_METHODS, aside

_MOST_TOKEN_CHARACTERS = 200
_MOST_UPLOAD_BYTES = 1_000_000


def paired_device(view: View) -> Any:
    """Let in only a phone that is paired now: not expired, not let go."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        now = clock.now_utc()
        device = queries.device_by_token_hash(secret_hash(_token()), now)
        if device is None:
            raise DeviceTokenError
        waiting = read_waiting(request.args.get("waiting"))
        if request.method in SAFE_METHODS and contact.is_due(device, waiting, now):
            aside(partial(contact.note_contact, device.id, waiting, now))
        g.door_device = device
        return view(*args, **kwargs)

    return guarded("door")(checked)


def upload_of_paired_device(view: View) -> Any:
    """Let in only an upload that shows a token. Whose it is, the service asks together with the ticket.

    An upload that cannot be read is told so only to a phone that is paired now.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        g.door_token_hash = secret_hash(_token())
        request.max_content_length = _MOST_UPLOAD_BYTES
        try:
            g.door_upload = read_upload(request.get_json(silent=True))
        except OutreachError:
            if queries.device_by_token_hash(g.door_token_hash, clock.now_utc()) is None:
                raise DeviceTokenError from None
            raise
        return view(*args, **kwargs)

    return guarded("door")(checked)


def current_token_hash() -> str:
    """Return the SHA-256 of the token that this upload showed."""
    token_hash: str = g.door_token_hash
    return token_hash


def current_upload() -> Upload:
    """Return the upload that was read."""
    upload: Upload = g.door_upload
    return upload


def current_device() -> Device:
    """Return the phone that asks."""
    device: Device = g.door_device
    return device


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(token) <= _MOST_TOKEN_CHARACTERS:
        raise DeviceTokenError
    return token.strip()
