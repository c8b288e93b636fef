"""Reads the door app's files and fills in the service worker. The files change only with a release or a new setting."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from outreach.checkin.shell.precache import files_in_style, linked_files, shell_version, worker_script
from outreach.web.static_files import static_content

PAGE = "/door/"
WORKER = "/door/decoder_worker.js"
MANIFEST = "/door/manifest.webmanifest"
_STATIC = "/static/"
# Modules import one another and the decoders, which the page's HTML does not show.
_FOLDERS = ("checkin", "vendor/zxing", "vendor/qr")
_KINDS = frozenset({".js", ".wasm", ".svg", ".png", ".css"})
_NOT_KEPT = frozenset({"sw.js", "decoder_worker.js"})


def service_worker(static_folder: Path, page_html: str) -> str:
    """Return the script of the service worker that keeps the app as it is in `static_folder`, with `page_html`."""
    return _service_worker(static_folder, page_html, _newest_ns(static_folder))


def script(static_folder: Path, name: str) -> str:
    """Return one of the door's scripts that must be sent from below the door's own path."""
    return (static_folder / "checkin" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _service_worker(static_folder: Path, page_html: str, _newest: int) -> str:
    linked = linked_files(page_html, under=_STATIC)
    styles = {url: _content(url) for url in linked if urlsplit(url).path.endswith(".css")}
    fonts = [
        font
        for url, style in styles.items()
        for font in files_in_style(style.decode(), style_url=urlsplit(url).path)
        if _path(static_folder, font).is_file()
    ]
    urls = list(dict.fromkeys([*linked, *fonts, *_module_urls(static_folder, linked)]))
    contents = {url: _content(url) for url in urls}
    own = {PAGE: page_html.encode(), WORKER: script(static_folder, "decoder_worker.js").encode()}
    template = script(static_folder, "sw.js")
    version = shell_version({**contents, **own, "sw.js": template.encode()})
    return worker_script(template, version=version, urls=[PAGE, WORKER, MANIFEST, *urls])


def _module_urls(static_folder: Path, linked: list[str]) -> list[str]:
    known = {urlsplit(url).path for url in linked}
    found = []
    for folder in _FOLDERS:
        for path in sorted((static_folder / folder).iterdir()):
            url = f"{_STATIC}{folder}/{path.name}"
            if path.suffix in _KINDS and path.name not in _NOT_KEPT and url not in known:
                found.append(url)
    return found


def _newest_ns(static_folder: Path) -> int:
    return max(path.stat().st_mtime_ns for folder in _FOLDERS for path in (static_folder / folder).iterdir())


def _path(static_folder: Path, url: str) -> Path:
    return static_folder / urlsplit(url).path.removeprefix(_STATIC)


def _content(url: str) -> bytes:
    return static_content(urlsplit(url).path.removeprefix(_STATIC))
