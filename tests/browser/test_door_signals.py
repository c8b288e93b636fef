"""What is heard and felt with each light, by the app's own code; a phone without either still shows the light."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.door_evening import Evening, expect_verdict, next_guest, paired, phone, type_code, until

# Writes down what the browser is asked to play and how the phone is asked to buzz; both still happen.
_LISTEN = """
  const heard = globalThis.heard = { tones: [], buzzes: [], contexts: 0 };
  const Context = globalThis.AudioContext;
  globalThis.AudioContext = class extends Context {
    constructor(...given) { super(...given); heard.contexts += 1; }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    heard.tones.push([this.frequency.value, this.context.state, document.getElementById('verdict').dataset.light]);
    return start.call(this, at);
  };
  const vibrate = Navigator.prototype.vibrate;
  Navigator.prototype.vibrate = function (pattern) { heard.buzzes.push(pattern); return vibrate.call(this, pattern); };
"""
_TAKE = """() => globalThis.heard && {
  tones: heard.tones.splice(0), buzzes: heard.buzzes.splice(0), contexts: heard.contexts,
}"""
_SILENT = "delete globalThis.AudioContext; delete Navigator.prototype.vibrate;"
_BROKEN = """
  AudioContext.prototype.createOscillator = () => { throw new DOMException('no', 'InvalidStateError'); };
  Navigator.prototype.vibrate = () => { throw new DOMException('no', 'NotAllowedError'); };
"""


def _scanning(context: BrowserContext, evening: Evening) -> Page:
    page = paired(context, evening.link("Hovedinngang"))
    expect(page.locator("[data-put=network]")).to_have_text("På nett")
    return page


def _three_guests(page: Page, evening: Evening) -> list[Any]:
    """Have a green, an amber and a red light in turn, and return what each was asked to be heard and felt."""
    told = []
    type_code(page, evening.codes["party"])
    expect_verdict(page, "green", "Velkommen inn")
    for _ in range(3):
        page.get_by_role("button", name="Én færre").click()
    told.append(_taken(page))
    next_guest(page)
    for code, light, title in (("party", "amber", "Slipp inn resten"), ("revoked", "red", "Avmeldt")):
        type_code(page, evening.codes[code])
        expect_verdict(page, light, title)
        told.append(_taken(page))
        next_guest(page)
    return told


def _taken(page: Page) -> Any:
    return page.evaluate(_TAKE)


def test_each_light_has_its_sound_and_its_buzz_once(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    context.add_init_script(_LISTEN)
    green, amber, red = _three_guests(_scanning(context, evening), evening)
    high, middle, low = ([hertz, "running", light] for hertz, light in ((880, "green"), (660, "amber"), (196, "red")))
    assert green == {"tones": [high], "buzzes": [[80]], "contexts": 1}
    assert amber == {"tones": [middle, middle], "buzzes": [[80, 80, 80]], "contexts": 1}
    assert red == {"tones": [low], "buzzes": [[400]], "contexts": 1}


def test_the_sound_comes_back_after_the_phone_took_it_away(hall: Browser, evening: Evening) -> None:
    context = phone(hall)
    context.add_init_script(_LISTEN)
    context.add_init_script(
        "const Heard = AudioContext; AudioContext = class extends Heard {"
        " constructor(...given) { super(...given); globalThis.loudspeaker = this; } };"
    )
    page = _scanning(context, evening)
    page.evaluate("loudspeaker.suspend()")  # as a call or a locked screen does
    type_code(page, evening.codes["revoked"])
    expect_verdict(page, "red", "Avmeldt")
    until(page, "heard.tones.length > 0")
    assert _taken(page)["tones"] == [[196, "running", "red"]]


@pytest.mark.parametrize("lacks", [_SILENT, _BROKEN], ids=["has neither", "neither works"])
def test_a_phone_without_sound_and_buzz_shows_each_light(hall: Browser, evening: Evening, lacks: str) -> None:
    context = phone(hall)
    context.add_init_script(lacks)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = _scanning(context, evening)
    _three_guests(page, evening)
    assert complaints == []
    assert [(kind, persons) for _, kind, persons in evening.scans()][:1] == [("in", 5)]
