"""Answers that a reader may have already (RFC 9110, 13.1.2): nothing is sent again that has the tag they hold."""

from collections.abc import Mapping

from flask import Response, request


def unless_known(body: bytes, etag: str, *, content_type: str, headers: Mapping[str, str]) -> Response:
    """Return `body` with its `etag` (quotes included), or 304 to who says that they have it."""
    told = {**headers, "ETag": etag}
    if "If-None-Match" in request.headers and request.if_none_match.contains_weak(etag.strip('"')):
        return Response(status=304, headers=told)
    return Response(body, content_type=content_type, headers=told)
