"""Markdown that staff write, as HTML that can do no harm, and as plain text for calendars and previews.

CommonMark without HTML, then an allow-list of tags (nh3); links to the web, mail and telephone only. Headings become
h3, since they stand under the page's own.
"""

import html
import re

import nh3
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "blockquote", "code", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"(</?)h[1-6]>")
_TAG = re.compile(r"<[^>]+>")


def to_html(markdown: str) -> str:
    """Return `markdown` as safe HTML."""
    raised = _HEADING.sub(r"\1h3>", _markdown.render(markdown))
    return nh3.clean(raised, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES)


def to_plain(markdown: str) -> str:
    """Return the words of `markdown`, a paragraph or list item a line."""
    text = html.unescape(_TAG.sub("", to_html(markdown)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def first_words(markdown: str, most: int = 160) -> str:
    """Return the beginning of `markdown` in one line, cut between words at `most` characters."""
    text = " ".join(to_plain(markdown).split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
