"""What a browser sends, without NUL: no person types it, HTML forbids it, and PostgreSQL refuses text that has it."""

from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.exceptions import NotFound

_NUL = "\0"


class ReadableValues(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, each text without NUL."""

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


def _readable(value: Any) -> Any:
    return value.replace(_NUL, "") if isinstance(value, str) and _NUL in value else value
