"""Pictures of every page for `docs/screens/`: bokmål, 360 and 1280 pixels wide, with a contact sheet in walk order.

Run by `make screenshots`. The same people, dates and codes each time, as far as the services allow. A first argument
names another folder and keeps PNG, for looking closely; `--handbook` makes the pictures of `docs/handbok/` alone.
"""

import argparse
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from outreach import clock
from tests.browser.chromium import launched
from tests.browser.door_screens import DOOR_STATES, picture_door
from tests.browser.live_server import make_app, serving
from tests.browser.pages import PLACES, Place, context_of, go_to
from tests.browser.still import stand_still
from tests.browser.world import World, build_empty_world, build_world
from tests.conftest import NOW

_SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
_HANDBOOK = _SCREENS.parent / "handbok" / "bilder"
_HANDBOOK_PLACES = frozenset(
    {
        "nytt-uttrekk",
        "filen-leses",
        "kolonner",
        "se-over-uttrekk",
        "se-over-hendelser",
        "uttrekk-godtatt",
        "husstander-vurderes",
        "husstand",
        "dobbelt",
        "utsending-kladd",
        "utsending-sjekket",
        "utsending-sendes",
        "kontaktpunkt-tall",
        "nyhetsbrev-kladd",
        "brev-se-over",
        "brev-i-retur",
        "ma-nas",
        "plakat",
        "behov",
        "kvelden",
        "venteliste",
        "paminnelse",
        "innsyn-en",
    }
)
_HANDBOOK_WIDTH = 900
_WIDTHS = (360, 1280)
_MOST_BYTES = 5_000_000
# Pages of the walks are pictured whole, so that the walks can be finished from the pictures alone.
_OF_A_WALK = frozenset(
    {
        "skriv-koden", "invitasjon", "svar", "svar-se-over", "kvittering", "invitasjon-kommer", "meld-avbud",
        "kvittering-avbud", "billett", "billett-kalender-ny", "ikke-skriv", "personvern", "nytt-uttrekk", "kolonner",
        "se-over-uttrekk", "malgruppe-inviter", "malgruppe-liste", "brev-skal-frigis", "brev", "utsending-frigis",
        "paminnelse", "rapport-gjort-opp", "dorer", "innsyn-slett", "sletting",
    }
)  # fmt: skip
_TALLEST_OF_A_WALK = 3_200
# Of others what a desk shows at once, and on a phone the first screens; a further state differs near its top, or where
# it says what is wrong.
_TALLEST_PIXELS = {360: 880, 1280: 700}
_TALLEST_OF_A_STATE = 540
# How much of what is wrong must be seen; where it is told further down, the picture begins above it.
_FAULT_PIXELS = 150
_TALLEST_OF_HANDBOOK = 1_600
_COLOURS = 10
_DOOR_PAGE = "dor"


