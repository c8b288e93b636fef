"""The Markdown that staff write, as HTML that can do no harm and as plain text for the other half of an e-mail. Pure.

CommonMark (markdown-it-py) with HTML off, then an allow-list of tags and links (nh3). No picture is fetched from
anywhere, so nobody can follow who reads. Links go to https, mailto and tel, and to our own origin whatever it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
# Takes every address for a link, to name those that are refused; what it finds is never sent.
_unguarded = MarkdownIt("commonmark", {"html": False})
_unguarded.validateLink = lambda _url: True  # type: ignore[method-assign,assignment]
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h2", "h3", "blockquote", "code", "hr"}
_SCHEMES = ("https:", "mailto:", "tel:")
_HEADING = re.compile(r"(</?)h([1-6])>")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_OPENED = re.compile(r"<(p|h2|h3|ul|ol|li|a|blockquote)(?=[ >])")
_URL = re.compile(r"https?://[^\s<>]+")


def to_html(markdown: str, *, own_origin: str = "") -> str:
    """Return `markdown` as safe HTML; its headings begin at h2, since they stand under the subject."""

    def kept(_tag: str, _attribute: str, value: str) -> str | None:
        return value if is_allowed(value, own_origin) else None

    lowered = _HEADING.sub(lambda tag: f"{tag[1]}h{2 if int(tag[2]) < 3 else 3}>", _markdown.render(markdown))
    return nh3.clean(
        lowered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def styled(html: str, styles: Mapping[str, str]) -> str:
    """Return safe `html` with the style of each tag written at it, since mail readers take no style sheet."""
    return _OPENED.sub(lambda tag: f'<{tag[1]} style="{styles[tag[1]]}"' if tag[1] in styles else tag[0], html)


def refused_links(markdown: str, *, own_origin: str = "") -> tuple[str, ...]:
    """Return the addresses of links and pictures in `markdown` that will not be there in what is sent."""
    refused = []
    for token in (child for block in _unguarded.parse(markdown) for child in block.children or []):
        if token.type == "link_open" and not is_allowed(str(token.attrs["href"]), own_origin):
            refused.append(str(token.attrs["href"]))
        elif token.type == "image":
            refused.append(str(token.attrs["src"]))
    return tuple(dict.fromkeys(refused))


def is_allowed(url: str, own_origin: str) -> bool:
    """Say whether a link to `url` may stand in what we send."""
    is_ours = bool(own_origin) and (url == own_origin or url.startswith((f"{own_origin}/", f"{own_origin}?")))
    return is_ours or url.lower().startswith(_SCHEMES)


def escaped(value: str) -> str:
    """Return `value` so that it says in Markdown just what it is: a name is no heading, an address is a link."""
    if _URL.fullmatch(value):
        return f"<{value}>"
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))


def to_text(markdown: str, *, own_origin: str = "") -> str:
    """Return `markdown` as plain text: a blank line between blocks, a link's address after its words."""
    text, last_list = "", 0
    for block in _blocks(_markdown.parse(markdown)):
        is_next_item = bool(block.list_number) and block.list_number == last_list
        lines = block.content if block.token is None else _line(block.token.children or [], own_origin)
        text += ("\n" if is_next_item else "\n\n") if text else ""
        text += block.mark + lines.replace("\n", "\n" + " " * len(block.mark))
        last_list = block.list_number
    return text


@dataclass(frozen=True)
class _Block:
    """A paragraph, heading, item or piece of code. `mark` begins it ("- "); items of one list have one number."""

    token: Token | None
    content: str = ""
    mark: str = ""
    list_number: int = 0


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    mark, lists, depth = "", 0, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += depth == 0
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            mark = "  " * (depth - 1) + (f"{token.info}{token.markup} " if token.info else "- ")
        elif token.type == "inline":
            yield _Block(token, mark=mark, list_number=lists if depth else 0)
            mark = ""
        elif token.type in ("fence", "code_block"):
            yield _Block(None, content=token.content.rstrip("\n"))


def _line(tokens: Sequence[Token], own_origin: str) -> str:
    text, links = "", []
    for token in tokens:
        if token.type in ("text", "code_inline", "image"):
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif token.type == "link_open":
            links.append((str(token.attrs["href"]), len(text)))
        elif token.type == "link_close":
            text += _address(*links.pop(), text, own_origin)
    return text


def _address(href: str, begins: int, text: str, own_origin: str) -> str:
    """Return what is written after the words of a link: its address, unless they are the address."""
    shown = re.sub(r"^(mailto|tel):", "", href)
    words = text[begins:]
    if not is_allowed(href, own_origin) or words.replace(" ", "") == shown.replace(" ", ""):
        return ""
    return f": {shown}" if href.startswith("http") else f" ({shown})"
