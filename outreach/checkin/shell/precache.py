"""Which addresses a phone must keep to open the door app without network, and the version of them all together.

In: the app page's HTML and the style sheets it names. Out: addresses in order, and a version that any byte changes.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin, urlsplit

_LINKED = re.compile(r"""(?:href|src)=["'](/[^"'#]+)["']""")
_IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
# The door names no guest, so its words need no letters beyond those of Norwegian.
_LEFT_OUT = ("cyrillic", "latin-ext")


def linked_files(html: str, *, under: str) -> list[str]:
    """Return the addresses below the path `under` that the page loads, in order of appearance, each once."""
    return list(dict.fromkeys(url for url in _LINKED.findall(html) if urlsplit(url).path.startswith(under)))


def files_in_style(style: str, *, style_url: str) -> list[str]:
    """Return the addresses that a style sheet loads, whole paths; embedded pictures are left out."""
    urls = (url for url in _IN_STYLE.findall(style) if not url.startswith(("data:", "#", "http")))
    return [urljoin(style_url, url) for url in urls if not any(word in url for word in _LEFT_OUT)]


def shell_version(contents: Mapping[str, bytes]) -> str:
    """Return a version of `contents` (address → bytes), 16 hex digits."""
    digest = hashlib.sha256()
    for url in sorted(contents):
        digest.update(url.encode() + b"\0" + hashlib.sha256(contents[url]).digest())
    return digest.hexdigest()[:16]


def worker_script(template: str, *, version: str, urls: Iterable[str]) -> str:
    """Return the service worker's script with its version and addresses filled in."""
    listed = ", ".join(f'"{url}"' for url in urls)
    return template.replace('"@version@"', f'"{version}"').replace("[/* @shell@ */]", f"[{listed}]")
