"""What a page must hold in a real browser: axe finds nothing, nothing is too wide or too small, a keyboard gets round.

Each check takes an open Playwright page and returns faults in words, empty when there are none (WCAG 2.2 AA).
"""

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_TARGET_PIXELS = 44
_MOST_STOPS_INSIDE = 40

# A link inside a sentence is exempt (WCAG 2.5.8); a box to tick is as large as it and its label together.
_SMALL_TARGETS = """(least) => {
  const visible = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const box = e => {
    const boxes = [e, ...(e.labels || [])].map(x => x.getBoundingClientRect());
    const tick = e.matches('input[type=radio], input[type=checkbox]');
    const used = tick ? boxes : boxes.slice(0, 1);
    return {w: Math.max(...used.map(b => b.right)) - Math.min(...used.map(b => b.left)),
            h: Math.max(...used.map(b => b.bottom)) - Math.min(...used.map(b => b.top))};
  };
  const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline';
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => visible(e) && !e.matches('.ds-skip-link') && !inSentence(e))
    .map(e => ({e, b: box(e)}))
    .filter(({b}) => b.w + 0.5 < least || b.h + 0.5 < least)
    .map(({e, b}) => `${e.outerHTML.slice(0, 90)} is ${Math.round(b.w)} x ${Math.round(b.h)}`);
}"""

_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolled = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return true; return false; };
  return [`the page is ${document.documentElement.scrollWidth} wide on ${width}`,
    ...[...document.body.querySelectorAll('*')]
      .filter(e => e.getBoundingClientRect().right > width + 1 && !scrolled(e))
      .slice(0, 5).map(e => e.outerHTML.slice(0, 90))];
}"""

_TABBABLE = """() => {
  const seen = new Set();
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(stops)]
    .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0)
    .filter(e => e.type !== 'radio' || !(seen.has(e.name) || !seen.add(e.name))).length;
}"""

# The walk starts above the page, wherever the focus was put when it opened. Each stop is noted as it gets the focus.
_START = """() => {
  const shows = x => { const s = x && getComputedStyle(x);
    return s && ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'); };
  window.stops = new Map();
  document.addEventListener('focusin', ({target: e}) => {
    if (!window.stops.has(e)) window.stops.set(e, Boolean(shows(e) || shows(e.parentElement)));
  });
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  window.stops.clear();
}"""

_REACHED = "() => window.stops.size"
_SHOWS_NOTHING = "() => [...window.stops].filter(([, shows]) => !shows).map(([e]) => e.outerHTML.slice(0, 90))"


# What passes is not described in full: that takes most of the time on a long page.
_VIOLATIONS = """async tags => (await axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false
})).violations"""


def axe_faults(page: Page) -> list[str]:
    """Return each violation that axe finds, with the first place of it."""
    page.evaluate(_AXE)
    violations = page.evaluate(_VIOLATIONS, _TAGS)
    return [f"{found['id']}: {found['help']} at {found['nodes'][0]['html'][:160]}" for found in violations]


def overflow_faults(page: Page) -> list[str]:
    """Return what makes the page wider than the screen (WCAG 1.4.10)."""
    return list(page.evaluate(_WIDE))


def target_faults(page: Page) -> list[str]:
    """Return what is too small for a finger."""
    return list(page.evaluate(_SMALL_TARGETS, LEAST_TARGET_PIXELS))


def keyboard_faults(page: Page) -> list[str]:
    """Walk through the page by Tab: everything is reached, and shows that it has the focus."""
    expected = page.evaluate(_TABBABLE)
    page.evaluate(_START)
    reached, pressed = 0, 0
    # A date has stops inside itself (day, month, year), so that there may be more to press than there is to reach.
    while reached < expected and pressed < expected + _MOST_STOPS_INSIDE:
        for _ in range(expected - reached):
            page.keyboard.press("Tab")
        pressed += expected - reached
        reached = page.evaluate(_REACHED)
    faults = [f"no sign of focus on {name}" for name in page.evaluate(_SHOWS_NOTHING)]
    return faults if reached >= expected else [*faults, f"Tab reaches {reached} of {expected}"]


def all_faults(page: Page) -> list[str]:
    """Return the faults of every check."""
    return [*axe_faults(page), *overflow_faults(page), *target_faults(page), *keyboard_faults(page)]
