"""The machine's Chromium, started without a window; it is never downloaded by the tests."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserType

_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
# Of a window nobody sees: what pops up at its address field (two pages of its own, a second of the processor for each
# window), what goes by HTTPS of itself, what is held back before it is painted, what asks the network.
_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "LensOverlay",
    "MediaRouter",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "PreconnectToSearch",
)
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The last one counts: the driver's own list is in this one.
    f"--disable-features={','.join(_OFF)}",
]


def browser_path() -> str:
    """Return where the machine's Chromium is. Raises RuntimeError when there is none."""
    found = next((path for path in _BROWSERS if Path(path).exists()), None)
    if found is None:
        raise RuntimeError("Chromium is missing: run `make machine`.")
    return found


def launched(kind: BrowserType, *flags: str) -> Browser:
    """Return a new Chromium with `flags` beside those that every test has."""
    return kind.launch(executable_path=browser_path(), headless=True, args=[*FLAGS, *flags])
