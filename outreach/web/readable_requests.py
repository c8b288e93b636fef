"""What a browser sends, without characters that no person types.

NUL: HTML forbids it, and PostgreSQL refuses text that has it. Marks that turn the direction of the text after them
(Unicode TR 36, 3.2): what one reads is then not what is written. Marks that only say of a word which way it goes stay.
"""

from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.exceptions import BadRequest, NotFound

_NUL = "\0"
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LEFT_OUT = str.maketrans(dict.fromkeys(_NUL + _TURNING))


class ReadableValues(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, each text as a person types it."""

    def __init__(self, mapping: Any = None) -> None:
        sent = () if mapping is None else iter_multi_items(mapping) if hasattr(mapping, "keys") else mapping
        super().__init__([(_readable(name), _readable(value)) for name, value in sent])


class ReadableRequest(Request):
    """A request whose forms and address can be stored, whatever was sent. No page has NUL in its path."""

    parameter_storage_class = ReadableValues

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if _NUL in self.path:
            self.routing_exception = NotFound()

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """Return the body as JSON; what is nested deeper than Python goes is no JSON of ours."""
        try:
            return super().get_json(force, silent, cache)
        except RecursionError:
            if silent:
                return None
            raise BadRequest from None


def _readable(value: Any) -> Any:
    if not isinstance(value, str) or (value.isascii() and _NUL not in value):
        return value
    return value.translate(_LEFT_OUT)
