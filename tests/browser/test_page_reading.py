"""Pages of guests are easy to read in nynorsk and English; test_pages.py has bokmål, and their further states."""

import pytest

from tests.browser.page_reading import heavy_text, lix_of, running_text
from tests.browser.pages import PLACES, Place
from tests.browser.world import World

_PAGES = [place for place in PLACES if place.is_for_guests and place.municipality == "filled" and place.act is None]
_OFFICIALESE = """<main><h1>Kom</h1><p>Administrasjonen gjennomfører kommunens informasjonsarrangement vedrørende
innflytterordningen, herunder presentasjoner fra organisasjonslivet samt næringslivet, hvilket forutsetter
forhåndspåmelding innen fristen.</p><ul><li>Deltakelse forutsetter tilstrekkelig dokumentasjon av adresseendringen i
henhold til gjeldende bestemmelser, og søknadsbehandlingen gjennomføres fortløpende av servicekontorets
saksbehandlere etter nærmere retningslinjer vedtatt av kommunestyret.</li><li>Eventuelle henvendelser vedrørende
bestemmelsene rettes skriftlig til administrasjonen innen utgangen av måneden, og må
inneholde opplysninger om tilflyttingstidspunkt samt nødvendig legitimasjon.</li></ul></main>"""


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("place", _PAGES, ids=lambda place: place.name)
def test_a_page_is_easy_to_read(world: World, place: Place, language: str) -> None:
    world.forget_attempts()
    client = world.app.test_client()
    client.set_cookie("lang", language)
    answer = client.get(place.path(world))
    assert answer.status_code == place.status
    assert heavy_text(answer.text, language) == []


def test_long_pages_are_measured(world: World) -> None:
    client = world.app.test_client()
    pages = {path: client.get(path).text for path in ("/personvern", "/tilgjengelighet", "/kontaktpunkt")}
    assert [path for path, page in pages.items() if lix_of(page, "nb") is None] == []


def test_what_stands_in_paragraphs_and_lists_is_read_once() -> None:
    page = (
        "<main><h1>Ord</h1><p>En <b>kort</b>\nsak.</p><ul><li><p>Inni.</p></li><li>Uten</li></ul></main><p>Utenfor.</p>"
    )
    assert running_text(page) == "En kort sak.\n\nInni.\n\nUten"


def test_control_the_language_of_offices_is_found() -> None:
    assert "LIX" in heavy_text(_OFFICIALESE, "nb")[0]
