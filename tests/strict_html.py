"""Every page that any test opens is read as a strict parser reads it; a fault in the markup fails the test.

In: the bytes of a page. Out: a list of sentences, empty when the page is sound. `StrictClient` asks for each; a second
database makes the same pages, which are not read once more there.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import g, has_app_context
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

_REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


class MalformedPageError(AssertionError):
    """A page whose markup has faults."""


class CleanClient(FlaskClient):
    """A browser whose every request begins with an empty `g`: the test's own application context lends it its own."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as usual."""
        if has_app_context():
            vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)


class StrictClient(CleanClient):
    """A browser that refuses malformed pages."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as usual, then read the page that comes back, if it is one."""
        response = super().open(*args, **kwargs)
        has_page = response.mimetype == "text/html" and response.request.method != "HEAD"
        if has_page and not 300 <= response.status_code < 400:
            faults = faults_of(_unpacked(response))
            if faults:
                raise MalformedPageError(f"{response.request.path} ({response.status_code}): " + "; ".join(faults))
        return response


def _unpacked(response: TestResponse) -> bytes:
    content = response.get_data()
    return gzip.decompress(content) if response.content_encoding == "gzip" else content


def faults_of(page: bytes) -> list[str]:
    """Return what is wrong with `page`, in words."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        document = parser.parse(page.decode("utf-8"))
    except (ParseError, UnicodeDecodeError) as error:
        return [f"not parsed: {error} {getattr(parser, 'errors', '')}"]
    return [*_structure_faults(document), *_reference_faults(document), *_inline_faults(document)]


def _structure_faults(document: Element) -> Iterator[str]:
    if not document.get("lang"):
        yield "html has no lang"
    headings = document.findall(".//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1, not one"
    if not "".join(title.text or "" for title in document.findall(".//title")).strip():
        yield "no title"
    if len(document.findall(".//main")) != 1:
        yield "not one main"
    yield from (
        f"alt is missing on img {image.get('src')}"
        for image in document.findall(".//img[@src]")
        if image.get("alt") is None
    )


def _reference_faults(document: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    yield from (f"id {name} stands {count} times" for name, count in ids.items() if count > 1)
    for element in document.iter():
        for attribute in _REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name} points nowhere"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"link to {href} points nowhere"


def _inline_faults(document: Element) -> Iterator[str]:
    """The content security policy refuses inline style and script, so they would be dead text."""
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") is not None:
            yield f"inline style on {element.tag}"
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"
        yield from (f"inline handler {name}" for name in element.attrib if name.startswith("on"))
    if document.find(".//footer[@class='foot']") is not None and document.find(".//script") is not None:
        yield "a public page carries a script"
