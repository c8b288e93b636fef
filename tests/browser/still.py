"""A page that stands still for its picture: no colour half changed, nothing moved by scrolling, its letters loaded."""

from playwright.sync_api import Page

# A sheet of the script's own, which the pages' security policy lets be.
_STILL = """async () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, *::before, *::after { transition: none !important; animation: none !important; }
    .rooms__parts { position: static !important; }`);
  document.adoptedStyleSheets.push(sheet);
  scrollTo(0, 0);
  await document.fonts.ready;
}"""


def stand_still(page: Page) -> None:
    """Bring `page` to rest at its top, with nothing under the mouse."""
    page.mouse.move(0, 0)
    page.evaluate(_STILL)