def main() -> None:
    """Make the pictures and the contact sheet; exit 1 when they are larger than 5 MB in all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="another folder than docs/screens/; the pictures are PNG")
    parser.add_argument("only", nargs="*", help="parts of the places' names")
    parser.add_argument("--handbook", action="store_true", help="the pictures of docs/handbok/ alone")
    asked = parser.parse_args()
    if asked.handbook:
        _make_handbook()
        return
    raw, only = asked.folder, asked.only or None
    folder = raw or _SCREENS
    folder.mkdir(parents=True, exist_ok=True)
    if raw is None:
        for old in folder.glob("*.webp"):
            old.unlink()
    clock.set_clock(lambda: NOW)
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        filled, empty = (make_app(Path(instance) / name) for name in ("filled", "empty"))
        with serving(filled) as origin, serving(empty) as empty_origin:
            worlds = {"filled": build_world(filled, origin), "empty": build_empty_world(empty, empty_origin)}
            chromium = launched(playwright.chromium)
            for number, place in enumerate(PLACES, 1):
                if only is None or any(part in place.name for part in only):
                    _picture(
                        chromium,
                        worlds[place.municipality],
                        place,
                        folder / f"{number:02d}-{place.name}",
                        keep_png=raw is not None,
                    )
            _picture_door(chromium, Path(instance) / "door", folder, only, keep_png=raw is not None)
            chromium.close()
    if raw is None:
        _write_sheet()
        _make_handbook()
        total = sum(file.stat().st_size for file in folder.glob("*.webp"))
        pictures = sum(len(_widths(place)) for place in PLACES) + len(DOOR_STATES)
        sys.stdout.write(f"{pictures} pictures, {total / 1e6:.1f} MB\n")
        sys.exit(total > _MOST_BYTES)


def _make_handbook() -> None:
    """Make the pictures of the handbook, from a municipality of their own."""
    clock.set_clock(lambda: NOW)
    _HANDBOOK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        app = make_app(Path(instance))
        with serving(app) as origin:
            world, chromium = build_world(app, origin), launched(playwright.chromium)
            for place in (place for place in PLACES if place.name in _HANDBOOK_PLACES):
                with context_of(chromium, world, place, width=_HANDBOOK_WIDTH, language="nb") as context:
                    page = context.new_page()
                    go_to(page, world, place)
                    stand_still(page)
                    image = page.screenshot(animations="disabled")
                _write(image, _HANDBOOK / f"{place.name}.webp")
            chromium.close()


def _widths(place: Place) -> tuple[int, ...]:
    """Return how wide `place` is pictured: each page at both widths, its further states on a phone alone."""
    of_page = [one for one in PLACES if one.rule == place.rule]
    usual = [one for one in of_page if one.municipality == "filled" and one.act is None] or of_page
    return _WIDTHS if place is usual[0] else _WIDTHS[:1]


def _picture(browser: Browser, world: World, place: Place, stem: Path, *, keep_png: bool) -> None:
    for width in _WIDTHS if keep_png else _widths(place):
        with context_of(browser, world, place, width=width, language="nb") as context:
            page = context.new_page()
            go_to(page, world, place)
            stand_still(page)
            image, at = page.screenshot(full_page=True, animations="disabled"), _fault_at(page)
        tallest = _TALLEST_PIXELS[width] if len(_widths(place)) > 1 else _TALLEST_OF_A_STATE
        if place.name in _OF_A_WALK and (width == 360 or place.rule.startswith("/admin/")):
            tallest = _TALLEST_OF_A_WALK
        top = at - tallest // 3 if at > tallest - _FAULT_PIXELS else 0
        _keep(image, stem.with_name(f"{stem.name}-{width}"), as_png=keep_png, tallest=tallest, top=top)


def _fault_at(page: Page) -> int:
    """Return how far down the page says what is wrong, in pixels; 0 when nothing is. A picture shall show it."""
    told = page.locator(".ds-error-summary").first
    box = told.bounding_box() if told.is_visible() else None
    return round(box["y"] + page.evaluate("window.scrollY")) if box else 0


def _picture_door(browser: Browser, instance: Path, folder: Path, only: list[str] | None, *, keep_png: bool) -> None:
    """Picture the door app's states, all in one go since one leads to the next."""
    if only and not any(part in name for part in only for name in DOOR_STATES):
        return
    instance.mkdir()
    picture_door(
        browser, instance, lambda name, image: _keep(image, folder / f"{_door_stem(name)}-360", as_png=keep_png)
    )


def _door_stem(name: str) -> str:
    """Return the name of a door state's picture: after that of the door's page, and in the order of the evening."""
    number = next(number for number, place in enumerate(PLACES, 1) if place.name == _DOOR_PAGE)
    letter = chr(ord("a") + list(DOOR_STATES).index(name))
    return f"{number:02d}{letter}-{name}"


def _keep(image: bytes, target: Path, *, as_png: bool, tallest: int = _TALLEST_OF_A_WALK, top: int = 0) -> None:
    if as_png:
        target.with_suffix(".png").write_bytes(image)
    else:
        _write(image, target.with_suffix(".webp"), tallest, top)


def _write(image: bytes, target: Path, tallest: int = _TALLEST_OF_HANDBOOK, top: int = 0) -> None:
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    picture = picture.crop((0, top, picture.width, min(picture.height, top + tallest)))
    # Few colours without loss: half the size of a lossy picture, and the letters stay sharp.
    picture = picture.quantize(_COLOURS, dither=Image.Dither.NONE).convert("RGB")
    picture.save(target, "WEBP", lossless=True, method=6)


def _write_sheet() -> None:
    lines = [
        "# Screens",
        "",
        "Every page in the order of the walk, made by `make screenshots`: 360 and 1280 pixels wide, bokmål, made-up",
        "people; further states of a page, and the door app, at 360 pixels.",
        "",
        "| | phone | desk |",
        "|---|---|---|",
    ]
    for number, place in enumerate(PLACES, 1):
        stem = f"{number:02d}-{place.name}"
        rule = f"`{place.rule}`" if place.rule else "any address"
        widths = _widths(place)
        phone, desk = (
            f'<img src="{stem}-{width}.webp" width="{shown}" alt="">' if width in widths else ""
            for width, shown in ((360, 180), (1280, 480))
        )
        lines.append(f"| **{place.name}**<br>{rule}<br>{place.visitor} | {phone} | {desk} |")
        lines.extend(_door_rows() if place.name == _DOOR_PAGE else [])
    (_SCREENS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _door_rows() -> list[str]:
    return [
        f'| **{name}**<br>`/door/`<br>{words} | <img src="{_door_stem(name)}-360.webp" width="180" alt=""> | |'
        for name, words in DOOR_STATES.items()
    ]


if __name__ == "__main__":
    main()
