"""The machine's Chromium, started without a window; it is never downloaded by the tests."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserType

_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def browser_path() -> str:
    """Return where the machine's Chromium is. Raises RuntimeError when there is none."""
    found = next((path for path in _BROWSERS if Path(path).exists()), None)
    if found is None:
        raise RuntimeError("Chromium is missing: run `make machine`.")
    return found


def launched(kind: BrowserType, *flags: str) -> Browser:
    """Return a new Chromium with `flags` beside those that every test has."""
    return kind.launch(executable_path=browser_path(), headless=True, args=[*FLAGS, *flags])
