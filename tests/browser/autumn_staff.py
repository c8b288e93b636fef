"""What two of the office do together on its own pages: take a partner in, and send thanks that the other has read."""

import re

from playwright.sync_api import Page, expect

from tests.browser.autumn_town import Town, slug_of
from tests.factories.partners import made_up_number

PARTNER, CONTACT = "Modum Trevare AS", "berit@trevare.example"
PERSONAL_WORDS = "Det var fullt hus på Sentralen."


def take_partner_in(town: Town) -> str:
    """Add a partner with its number and who speaks for it, put it on the list in Oslo and invite it; return its
    personal link, as the e-mail has it."""
    with town.desk() as desk:
        _add_organisation(desk, made_up_number())
        _add_contact(desk)
        _put_on_list(desk)
        assert town.mails_to(CONTACT) == [], "on the list is not yet asked"
        desk.get_by_role("button", name="Send invitasjonen").click()
        expect(desk.get_by_role("status")).to_contain_text("Invitasjonen er lagt i køen.")
    [mail] = town.mails_to(CONTACT)
    assert f"Vi inviterer {PARTNER} til Treff i Oslo. Rollen deres: Stand." in mail
    return town.here(link_in(mail, "/partner/"))


def read_needs(town: Town) -> str:
    """Return what the office reads of the partners in Oslo: who comes, and what they need."""
    with town.desk() as desk:
        desk.goto(f"/admin/arrangementer/{slug_of('oslo')}/partnere")
        return desk.locator("main").inner_text()


def approve_opportunity(town: Town, title: str) -> None:
    """Read what the partner posted, and let guests see it, who did not before."""
    page = f"/arrangement/{slug_of('oslo')}"
    with town.desk() as desk:
        desk.goto(page)
        expect(desk.get_by_text(title)).to_have_count(0)
        desk.goto("/admin/muligheter")
        desk.get_by_role("link", name=title).click()
        desk.get_by_role("button", name="Godkjenn", exact=True).click()
        expect(desk.get_by_text("Gjestene ser den nå.")).to_be_visible()
        desk.goto(page)
        expect(desk.get_by_text(title)).not_to_have_count(0)


def thank_those_who_came(town: Town, address: str) -> str:
    """Write thanks after the meetup in Oslo, have another read and release them; return the survey's link, as the
    guest's e-mail has it."""
    written = _write_thanks(town)
    assert _thanks_to(town, address) == [], "nothing leaves before another has released it"
    with town.desk() as other:
        other.goto(written)
        expect(other.get_by_text("Går til 1 husstand.")).to_be_visible()
        other.get_by_role("button", name="Godkjenn utsendingen").click()
        expect(other.get_by_role("status")).to_contain_text("Utsendingen er godkjent og går av seg selv.")
    [mail] = _thanks_to(town, address)
    return town.here(link_in(mail, "/undersokelse/"))


def link_in(mail: str, path: str) -> str:
    """Return the one address below `path` that stands in a mail."""
    found = re.search(rf"http://localhost{path}\S+", mail)
    assert found, mail
    return found[0]


def _add_organisation(desk: Page, number: str) -> None:
    desk.goto("/admin/partnere")
    desk.get_by_role("link", name="Legg til en partner").click()
    desk.get_by_label("Navn").fill(PARTNER)
    desk.get_by_label("Organisasjonsnummer").fill(number[:-1] + str((int(number[-1]) + 1) % 10))
    desk.get_by_label("Bedrift").check()
    desk.get_by_role("button", name="Lagre").click()
    expect(desk.locator("main")).to_contain_text("kontrollsifferet stemmer ikke")
    expect(desk.get_by_label("Navn")).to_have_value(PARTNER)
    desk.get_by_label("Organisasjonsnummer").fill(f"{number[:3]} {number[3:6]} {number[6:]}")
    desk.get_by_role("button", name="Lagre").click()
    expect(desk.get_by_role("status")).to_contain_text("Partneren er lagret.")


def _add_contact(desk: Page) -> None:
    desk.get_by_role("link", name="Legg til en kontakt").click()
    desk.get_by_label("Navn").fill("Berit Trefjord")
    desk.get_by_label("Rolle hos partneren").fill("Daglig leder")
    desk.get_by_label("E-post", exact=True).fill(CONTACT)
    desk.get_by_label("Har sagt ja til at vi skriver til dem").check()
    desk.get_by_role("button", name="Lagre").click()
    expect(desk.get_by_role("status")).to_contain_text("Kontakten er lagret.")


def _put_on_list(desk: Page) -> None:
    desk.goto(f"/admin/arrangementer/{slug_of('oslo')}/partnere")
    desk.get_by_label("Partner", exact=True).select_option(label=PARTNER)
    desk.get_by_label("Stand", exact=True).check()
    desk.get_by_role("button", name="Sett på lista").click()
    expect(desk.locator("main")).to_contain_text(f"Berit Trefjord, {CONTACT}")


def _write_thanks(town: Town) -> str:
    """Make the draft, put a sentence of our own in, and ask for its release; return the mailing's address."""
    with town.desk() as desk:
        desk.goto(f"/admin/arrangementer/{slug_of('oslo')}/utsendinger")
        desk.get_by_label("Takk for sist, til dem som kom").check()
        desk.get_by_role("button", name="Lag utkast").click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text("Skriv teksten")
        body = desk.get_by_label("Tekst i e-posten").first
        body.fill(body.input_value().replace("Det var fint å møte", f"{PERSONAL_WORDS} Det var fint å møte"))
        desk.get_by_role("button", name="Sjekk teksten").click()
        expect(desk.get_by_role("heading", name="Dette fant vi")).to_be_visible()
        desk.get_by_role("button", name="Lagre", exact=True).click()
        expect(desk.get_by_role("status")).to_contain_text("Teksten er lagret.")
        desk.get_by_role("button", name="Gjør klar til å sendes").click()
        expect(desk.get_by_role("status")).to_contain_text("Be en annen om å se over og godkjenne den.")
        expect(desk.get_by_role("button", name="Godkjenn utsendingen")).to_have_count(0)
        return desk.url


def _thanks_to(town: Town, address: str) -> list[str]:
    return [mail for mail in town.mails_to(address) if PERSONAL_WORDS in mail]
