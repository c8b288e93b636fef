"""What an SMS gateway calls: receipts for texts that it took from us, and what people answered (docs/operations.md)."""

from typing import Any

from flask import jsonify, request

from outreach import clock
from outreach.messages.access import sms_gateway
from outreach.messages.blueprint import blueprint
from outreach.messages.sms_receipt import read_receipt, read_reply
from outreach.messages.wishes import service as wishes
from outreach.outbox.receipts.service import note
from outreach.outbox.states import Channel

__all__ = ["blueprint"]


@blueprint.post("/api/sms/v1/receipts")
@sms_gateway
def take_sms_receipt() -> Any:
    """Note what became of a text message; the same again, late or about none of ours is no fault."""
    receipt = read_receipt(request.get_json(silent=True))
    if receipt.state is None:
        return jsonify(noted="on_its_way")
    noted = note(receipt.row_id, state=receipt.state, channel=Channel.SMS, reason=receipt.reason, now=clock.now_utc())
    return jsonify(noted=noted.value)


@blueprint.post("/api/sms/v1/replies")
@sms_gateway
def take_sms_reply() -> Any:
    """Write no more to whoever answered STOP. Nothing else of what people write is kept here."""
    reply = read_reply(request.get_json(silent=True))
    if reply.is_no:
        wishes.stop_by_sms(reply.number, now=clock.now_utc())
    return jsonify(stopped=reply.is_no)
