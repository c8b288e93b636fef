"""How heavy the running text of a page is: its paragraphs and list items, as LIX counts them (promises.md 6).

Headings, labels, buttons and facts are left out: as short as they are, they would make any page look easy.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from outreach.messages.writing.readability import EASY_LIX, readability

_RUNNING = frozenset({"p", "li"})
_NAMES = ("Modum kommune", "Ny i Modum", "Treffpunkt")


def running_text(html: str) -> str:
    """Return the running text of the page's `main`, a blank line between paragraphs."""
    page = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return "\n\n".join(text for main in page.iter("main") for text in _running(main))


def lix_of(html: str, language: str) -> int | None:
    """Return the LIX of the running text of a page; None where it is too short to say."""
    return readability(running_text(html), language=language, names=_NAMES).lix


def heavy_text(html: str, language: str) -> list[str]:
    """Return the fault of a page that is too heavy to read."""
    lix = lix_of(html, language)
    return [f"LIX {lix}: {running_text(html)}"] if lix is not None and lix > EASY_LIX else []


def _running(element: Element) -> Iterator[str]:
    for child in element:
        inner = list(_running(child))
        if child.tag in _RUNNING and not inner:
            yield " ".join("".join(child.itertext()).split())
        else:
            yield from inner
