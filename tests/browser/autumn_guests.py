"""What the young and the partner do in an autumn, each on a page that runs no script."""

import re
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.answering import Hand, answer
from tests.browser.autumn_staff import PARTNER
from tests.browser.autumn_town import MEETUPS, Town
from tests.printed_letters import PrintedLetter

OFFER, NEED = "Sommervikar i lakkeriet", "Plass til en dør"


def open_letter(page: Page, letter: PrintedLetter) -> None:
    """Type the code of the letter, as somebody without a camera does."""
    page.goto("/svar")
    page.locator("input[name=code]").fill(letter.code.lower().replace("-", " "))
    page.get_by_role("button", name="Gå videre").click()
    expect(page.get_by_role("link", name="Velg et annet sted")).to_be_visible()


def say_yes(page: Page, letter: PrintedLetter, *, email: str) -> tuple[str, int]:
    """Answer yes for all whom the letter asks; return what the ticket's QR holds, and for how many it is."""
    open_letter(page, letter)
    number = answer(Hand(page), None, email=email)
    return _ticket(page), number


def say_no(page: Page, letter: PrintedLetter) -> None:
    """Decline for everybody by one press."""
    open_letter(page, letter)
    page.get_by_role("button", name=re.compile("kan ikke komme|kan komme")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Takk for svaret")


def choose_city(page: Page, letter: PrintedLetter, city: str) -> None:
    """Choose another meetup, or swap to it; afterwards the household's pages name its place."""
    open_letter(page, letter)
    page.get_by_role("link", name="Velg et annet sted").click()
    page.get_by_label(re.compile(f"^{city.title()}")).check()
    page.get_by_role("button", name=re.compile("^(Bytt sted|Velg)$")).click()
    expect(page.locator("main")).to_contain_text(MEETUPS[city][1])


def sign_up_with_contact_point(town: Town, name: str, email: str) -> str:
    """Sign up, confirm by the link of the e-mail, and return the address of one's own page."""
    with town.phone() as page:
        page.goto("/kontaktpunkt?by=bergen")
        page.get_by_label("Navn", exact=True).fill(name)
        page.get_by_label("Fødselsår").fill("2004")
        expect(page.get_by_role("radio", name="Bergen")).to_be_checked()
        page.get_by_label("Sommerjobber").check()
        page.get_by_label("På e-post").check()
        page.get_by_label("E-post", exact=True).fill(email)
        page.get_by_label("Send meg nytt om det jeg har krysset av for").check()
        page.get_by_role("button", name="Meld meg på").click()
        [mail] = town.mails_to(email)
        found = re.search(r"http://localhost/kontaktpunkt/bekreft/\S+", mail)
        assert found, mail
        page.goto(town.here(found[0]))
        page.get_by_role("button", name="Bekreft").click()
        expect(page.locator("main")).to_contain_text(name)
        return page.url


def leave_contact_point(page: Page, own_page: str) -> None:
    """Erase oneself."""
    page.goto(own_page)
    page.get_by_role("link", name="Slett alt om meg").click()
    page.get_by_role("button", name="Ja, slett alt om meg").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("slettet")
    answer = page.goto(own_page)
    assert answer is not None
    assert answer.status == 404, "the page is gone with the person"


def confirm_as_partner(page: Page, link: str) -> str:
    """Say yes by the personal link, tell the stand's needs, post an opportunity; return what the stand's QR holds."""
    page.goto(link)
    page.get_by_role("button", name="Vi kommer", exact=True).click()
    page.get_by_role("link", name="Endre hva dere trenger").click()
    page.get_by_label("Strøm").check()
    page.get_by_label("Bord").fill("2")
    page.get_by_label("Noe annet?").fill(NEED)
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Legg ut en mulighet").click()
    page.get_by_label("Sommerjobb").check()
    page.get_by_label("Overskrift").fill(OFFER)
    page.get_by_label("Søknadsfrist").fill("2027-03-01")
    page.get_by_role("button", name="Send inn").click()
    expect(page.locator("main")).to_contain_text("Venter på godkjenning")
    sheet = page.request.get(page.get_by_role("link", name="Hent arket til standen").get_attribute("href") or "")
    document = pypdfium2.PdfDocument(sheet.body())
    [symbol] = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    document.close()
    return symbol.text


def leave_interest(page: Page, stand: str, *, name: str, email: str) -> None:
    """Scan the stand, see what it offers, and leave who one is."""
    page.goto(stand)
    expect(page.locator("main")).to_contain_text(OFFER)
    page.get_by_label("Høre mer om jobb").check()
    page.get_by_label("Navn").fill(name)
    page.get_by_label("På e-post").check()
    page.get_by_label("E-post", exact=True).fill(email)
    page.get_by_label("Ja, vis dette til partneren").check()
    page.get_by_role("button", name=f"Send til {PARTNER}").click()
    expect(page.locator("main")).to_contain_text("Takk!")


def read_interest(page: Page, link: str) -> str:
    """Return what the partner sees of guests who want to hear more."""
    page.goto(link)
    page.get_by_role("link", name="Se hvem som har skrevet (1)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gjester som vil høre mer")
    return page.locator("main").inner_text()


def answer_survey(page: Page, link: str) -> None:
    """Answer the three questions, and find that the link is used up."""
    page.goto(link)
    for place in range(3):
        page.locator("fieldset").nth(place).get_by_role("radio").first.check()
    page.get_by_role("button", name="Send svarene").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Takk")


def _ticket(page: Page) -> str:
    page.get_by_role("link", name="Vis billetten").click()
    picture = Image.open(BytesIO(page.locator(".qr").screenshot())).convert("L")
    (seen,) = zxingcpp.read_barcodes(picture)
    return str(seen.text)
