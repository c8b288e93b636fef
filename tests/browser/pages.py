"""Every page and state that people see, in the order of the walk: how to get there, and as whom.

A rule of the route map that no entry names, and that is not listed as "no page", makes `test_pages.py` red.
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import translation
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.fault_pages import (
    guess_until_told_to_wait,
    meet_a_crash,
    miss_the_database,
    send_an_old_form,
    send_too_much,
)
from tests.browser.world import World

_SURVEY, _RESULTS = "/undersokelse/<slug>/<token>", "/admin/arrangementer/<slug>/undersokelse"
_REPORT = "/admin/arrangementer/<slug>/rapport"
_DESK = "/admin/skranke/<int:invitation_id>"
_TRANSLATIONS = Path(__file__).resolve().parents[2] / "outreach" / "translations"


@dataclass(frozen=True)
class Place:
    """One page in one state. `act` goes on from the opened page to the state.

    `status` is that of the first answer; `last_status`, where it is told, of the answer to `act`.
    """

    name: str
    rule: str
    path: Callable[[World], str]
    visitor: str = "guest"
    status: int = 200
    municipality: str = "filled"
    act: Callable[[Page, World], None] | None = None
    last_status: int | None = None

    @property
    def is_for_guests(self) -> bool:
        """Say whether it is read by people who are no staff: guests, hosts, partners."""
        return self.visitor == "guest" and not self.rule.startswith(("/admin", "/door"))


def _at(path: str) -> Callable[[World], str]:
    return lambda world: path.format(**world.names)


def _said(page: Page, words: str) -> str:
    """Return how the page, in its language, says what bokmål says by `words`."""
    language = page.evaluate("document.documentElement.lang")
    return translation("messages", _TRANSLATIONS, [language], fallback=True).gettext(words)


def _send(page: Page, _world: World) -> None:
    page.locator("main form button[type=submit]").first.click()


def _send_form(button: str) -> Callable[[Page, World], None]:
    """Send the form that has the button `button` as it stands."""
    return lambda page, _world: page.get_by_role("button", name=_said(page, button), exact=True).click()


def _sign_in_wrongly(page: Page, _world: World) -> None:
    page.get_by_label(_said(page, "E-post")).fill("ukjent@modum.example")
    page.get_by_label(_said(page, "Passord")).fill("feil passord her")
    _send(page, _world)


def _open_menu(page: Page, _world: World) -> None:
    """Open the menu on a phone; on a wide screen it stands at the side."""
    button = page.get_by_role("button", name=_said(page, "Meny"), exact=True)
    if button.is_visible():
        button.click()


def _bring_three_children(page: Page, world: World) -> None:
    """Say that everybody comes with three children more, where there is one place for a child."""
    page.locator("#extra_school").fill("3")
    for yes in page.locator("input[value=yes][type=radio]").all():
        yes.check()
    _send(page, world)


def _fill_in_openly(page: Page, _world: World) -> None:
    """Sign somebody up without an invitation, as far as the check page."""
    page.locator("#name_1").fill("Ida")
    for group in page.locator("fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio]").first.check()
    page.locator("#email").fill("ida@gjest.example")
    page.get_by_role("button", name=_said(page, "Gå videre"), exact=True).click()


def _type(code: str) -> Callable[[Page, World], None]:
    def act(page: Page, _world: World) -> None:
        page.locator("input[name=code]").fill(code)
        _send(page, _world)

    return act


def _choose_a_language_twice(page: Page, _world: World) -> None:
    page.locator("select[name=third]").select_option("en")
    _send(page, _world)


def _let_too_many_in(page: Page, _world: World) -> None:
    page.get_by_label(_said(page, "Hvor mange?")).fill("30")
    page.get_by_role("button", name=_said(page, "Slipp inn"), exact=True).click()


def _look_for(name: str) -> Callable[[Page, World], None]:
    def act(page: Page, _world: World) -> None:
        page.locator("input[name=text]").fill(name)
        page.get_by_role("button", name=_said(page, "Søk"), exact=True).click()

    return act


def _bring_extract(page: Page, world: World) -> None:
    page.locator("input[type=file]").set_input_files(world.names["upload"])
    _send(page, world)


def _open_examples(page: Page, world: World) -> None:
    _bring_extract(page, world)
    page.locator("details summary").first.click()


def _event_badly(page: Page, _world: World) -> None:
    page.locator("input[name=title]").fill("")
    page.locator("input[name=capacity]").fill("-3")
    page.locator("input[name=venue]").fill("")
    _send(page, _world)


def _segment_badly(page: Page, _world: World) -> None:
    page.locator("[name=age]").check()
    page.locator("[name=age_youngest]").fill("40")
    page.locator("[name=age_oldest]").fill("30")
    page.locator("[name=postcode]").check()
    page.locator("[name=postcode_areas]").fill("3370, Atlantis")
    page.get_by_role("button", name=_said(page, "Lagre utvalget")).click()


def _count_segment(page: Page, _world: World) -> None:
    page.locator("[name=moved_in]").check()
    page.locator("[name=moved_in_months]").fill("12")
    page.locator("[name=age]").check()
    page.locator("[name=age_youngest]").fill("18")
    page.get_by_role("button", name=_said(page, "Tell opp")).click()


def _search_person(name: str) -> Callable[[Page, World], None]:
    def act(page: Page, _world: World) -> None:
        page.locator("input[name=name]").fill(name)
        page.get_by_role("button", name=_said(page, "Søk"), exact=True).click()

    return act


def _press(value: str) -> Callable[[Page, World], None]:
    """Press the button with `value`, whatever it is called in the language of the page."""
    return lambda page, _world: page.locator(f"button[value={value}]").click()


def _long_subject(page: Page, _world: World) -> None:
    page.locator("[name=versions-0-subject]").fill("Beskjed " * 30)
    page.locator("button[value=save]").click()


def _write_message(page: Page, _world: World) -> None:
    """Write the message in each language, and come back to the mailing."""
    page.locator("main a[href$='/tekst']").click()
    for number in range(3):
        page.locator(f"[name=versions-{number}-body]").fill("Hei {fornavn}! Husk regnjakke. Hilsen {avsender}")
        page.locator(f"[name=versions-{number}-sms]").fill("Husk regnjakke. Hilsen {avsender}")
    page.locator("button[value=save]").click()


def _year_of_the_future(page: Page, _world: World) -> None:
    page.locator("input[name=birth_year]").fill("2050")
    _send(page, _world)


def _type_no_number(page: Page, _world: World) -> None:
    page.locator("input[name=andre]").fill("mange")
    page.locator("input[name=andre]").press("Enter")


def _open_door(page: Page, _world: World) -> None:
    page.locator("input[name=door]").fill("Hovedinngangen")
    page.get_by_role("button", name=_said(page, "Lag QR-kode")).click()


def _choose_none(page: Page, _world: World) -> None:
    page.locator("input[name=scope][value=valgte]").check()
    page.locator("main form button[name=decision]").first.click()


def _find_household(name: str) -> Callable[[Page, World], None]:
    def act(page: Page, _world: World) -> None:
        page.locator("input[name=text]").fill(name)
        page.get_by_role("button", name=_said(page, "Søk"), exact=True).click()

    return act


def _find_at_desk(name: str) -> Callable[[Page, World], None]:
    def act(page: Page, _world: World) -> None:
        page.fill("#text", name)
        _send_form("Finn husstanden")(page, _world)

    return act


def _to_needs(page: Page, world: World) -> None:
    """Say that everybody comes, with a child."""
    for person in page.locator("fieldset.person").all():
        person.get_by_label(_said(page, "Ja")).check()
    page.locator("#extra_small").fill("1")
    _send(page, world)


def _to_help(page: Page, world: World) -> None:
    """Go on to what two of them need."""
    _to_needs(page, world)
    for box in page.locator("input[name^=asking_]").all()[:2]:
        box.check()
    _send(page, world)


def _to_contact(page: Page, world: World) -> None:
    """Go on to how to reach them, with somebody's allergy."""
    _to_help(page, world)
    first = page.locator(".helped__one").first
    first.get_by_label(_said(page, "Allergi"), exact=True).check()
    first.get_by_label(_said(page, "Allergi mot hva?")).fill("Nøtter")
    _send(page, world)


def _answer(page: Page, world: World) -> None:
    """Answer everything, as far as the page that reads it back."""
    _to_contact(page, world)
    page.locator("input[name=email]").fill("gjest@eksempel.example")
    _send(page, world)


def _need_badly(page: Page, world: World) -> None:
    _to_help(page, world)
    page.locator(".helped__one").first.get_by_label(_said(page, "Tolk"), exact=True).check()
    _send(page, world)


def _reach_badly(page: Page, world: World) -> None:
    _to_contact(page, world)
    page.locator("input[name=email]").fill("ikke en adresse")
    _send(page, world)


def _to_own_questions(page: Page, world: World) -> None:
    """Say that everybody comes and needs nothing, as far as the organiser's questions."""
    for yes in page.locator("fieldset.person input[value=yes]").all():
        yes.check()
    while page.locator("#sporsmal").count() == 0:
        _send(page, world)


def _ask_badly(page: Page, world: World) -> None:
    _to_own_questions(page, world)
    _send(page, world)


def _through(page: Page, world: World) -> None:
    """Go through the questions as they were answered, as far as the page that reads it back."""
    while page.locator("button[value=confirm]").count() == 0:
        _send(page, world)


def _answer_too_many(page: Page, _world: World) -> None:
    for person in page.locator("fieldset.person").all():
        person.get_by_label(_said(page, "Ja")).check()
    _send(page, _world)
    _send(page, _world)


def _choose_full(page: Page, _world: World) -> None:
    page.locator("input[name=event]").nth(1).check()
    _send(page, _world)


def _bad_address(page: Page, _world: World) -> None:
    page.locator("input[name=line]").fill("")
    page.locator("input[name=postcode]").fill("33")
    _send(page, _world)


def _partner_badly(page: Page, _world: World) -> None:
    page.locator("input[name=number]").fill("974760674")
    page.locator("input[name=website]").fill("javascript:alert(1)")
    _send(page, _world)


_PARTNER = "/admin/partnere/<int:organisation_id>"
_CONTACT = f"{_PARTNER}/kontakter/<int:contact_id>"


def _dangerous_link(page: Page, _world: World) -> None:
    page.locator("input[name=website]").fill("javascript:alert(1)")
    _send(page, _world)


_GROUPS = "/admin/kontaktpunkt/grupper"
_HOSTS, _AT_HOSTS = "/admin/arrangementer/<slug>/verter", "/admin/arrangementer/{slug}/verter"
_TAKING_PART = "/admin/arrangementer/<slug>/partnere"
_AT_TAKING_PART = "/admin/arrangementer/{slug}/partnere"
_ONE_PARTNER = f"{_TAKING_PART}/<int:participation_id>"
_NEW_OFFER = "/partner/<token>/muligheter/ny"
_ONE_OFFER = "/partner/<token>/muligheter/<int:opportunity_id>"
_ONE_INTEREST = "/partner/<token>/interesse/<int:interest_id>"
_OFFER = "/admin/muligheter/<int:opportunity_id>"
_AT_PARTNER = "/admin/partnere/{organisation_id}"

PLACES: tuple[Place, ...] = (
    # Guests.
    Place("forside", "/", _at("/")),
    Place("forside-tom", "/", _at("/"), municipality="empty"),
    Place("arrangement", "/arrangement/<slug>", _at("/arrangement/{slug}")),
    Place("arrangement-fristen-ute", "/arrangement/<slug>", _at("/arrangement/{slug_closed}")),
    Place("arrangement-avlyst", "/arrangement/<slug>", _at("/arrangement/{slug_called_off}")),
    Place("skriv-koden", "/svar", _at("/svar")),
    Place("skriv-koden-feil", "/svar", _at("/svar"), act=_type("K7MF-2XQ")),
    Place("invitasjon", "/i/<token>", _at("/i/{open}")),
    Place("svar", "/i/<token>/svar", _at("/i/{open}/svar")),
    Place("svar-feil", "/i/<token>/svar", _at("/i/{open}/svar"), act=_send),
    Place("svar-behov", "/i/<token>/svar", _at("/i/{open}/svar"), act=_to_needs),
    Place("svar-hva", "/i/<token>/svar", _at("/i/{open}/svar"), act=_to_help),
    Place("svar-hva-feil", "/i/<token>/svar", _at("/i/{open}/svar"), act=_need_badly),
    Place("svar-kontakt", "/i/<token>/svar", _at("/i/{open}/svar"), act=_to_contact),
    Place("svar-kontakt-feil", "/i/<token>/svar", _at("/i/{open}/svar"), act=_reach_badly),
    Place("svar-se-over", "/i/<token>/svar", _at("/i/{open}/svar"), act=_answer),
    Place("kvittering", "/i/<token>/takk", _at("/i/{coming}/takk")),
    Place("invitasjon-kommer", "/i/<token>", _at("/i/{coming}")),
    Place("endre-svar", "/i/<token>/svar", _at("/i/{coming}/svar")),
    Place("meld-avbud", "/i/<token>/avlys", _at("/i/{coming}/avlys")),
    Place("kvittering-avbud", "/i/<token>/takk", _at("/i/{cancelled}/takk")),
    Place("invitasjon-avbud", "/i/<token>", _at("/i/{cancelled}")),
    Place("invitasjon-nei", "/i/<token>", _at("/i/{declined}")),
    Place("invitasjon-fristen-ute", "/i/<token>", _at("/i/{closed}")),
    Place("invitasjon-fullt", "/i/<token>", _at("/i/{full}")),
    Place("svar-venteliste", "/i/<token>/svar", _at("/i/{full}/svar"), act=_answer),
    Place("invitasjon-venter", "/i/<token>", _at("/i/{waits}")),
    Place("invitasjon-tilbud", "/i/<token>", _at("/i/{offered}")),
    Place("invitasjon-tilbud-ute", "/i/<token>", _at("/i/{offer_expired}")),
    Place("invitasjon-for-mange", "/i/<token>/svar", _at("/i/{nearly_full}/svar"), act=_answer_too_many),
    Place("invitasjon-avlyst", "/i/<token>", _at("/i/{called_off}")),
    Place("invitasjon-trukket", "/i/<token>", _at("/i/{taken_back}"), status=410),
    Place("invitasjon-slettet", "/i/<token>", _at("/i/{erased}"), status=410),
    Place("invitasjon-ukjent", "/i/<token>", _at("/i/{never_given}"), status=404),
    Place("invitasjon-feilskrevet", "/i/<token>", _at("/i/K7MF-2XQ"), status=404),
    Place("velg-sted", "/i/<token>/sted", _at("/i/{chooses}/sted")),
    Place("ny-billett", "/i/<token>/ny-billett", _at("/i/{coming}/ny-billett")),
    Place("ny-billett-laget", "/i/<token>/ny-billett", _at("/i/{swaps}/ny-billett"), act=_send),
    Place("ny-billett-ingen", "/i/<token>/ny-billett", _at("/i/{cancelled}/ny-billett"), status=410),
    Place("har-flyttet", "/i/<token>/flyttet", _at("/i/{chooses}/flyttet")),
    Place("har-flyttet-sagt", "/i/<token>/flyttet", _at("/i/{has_moved}/flyttet")),
    Place("har-flyttet-feil", "/i/<token>/flyttet", _at("/i/{chooses}/flyttet"), act=_send),
    Place("bytt-sted", "/i/<token>/sted", _at("/i/{swaps}/sted")),
    Place("bytt-sted-fullt", "/i/<token>/sted", _at("/i/{swaps}/sted"), act=_choose_full),
    Place("ikke-skriv", "/i/<token>/reservasjon", _at("/i/{declined}/reservasjon")),
    Place("ikke-skriv-takk", "/i/<token>/reservasjon", _at("/i/{declined}/reservasjon"), act=_send),
    Place("spor-oss", "/spor-oss", _at("/spor-oss")),
    Place("spor-oss-feil", "/spor-oss", _at("/spor-oss"), act=_send),
    Place("spor-oss-takk", "/spor-oss", _at("/spor-oss?sendt=1")),
    Place("spor-om-invitasjonen", "/i/<token>/spor", _at("/i/{open}/spor")),
    Place("kontaktpunkt", "/kontaktpunkt", _at("/kontaktpunkt?by=oslo")),
    Place("kontaktpunkt-feil", "/kontaktpunkt", _at("/kontaktpunkt"), act=_send),
    Place("kontaktpunkt-se-i-eposten", "/kontaktpunkt/sendt", _at("/kontaktpunkt/sendt")),
    Place("kontaktpunkt-bekreft", "/kontaktpunkt/bekreft/<token>", _at("/kontaktpunkt/bekreft/{by_mail}")),
    Place("kontaktpunkt-bekreft-kjent", "/kontaktpunkt/bekreft/<token>", _at("/kontaktpunkt/bekreft/{known_by_mail}")),
    Place("kontaktpunkt-kode", "/kontaktpunkt/bekreft/<token>", _at("/kontaktpunkt/bekreft/{by_sms}")),
    Place(
        "kontaktpunkt-kode-feil",
        "/kontaktpunkt/bekreft/<token>",
        _at("/kontaktpunkt/bekreft/{by_sms}"),
        act=_type("2222"),
    ),
    Place("kontaktpunkt-lenke-brukt", "/kontaktpunkt/bekreft/<token>", _at("/kontaktpunkt/bekreft/brukt"), status=404),
    Place("kontaktpunkt-min", "/kontaktpunkt/min/<token>", _at("/kontaktpunkt/min/{own}?ny=1")),
    Place(
        "kontaktpunkt-kalender",
        "/kontaktpunkt/min/<token>/kalender",
        _at("/kontaktpunkt/min/{own}/kalender"),
    ),
    Place("kontaktpunkt-min-hjemme", "/kontaktpunkt/min/<token>", _at("/kontaktpunkt/min/{own_home}")),
    Place("kontaktpunkt-min-uten-ja", "/kontaktpunkt/min/<token>", _at("/kontaktpunkt/min/{own_silent}")),
    Place("kontaktpunkt-endre", "/kontaktpunkt/min/<token>/endre", _at("/kontaktpunkt/min/{own}/endre")),
    Place(
        "kontaktpunkt-endre-feil",
        "/kontaktpunkt/min/<token>/endre",
        _at("/kontaktpunkt/min/{own}/endre"),
        act=_year_of_the_future,
    ),
    Place("kontaktpunkt-slett", "/kontaktpunkt/min/<token>/slett", _at("/kontaktpunkt/min/{own}/slett")),
    Place("kontaktpunkt-slettet", "/kontaktpunkt/slettet", _at("/kontaktpunkt/slettet")),
    Place("billett", "/billett/<token>", _at("/billett/{ticket}")),
    Place("billett-kalender-ny", "/billett/<token>/kalender", _at("/billett/{ticket}/kalender")),
    Place(
        "billett-kalender",
        "/billett/<token>/kalender",
        _at("/billett/{ticket_with_calendar}/kalender"),
    ),
    Place("billett-trukket", "/billett/<token>", _at("/billett/{ticket_revoked}"), status=410),
    Place("billett-byttet", "/billett/<token>", _at("/billett/{ticket_replaced}"), status=410),
    Place("billett-slettet", "/billett/<token>", _at("/billett/{ticket_erased}"), status=404),
    Place("billett-avlyst", "/billett/<token>", _at("/billett/{ticket_called_off}")),
    Place("avmeld", "/avmeld/<token>", _at("/avmeld/{unsubscribe}")),
    Place("avmeld-takk", "/avmeld/<token>", _at("/avmeld/{unsubscribe}"), act=_send),
    Place("avmeld-feil", "/avmeld/<token>", _at("/avmeld/en~lenke~som~er~kuttet"), status=404),
    Place("personvern", "/personvern", _at("/personvern")),
    Place("tilgjengelighet", "/tilgjengelighet", _at("/tilgjengelighet")),
    Place("feil-404", "", _at("/finnes-ikke"), status=404),
    Place("feil-400", "/svar", _at("/svar"), act=send_an_old_form, last_status=400),
    Place("feil-405", "", _at("/i/{open}/nei"), status=405),
    Place("feil-413", "/spor-oss", _at("/spor-oss"), act=send_too_much, last_status=413),
    Place("feil-429", "/svar", _at("/svar"), act=guess_until_told_to_wait, last_status=429),
    Place("feil-500", "/personvern", _at("/personvern"), act=meet_a_crash, last_status=500),
    Place("feil-503", "/personvern", _at("/personvern"), act=miss_the_database, last_status=503),
    # Partners.
    Place("partnerside", "/partner/<token>", _at("/partner/{partner}")),
    Place("partnerside-spurt", "/partner/<token>", _at("/partner/{partner_asked}")),
    Place("partnerside-svart", "/partner/<token>", _at("/partner/{partner}?svart=1")),
    Place("partnerside-trukket", "/partner/<token>", _at("/partner/{partner_gone}"), status=410),
    Place("partnerside-om", "/partner/<token>/om", _at("/partner/{partner}/om")),
    Place("partnerside-om-feil", "/partner/<token>/om", _at("/partner/{partner}/om"), act=_dangerous_link),
    Place("partnerside-behov", "/partner/<token>/behov", _at("/partner/{partner}/behov")),
    Place("partnerside-tall", "/partner/<token>/tall", _at("/partner/{partner}/tall")),
    Place("partnerside-mulighet", _NEW_OFFER, _at("/partner/{partner}/muligheter/ny")),
    Place("partnerside-mulighet-feil", _NEW_OFFER, _at("/partner/{partner}/muligheter/ny"), act=_send),
    Place("partnerside-mulighet-endre", _ONE_OFFER, _at("/partner/{partner}/muligheter/{own_offer}")),
    Place("partnerside-interesse", "/partner/<token>/interesse", _at("/partner/{partner}/interesse")),
    Place("partnerside-interesse-tom", "/partner/<token>/interesse", _at("/partner/{partner_asked}/interesse")),
    Place("partnerside-svar", _ONE_INTEREST, _at("/partner/{partner}/interesse/{interest_id}")),
    Place("stand", "/stand/<stand>", _at("/stand/{stand}")),
    Place("stand-feil", "/stand/<stand>", _at("/stand/{stand}"), act=_send),
    Place("interesse", "/interesse/<token>", _at("/interesse/{interest}?ny=1")),
    Place("interesse-borte", "/interesse/<token>", _at("/interesse/222222222"), status=404),
    Place("interesse-tatt-tilbake", "/interesse/tatt-tilbake", _at("/interesse/tatt-tilbake")),
    # Hosts.
    Place("vert", "/vert/<token>", _at("/vert/{host}")),
    Place("vert-sendt", "/vert/<token>", _at("/vert/{host}?sendt=1")),
    Place("vert-feil", "/vert/<token>", _at("/vert/{host}"), act=_send),
    Place("vert-trukket", "/vert/<token>", _at("/vert/{host_gone}"), status=410),
    Place("vert-slutt", "/vert/<token>/slutt", _at("/vert/{host}/slutt")),
    Place("vert-har-sluttet", "/vert/slutt", _at("/vert/slutt")),
    # The door.
    Place("dor", "/door/", _at("/door/")),
    # Staff.
    Place("grupper", _GROUPS, _at(_GROUPS), "organiser"),
    Place("grupper-tom", _GROUPS, _at(_GROUPS), "organiser", municipality="empty"),
    Place("grupper-feil", _GROUPS, _at(_GROUPS), "organiser", act=_send_form("Legg til")),
    Place("gruppe", f"{_GROUPS}/<int:group_id>", _at(f"{_GROUPS}/{{group_id}}"), "organiser"),
    Place("gruppe-borte", "/g/<short>", _at("/g/22222"), status=404),
    Place("verter", _HOSTS, _at(_AT_HOSTS), "organiser"),
    Place("verter-tom", _HOSTS, _at("/admin/arrangementer/{slug_meetup}/verter"), "organiser"),
    Place("verter-feil", _HOSTS, _at(_AT_HOSTS), "organiser", act=_send_form("Legg til")),
    Place("partnere", "/admin/partnere", _at("/admin/partnere"), "organiser"),
    Place("partnere-tom", "/admin/partnere", _at("/admin/partnere"), "organiser", municipality="empty"),
    Place("partner-ny", "/admin/partnere/ny", _at("/admin/partnere/ny"), "organiser"),
    Place("partner-ny-feil", "/admin/partnere/ny", _at("/admin/partnere/ny"), "organiser", act=_partner_badly),
    Place("partner", _PARTNER, _at(_AT_PARTNER), "organiser"),
    Place("partner-endre", f"{_PARTNER}/endre", _at(f"{_AT_PARTNER}/endre"), "organiser"),
    Place("kontakt-feil", f"{_PARTNER}/kontakter/ny", _at(f"{_AT_PARTNER}/kontakter/ny"), "organiser", act=_send),
    Place("kontakt", _CONTACT, _at(f"{_AT_PARTNER}/kontakter/{{contact_id}}"), "organiser"),
    Place("partnere-arrangement", _TAKING_PART, _at(_AT_TAKING_PART), "organiser"),
    Place("partnere-arrangement-feil", _TAKING_PART, _at(_AT_TAKING_PART), "organiser", act=_send),
    Place("partner-deltar", _ONE_PARTNER, _at(f"{_AT_TAKING_PART}/{{participation_id}}"), "organiser"),
    Place(
        "partner-deltar-feil",
        _ONE_PARTNER,
        _at(f"{_AT_TAKING_PART}/{{participation_id}}"),
        "organiser",
        act=_send_form("Legg til oppgaven"),
    ),
    Place("muligheter", "/admin/muligheter", _at("/admin/muligheter"), "organiser"),
    Place("muligheter-tom", "/admin/muligheter", _at("/admin/muligheter"), "organiser", municipality="empty"),
    Place("mulighet", _OFFER, _at("/admin/muligheter/{waiting_offer}"), "organiser"),
    Place(
        "mulighet-feil",
        _OFFER,
        _at("/admin/muligheter/{waiting_offer}"),
        "organiser",
        act=_send_form("Ikke godkjenn"),
    ),
    Place("mulighet-ny", f"{_PARTNER}/muligheter/ny", _at(f"{_AT_PARTNER}/muligheter/ny"), "organiser"),
    Place("logg-inn", "/admin/logg-inn", _at("/admin/logg-inn")),
    Place("logg-inn-feil", "/admin/logg-inn", _at("/admin/logg-inn"), act=_sign_in_wrongly),
    Place("oversikt", "/admin/", _at("/admin/"), "organiser"),
    Place("oversikt-meny", "/admin/", _at("/admin/"), "organiser", act=_open_menu),
    Place("register-tom", "/admin/register", _at("/admin/register"), "organiser", municipality="empty"),
    Place("nytt-uttrekk", "/admin/register/ny", _at("/admin/register/ny"), "organiser"),
    Place("nytt-uttrekk-feil", "/admin/register/ny", _at("/admin/register/ny"), "organiser", act=_send),
    Place(
        "se-over-uttrekk",
        "/admin/register/<int:extract_id>",
        _at("/admin/register/ny"),
        "organiser",
        act=_bring_extract,
    ),
    Place(
        "se-over-uttrekk-navn",
        "/admin/register/<int:extract_id>",
        _at("/admin/register/ny"),
        "organiser",
        act=_open_examples,
    ),
    Place(
        "kolonner",
        "/admin/register/<int:extract_id>/kolonner",
        _at("/admin/register/{odd}/kolonner"),
        "organiser",
    ),
    Place(
        "kolonner-feil",
        "/admin/register/<int:extract_id>/kolonner",
        _at("/admin/register/{odd}/kolonner"),
        "organiser",
        act=_send_form("Les filen slik"),
    ),
    Place("filen-leses", "/admin/register/<int:extract_id>", _at("/admin/register/{queued}"), "organiser"),
    Place("filen-ubrukelig", "/admin/register/<int:extract_id>", _at("/admin/register/{unusable}"), "organiser"),
    Place(
        "uttrekk-godtatt",
        "/admin/register/innlesing/<int:import_id>",
        _at("/admin/register/innlesing/{import_id}"),
        "organiser",
    ),
    Place(
        "uttrekk-forkastet",
        "/admin/register/<int:extract_id>/forkastet",
        _at("/admin/register/{discarded}/forkastet"),
        "organiser",
    ),
    Place("se-over-hendelser", "/admin/register/<int:extract_id>", _at("/admin/register/{feed}"), "organiser"),
    Place("se-over-hendelser-personvern", "/admin/register/<int:extract_id>", _at("/admin/register/{feed}"), "privacy"),
    Place(
        "hendelser-brukt",
        "/admin/register/<int:extract_id>/hendelser",
        _at("/admin/register/{applied}/hendelser"),
        "organiser",
    ),
    Place("register", "/admin/register", _at("/admin/register"), "organiser"),
    Place("register-personvern", "/admin/register", _at("/admin/register"), "privacy"),
    Place("husstander-tom", "/admin/husstander", _at("/admin/husstander"), "organiser", municipality="empty"),
    Place("husstander", "/admin/husstander", _at("/admin/husstander"), "organiser"),
    Place("husstander-vurderes", "/admin/husstander", _at("/admin/husstander?vis=vurderes"), "organiser"),
    Place(
        "husstander-feil",
        "/admin/husstander",
        _at("/admin/husstander?vis=vurderes"),
        "organiser",
        act=_send_form("La de valgte få brev"),
    ),
    Place("husstander-sok", "/admin/husstander", _at("/admin/husstander"), "organiser", act=_find_household("e")),
    Place(
        "husstand",
        "/admin/husstander/<int:household_id>",
        _at("/admin/husstander/{household_id}"),
        "organiser",
    ),
    Place(
        "husstand-feil",
        "/admin/husstander/<int:household_id>",
        _at("/admin/husstander/{household_id}"),
        "organiser",
        act=_send_form("Skill ut de valgte"),
    ),
    Place(
        "dobbelt-tom", "/admin/husstander/dobbelt", _at("/admin/husstander/dobbelt"), "organiser", municipality="empty"
    ),
    Place("dobbelt", "/admin/husstander/dobbelt", _at("/admin/husstander/dobbelt"), "organiser"),
    Place("ny-person", "/admin/personer/ny", _at("/admin/personer/ny"), "organiser"),
    Place("ny-person-feil", "/admin/personer/ny", _at("/admin/personer/ny"), "organiser", act=_send_form("Legg til")),
    Place(
        "inviter-person",
        "/admin/personer/<int:person_id>/inviter",
        _at("/admin/personer/{person_id}/inviter"),
        "organiser",
    ),
    Place("oversikt-tom", "/admin/", _at("/admin/"), "organiser", municipality="empty"),
    Place("arrangementer-tom", "/admin/arrangementer", _at("/admin/arrangementer"), "organiser", municipality="empty"),
    Place("arrangementer", "/admin/arrangementer", _at("/admin/arrangementer"), "organiser"),
    Place("nytt-arrangement", "/admin/arrangementer/ny", _at("/admin/arrangementer/ny"), "organiser"),
    Place(
        "nytt-arrangement-feil",
        "/admin/arrangementer/ny",
        _at("/admin/arrangementer/ny"),
        "organiser",
        act=_event_badly,
    ),
    Place(
        "endre-kladd", "/admin/arrangementer/<slug>/endre", _at("/admin/arrangementer/{slug_draft}/endre"), "organiser"
    ),
    Place(
        "endre-arrangement", "/admin/arrangementer/<slug>/endre", _at("/admin/arrangementer/{slug}/endre"), "organiser"
    ),
    Place("serier-tom", "/admin/serier", _at("/admin/serier"), "organiser", municipality="empty"),
    Place("serier", "/admin/serier", _at("/admin/serier"), "organiser"),
    Place("ny-serie", "/admin/serier/ny", _at("/admin/serier/ny"), "organiser"),
    Place("ny-serie-feil", "/admin/serier/ny", _at("/admin/serier/ny"), "organiser", act=_send),
    Place("endre-serie", "/admin/serier/<int:series_id>", _at("/admin/serier/{series}"), "organiser"),
    Place("plakat", "/admin/arrangementer/<slug>/plakat", _at("/admin/arrangementer/{slug}/plakat"), "organiser"),
    Place(
        "plakat-kladd",
        "/admin/arrangementer/<slug>/plakat",
        _at("/admin/arrangementer/{slug_draft}/plakat"),
        "organiser",
    ),
    Place("behov", "/admin/arrangementer/<slug>/behov", _at("/admin/arrangementer/{slug}/behov"), "organiser"),
    Place(
        "behov-tom", "/admin/arrangementer/<slug>/behov", _at("/admin/arrangementer/{slug_draft}/behov"), "organiser"
    ),
    Place(
        "egne-sporsmal",
        "/admin/arrangementer/<slug>/egne-sporsmal",
        _at("/admin/arrangementer/{slug_asks}/egne-sporsmal"),
        "organiser",
    ),
    Place(
        "egne-sporsmal-tom",
        "/admin/arrangementer/<slug>/egne-sporsmal",
        _at("/admin/arrangementer/{slug_draft}/egne-sporsmal"),
        "organiser",
    ),
    Place(
        "egne-sporsmal-nytt",
        "/admin/arrangementer/<slug>/egne-sporsmal/nytt",
        _at("/admin/arrangementer/{slug_asks}/egne-sporsmal/nytt"),
        "organiser",
    ),
    Place(
        "egne-sporsmal-feil",
        "/admin/arrangementer/<slug>/egne-sporsmal/nytt",
        _at("/admin/arrangementer/{slug_asks}/egne-sporsmal/nytt"),
        "organiser",
        act=_send_form("Lagre spørsmålet"),
    ),
    Place(
        "egne-sporsmal-endre",
        "/admin/arrangementer/<slug>/egne-sporsmal/<int:own_question_id>/endre",
        _at("/admin/arrangementer/{slug_asks}/egne-sporsmal/{own_question_id}/endre"),
        "organiser",
    ),
    Place(
        "egne-sporsmal-svar",
        "/admin/arrangementer/<slug>/egne-sporsmal/svar",
        _at("/admin/arrangementer/{slug_asks}/egne-sporsmal/svar"),
        "organiser",
    ),
    Place(
        "egne-sporsmal-svar-tom",
        "/admin/arrangementer/<slug>/egne-sporsmal/svar",
        _at("/admin/arrangementer/{slug_draft}/egne-sporsmal/svar"),
        "organiser",
    ),
    Place("sporres", "/i/<token>/svar", _at("/i/{asked}/svar"), act=_to_own_questions),
    Place("sporres-feil", "/i/<token>/svar", _at("/i/{asked}/svar"), act=_ask_badly),
    Place("sporres-se-over", "/i/<token>/svar", _at("/i/{replied}/svar"), act=_through),
    Place("pamelding", "/arrangement/<slug>/pamelding", _at("/arrangement/{slug_asks}/pamelding")),
    Place(
        "pamelding-feil",
        "/arrangement/<slug>/pamelding",
        _at("/arrangement/{slug_asks}/pamelding"),
        act=_send_form("Gå videre"),
    ),
    Place(
        "pamelding-se-over",
        "/arrangement/<slug>/pamelding",
        _at("/arrangement/{slug_asks}/pamelding"),
        act=_fill_in_openly,
    ),
    Place("pamelding-sendt", "/arrangement/<slug>/pamelding/sendt", _at("/arrangement/{slug_asks}/pamelding/sendt")),
    Place("pamelding-ikke-apen", "/arrangement/<slug>/pamelding", _at("/arrangement/{slug}/pamelding"), status=404),
    Place("pamelding-bekreft", "/pamelding/<token>", _at("/pamelding/{open_token}")),
    Place("pamelding-bekreft-feil", "/pamelding/<token>", _at("/pamelding/ukjent"), status=404),
    Place("pamelding-min-side", "/i/<token>", _at("/i/{own_party}")),
    Place("opplysninger", "/i/<token>/opplysninger", _at("/i/{coming}/opplysninger")),
    Place("opplysninger-tom", "/i/<token>/opplysninger", _at("/i/{open}/opplysninger")),
    Place("opplysninger-slett", "/i/<token>/slett", _at("/i/{coming}/slett")),
    Place("pamelding-opplysninger", "/i/<token>/opplysninger", _at("/i/{own_party}/opplysninger")),
    Place("pamelding-slett", "/i/<token>/slett", _at("/i/{own_party}/slett")),
    Place("pamelding-slettet", "/pamelding/slettet", _at("/pamelding/slettet")),
    Place(
        "fordelt-venteliste",
        "/admin/arrangementer/<slug>/venteliste",
        _at("/admin/arrangementer/{slug_split}/venteliste"),
        "organiser",
    ),
    Place("fordelt-arrangement", "/admin/arrangementer/<slug>", _at("/admin/arrangementer/{slug_split}"), "organiser"),
    Place("fordelt-venter", "/i/<token>", _at("/i/{waits_wheels}")),
    Place("fordelt-for-mange-barn", "/i/<token>/svar", _at("/i/{many_children}/svar"), act=_bring_three_children),
    Place("sporres-takk", "/i/<token>/takk", _at("/i/{replied}/takk")),
    Place(
        "venteliste-tom",
        "/admin/arrangementer/<slug>/venteliste",
        _at("/admin/arrangementer/{slug_full}/venteliste"),
        "organiser",
    ),
    Place(
        "venteliste",
        "/admin/arrangementer/<slug>/venteliste",
        _at("/admin/arrangementer/{slug_waiting}/venteliste"),
        "organiser",
    ),
    Place(
        "slipp-inn",
        "/admin/arrangementer/<slug>/venteliste/<int:invitation_id>",
        _at("/admin/arrangementer/{slug_waiting}/venteliste/{waits_id}"),
        "organiser",
    ),
    Place(
        "slipp-inn-feil",
        "/admin/arrangementer/<slug>/venteliste/<int:invitation_id>",
        _at("/admin/arrangementer/{slug_waiting}/venteliste/{waits_id}"),
        "organiser",
        act=_send_form("Slipp inn"),
    ),
    Place("skranke", "/admin/skranke", _at("/admin/skranke"), "organiser"),
    Place("skranke-feil", "/admin/skranke", _at("/admin/skranke"), "organiser", act=_send_form("Finn husstanden")),
    Place("skranke-treff", "/admin/skranke", _at("/admin/skranke"), "organiser", act=_find_at_desk("Olena")),
    Place("skranke-husstand", _DESK, _at("/admin/skranke/{coming_id}"), "organiser"),
    Place(
        "skranke-husstand-feil",
        _DESK,
        _at("/admin/skranke/{coming_id}"),
        "organiser",
        act=_send_form("Lagre merknaden"),
    ),
    Place("skranke-venter", _DESK, _at("/admin/skranke/{waits_id}"), "organiser"),
    Place("skranke-for-sent", _DESK, _at("/admin/skranke/{closed_id}"), "organiser"),
    Place("skranke-svar", f"{_DESK}/svar", _at("/admin/skranke/{invitation_id}/svar"), "organiser"),
    Place(
        "skranke-svar-feil",
        f"{_DESK}/svar",
        _at("/admin/skranke/{closed_id}/svar"),
        "organiser",
        act=_send_form("Lagre svaret"),
    ),
    Place("undersokelse", _SURVEY, _at("{survey}")),
    Place("undersokelse-feil", _SURVEY, _at("{survey}"), act=_send),
    Place("undersokelse-ikke-apen", _SURVEY, _at("{survey_early}"), status=410),
    Place("undersokelse-takk", "/undersokelse/takk", _at("/undersokelse/takk")),
    Place("undersokelse-apen", _RESULTS, _at("/admin/arrangementer/{slug_asked}/undersokelse"), "reader"),
    Place("undersokelse-svar", _RESULTS, _at("/admin/arrangementer/{slug_past}/undersokelse"), "reader"),
    Place("undersokelse-tom", _RESULTS, _at("/admin/arrangementer/{slug}/undersokelse"), "reader"),
    Place("rapport", _REPORT, _at("/admin/arrangementer/{slug_evening}/rapport"), "reader"),
    Place("rapport-gjort-opp", _REPORT, _at("/admin/arrangementer/{slug_settled}/rapport"), "reader"),
    Place("rapport-ikke-gjort-opp", _REPORT, _at("/admin/arrangementer/{slug_asked}/rapport"), "organiser"),
    Place("rapporter", "/admin/rapporter", _at("/admin/rapporter"), "reader"),
    Place("rapporter-tom", "/admin/rapporter", _at("/admin/rapporter"), "reader", municipality="empty"),
    Place("maal", "/admin/maal", _at("/admin/maal"), "organiser"),
    Place("maal-tom", "/admin/maal", _at("/admin/maal"), "reader", municipality="empty"),
    Place("maal-feil", "/admin/maal", _at("/admin/maal"), "organiser", act=_send_form("Lagre målet")),
    Place("avlys", "/admin/arrangementer/<slug>/avlys", _at("/admin/arrangementer/{slug}/avlys"), "organiser"),
    Place("arrangement-tall", "/admin/arrangementer/<slug>", _at("/admin/arrangementer/{slug}"), "organiser"),
    Place("arrangement-kladd", "/admin/arrangementer/<slug>", _at("/admin/arrangementer/{slug_draft}"), "organiser"),
    Place(
        "malgruppe", "/admin/arrangementer/<slug>/malgruppe", _at("/admin/arrangementer/{slug}/malgruppe"), "organiser"
    ),
    Place(
        "malgruppe-inviter",
        "/admin/arrangementer/<slug>/malgruppe",
        _at("/admin/arrangementer/{slug_meetup}/malgruppe?segment=moved-in"),
        "organiser",
    ),
    Place(
        "malgruppe-feil",
        "/admin/arrangementer/<slug>/malgruppe",
        _at("/admin/arrangementer/{slug}/malgruppe?segment=moved-in&since=2026-11-01&until=2026-01-01"),
        "organiser",
        status=422,
    ),
    Place(
        "malgruppe-personer",
        "/admin/arrangementer/<slug>/malgruppe/personer",
        _at("/admin/arrangementer/{slug}/malgruppe/personer?segment=moved-in&reason=in"),
        "organiser",
    ),
    Place(
        "malgruppe-liste",
        "/admin/arrangementer/<slug>/malgruppe/lister/<int:list_id>",
        _at("/admin/arrangementer/{slug}/malgruppe/lister/{list_id}"),
        "organiser",
    ),
    Place("utvalg-tom", "/admin/utvalg", _at("/admin/utvalg"), "organiser", municipality="empty"),
    Place("utvalg", "/admin/utvalg", _at("/admin/utvalg"), "organiser"),
    Place("utvalg-nytt", "/admin/utvalg/nytt", _at("/admin/utvalg/nytt"), "organiser"),
    Place("utvalg-nytt-feil", "/admin/utvalg/nytt", _at("/admin/utvalg/nytt"), "organiser", act=_segment_badly),
    Place("utvalg-talt-opp", "/admin/utvalg/nytt", _at("/admin/utvalg/nytt"), "organiser", act=_count_segment),
    Place("utvalg-ett", "/admin/utvalg/<segment>", _at("/admin/utvalg/{segment}"), "organiser"),
    Place("utvalg-fast", "/admin/utvalg/<segment>", _at("/admin/utvalg/young-away"), "organiser"),
    Place("utvalg-arkivert", "/admin/utvalg/<segment>", _at("/admin/utvalg/{segment_archived}"), "organiser"),
    Place("utvalg-endre", "/admin/utvalg/<segment>/endre", _at("/admin/utvalg/{segment}/endre"), "organiser"),
    Place(
        "utvalg-personer",
        "/admin/utvalg/<segment>/personer",
        _at("/admin/utvalg/{segment}/personer"),
        "organiser",
        act=_search_person("an"),
    ),
    Place(
        "utvalg-personer-ingen",
        "/admin/utvalg/<segment>/personer",
        _at("/admin/utvalg/{segment}/personer"),
        "organiser",
        act=_search_person("Finnesikke"),
    ),
    Place(
        "utvalg-personer-feil",
        "/admin/utvalg/<segment>/personer",
        _at("/admin/utvalg/{segment}/personer"),
        "organiser",
        act=_send,
    ),
    Place(
        "utvalg-hvorfor",
        "/admin/utvalg/<segment>/personer/<int:person_id>",
        _at("/admin/utvalg/{segment}/personer/{person_id}"),
        "organiser",
    ),
    Place(
        "invitasjoner",
        "/admin/arrangementer/<slug>/invitasjoner",
        _at("/admin/arrangementer/{slug}/invitasjoner"),
        "organiser",
    ),
    Place(
        "invitasjoner-tom",
        "/admin/arrangementer/<slug>/invitasjoner",
        _at("/admin/arrangementer/{slug_draft}/invitasjoner"),
        "organiser",
    ),
    Place(
        "invitasjoner-ringes",
        "/admin/arrangementer/<slug>/invitasjoner",
        _at("/admin/arrangementer/{slug}/invitasjoner?vis=ringes"),
        "organiser",
    ),
    Place(
        "invitasjoner-sok",
        "/admin/arrangementer/<slug>/invitasjoner",
        _at("/admin/arrangementer/{slug}/invitasjoner"),
        "organiser",
        act=_search_person("an"),
    ),
    Place(
        "invitasjoner-sok-ingen",
        "/admin/arrangementer/<slug>/invitasjoner",
        _at("/admin/arrangementer/{slug}/invitasjoner"),
        "organiser",
        act=_search_person("Finnesikke"),
    ),
    Place(
        "invitasjon-en",
        "/admin/arrangementer/<slug>/invitasjoner/<int:invitation_id>",
        _at("/admin/arrangementer/{slug}/invitasjoner/{invitation_id}"),
        "organiser",
    ),
    Place(
        "paminnelse-tom",
        "/admin/arrangementer/<slug>/brev/paminnelse",
        _at("/admin/arrangementer/{slug_draft}/brev/paminnelse"),
        "organiser",
    ),
    Place(
        "paminnelse",
        "/admin/arrangementer/<slug>/brev/paminnelse",
        _at("/admin/arrangementer/{slug}/brev/paminnelse"),
        "organiser",
    ),
    Place(
        "brev-sprak",
        "/admin/arrangementer/<slug>/brev/sprak",
        _at("/admin/arrangementer/{slug}/brev/sprak"),
        "organiser",
    ),
    Place(
        "brev-sprak-feil",
        "/admin/arrangementer/<slug>/brev/sprak",
        _at("/admin/arrangementer/{slug_meetup}/brev/sprak"),
        "organiser",
        act=_choose_a_language_twice,
    ),
    Place("brev-tom", "/admin/arrangementer/<slug>/brev", _at("/admin/arrangementer/{slug_draft}/brev"), "organiser"),
    Place(
        "brev-venter", "/admin/arrangementer/<slug>/brev", _at("/admin/arrangementer/{slug_meetup}/brev"), "organiser"
    ),
    Place(
        "brev-frigivelse",
        "/admin/arrangementer/<slug>/brev",
        _at("/admin/arrangementer/{slug_meetup}/brev"),
        "organiser",
        act=_send,
    ),
    Place(
        "brev-skal-frigis",
        "/admin/arrangementer/<slug>/brev",
        _at("/admin/arrangementer/{slug_full}/brev"),
        "admin",
    ),
    Place("brev", "/admin/arrangementer/<slug>/brev", _at("/admin/arrangementer/{slug}/brev"), "organiser"),
    Place(
        "utsendinger-tom",
        "/admin/arrangementer/<slug>/utsendinger",
        _at("/admin/arrangementer/{slug_meetup}/utsendinger"),
        "organiser",
    ),
    Place(
        "utsendinger-feil",
        "/admin/arrangementer/<slug>/utsendinger",
        _at("/admin/arrangementer/{slug_meetup}/utsendinger"),
        "organiser",
        act=_send,
    ),
    Place(
        "utsendinger",
        "/admin/arrangementer/<slug>/utsendinger",
        _at("/admin/arrangementer/{slug}/utsendinger"),
        "organiser",
    ),
    Place(
        "utsending-kladd",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_draft}"),
        "organiser",
    ),
    Place(
        "utsending-skriv",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/tekst",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_draft}/tekst"),
        "organiser",
    ),
    Place(
        "utsending-sjekket",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/tekst",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_draft}/tekst"),
        "organiser",
        act=_press("check"),
    ),
    Place(
        "utsending-skriv-feil",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/tekst",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_draft}/tekst"),
        "organiser",
        act=_long_subject,
    ),
    Place(
        "utsending-klar",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_draft}"),
        "organiser",
        act=_write_message,
    ),
    Place(
        "utsending-eksempel",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/eksempel/<language>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_sending}/eksempel/nb"),
        "organiser",
    ),
    Place(
        "utsending-husstand",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/husstand/<int:invitation_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_sending}/husstand/{mailing_household}"),
        "organiser",
    ),
    Place(
        "utsending-mottakere",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/mottakere/<group>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_asked}/mottakere/brev"),
        "organiser",
    ),
    Place(
        "utsending-mottakere-ingen",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/mottakere/<group>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_asked}/mottakere/reservert"),
        "organiser",
    ),
    Place(
        "utsending-skal-frigis",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_asked}"),
        "organiser",
    ),
    Place(
        "utsending-frigis",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_asked}"),
        "admin",
    ),
    Place(
        "utsending-sendes",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_sending}"),
        "organiser",
    ),
    Place(
        "utsending-meldinger",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>/meldinger/<standing>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_sending}/meldinger/email.queued."),
        "organiser",
    ),
    Place(
        "utsending-pause",
        "/admin/arrangementer/<slug>/utsendinger/<int:mailing_id>",
        _at("/admin/arrangementer/{slug}/utsendinger/{mailing_paused}"),
        "organiser",
    ),
    Place(
        "brev-lages", "/admin/arrangementer/<slug>/brev", _at("/admin/arrangementer/{slug_closed}/brev"), "organiser"
    ),
    Place(
        "brev-porto",
        "/admin/arrangementer/<slug>/brev",
        _at("/admin/arrangementer/{slug}/brev?pris=21,50"),
        "organiser",
    ),
    Place(
        "brev-se-over",
        "/admin/arrangementer/<slug>/brev/bilder/<int:job_id>",
        _at("/admin/arrangementer/{slug_full}/brev/bilder/{job}"),
        "organiser",
    ),
    Place("kalendersvar-tom", "/admin/kalendersvar", _at("/admin/kalendersvar"), "organiser", municipality="empty"),
    Place("kalendersvar", "/admin/kalendersvar", _at("/admin/kalendersvar"), "organiser"),
    Place("sporsmal-tom", "/admin/sporsmal", _at("/admin/sporsmal"), "organiser", municipality="empty"),
    Place("sporsmal", "/admin/sporsmal", _at("/admin/sporsmal"), "organiser"),
    Place("sporsmal-ett", "/admin/sporsmal/<int:question_id>", _at("/admin/sporsmal/{question}"), "organiser"),
    Place(
        "sporsmal-ett-feil",
        "/admin/sporsmal/<int:question_id>",
        _at("/admin/sporsmal/{question}"),
        "organiser",
        act=_send_form("Lagre svaret"),
    ),
    Place(
        "sporsmal-besvart", "/admin/sporsmal/<int:question_id>", _at("/admin/sporsmal/{question_answered}"), "organiser"
    ),
    Place("brev-i-retur-tom", "/admin/brev-i-retur", _at("/admin/brev-i-retur"), "admin"),
    Place("brev-i-retur", "/admin/brev-i-retur", _at("/admin/brev-i-retur"), "organiser"),
    Place("brev-i-retur-feil", "/admin/brev-i-retur", _at("/admin/brev-i-retur"), "organiser", act=_type("K7MF-2XQ")),
    Place(
        "ma-nas-tom",
        "/admin/arrangementer/<slug>/brev/retur",
        _at("/admin/arrangementer/{slug_draft}/brev/retur"),
        "organiser",
    ),
    Place(
        "ma-nas", "/admin/arrangementer/<slug>/brev/retur", _at("/admin/arrangementer/{slug}/brev/retur"), "organiser"
    ),
    Place(
        "nytt-brev",
        "/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nytt-brev",
        _at("/admin/arrangementer/{slug}/brev/retur/{returned_id}/nytt-brev"),
        "organiser",
    ),
    Place(
        "nytt-brev-feil",
        "/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nytt-brev",
        _at("/admin/arrangementer/{slug}/brev/retur/{returned_id}/nytt-brev"),
        "organiser",
        act=_bad_address,
    ),
    Place(
        "nytt-brev-dod",
        "/admin/arrangementer/<slug>/brev/retur/<int:returned_id>/nytt-brev",
        _at("/admin/arrangementer/{slug}/brev/retur/{returned_dead_id}/nytt-brev"),
        "organiser",
    ),
    Place("utboks-tom", "/admin/utboks", _at("/admin/utboks"), "organiser", municipality="empty"),
    Place("utboks", "/admin/utboks", _at("/admin/utboks"), "organiser"),
    Place("utboks-i-tvil", "/admin/utboks/<batch_token>", _at("/admin/utboks/{doubtful}"), "organiser"),
    Place(
        "utboks-i-tvil-feil",
        "/admin/utboks/<batch_token>",
        _at("/admin/utboks/{doubtful}"),
        "organiser",
        act=_choose_none,
    ),
    Place("reservasjoner-tom", "/admin/reservasjoner", _at("/admin/reservasjoner"), "organiser", municipality="empty"),
    Place("reservasjoner", "/admin/reservasjoner", _at("/admin/reservasjoner"), "privacy"),
    Place(
        "reservasjoner-feil",
        "/admin/reservasjoner",
        _at("/admin/reservasjoner"),
        "organiser",
        act=_send_form("Legg til på lista"),
    ),
    Place(
        "dorer-tom", "/admin/arrangementer/<slug>/dorer", _at("/admin/arrangementer/{slug_draft}/dorer"), "door-lead"
    ),
    Place(
        "dorer-feil",
        "/admin/arrangementer/<slug>/dorer",
        _at("/admin/arrangementer/{slug}/dorer"),
        "door-lead",
        act=_send_form("Lag QR-kode"),
    ),
    Place(
        "dorer-ny-lenke",
        "/admin/arrangementer/<slug>/dorer",
        _at("/admin/arrangementer/{slug}/dorer"),
        "door-lead",
        act=_open_door,
    ),
    Place(
        "kvelden-for", "/admin/arrangementer/<slug>/kvelden", _at("/admin/arrangementer/{slug}/kvelden"), "door-lead"
    ),
    Place(
        "kvelden",
        "/admin/arrangementer/<slug>/kvelden",
        _at("/admin/arrangementer/{slug_evening}/kvelden"),
        "door-lead",
    ),
    Place(
        "kvelden-for-mange",
        "/admin/arrangementer/<slug>/kvelden",
        _at("/admin/arrangementer/{slug_evening}/kvelden"),
        "door-lead",
        act=_let_too_many_in,
    ),
    Place("dorer", "/admin/arrangementer/<slug>/dorer", _at("/admin/arrangementer/{slug}/dorer"), "door-lead"),
    Place(
        "papir-tom", "/admin/arrangementer/<slug>/papir", _at("/admin/arrangementer/{slug_draft}/papir"), "door-lead"
    ),
    Place("papir", "/admin/arrangementer/<slug>/papir", _at("/admin/arrangementer/{slug}/papir"), "door-lead"),
    Place(
        "papir-ark",
        "/admin/arrangementer/<slug>/papir/ark/<int:number>",
        _at("/admin/arrangementer/{slug}/papir/ark/1"),
        "door-lead",
    ),
    Place(
        "papir-ark-feil",
        "/admin/arrangementer/<slug>/papir/ark/<int:number>",
        _at("/admin/arrangementer/{slug}/papir/ark/1"),
        "door-lead",
        act=_type_no_number,
    ),
    Place(
        "ovingsbilletter",
        "/admin/arrangementer/<slug>/dorer/ovelse",
        _at("/admin/arrangementer/{slug_evening}/dorer/ovelse"),
        "door-lead",
    ),
    Place(
        "dorer-navn", "/admin/arrangementer/<slug>/dorer", _at("/admin/arrangementer/{slug_evening}/dorer"), "door-lead"
    ),
    Place("innsyn", "/admin/innsyn", _at("/admin/innsyn"), "privacy"),
    Place("innsyn-feil", "/admin/innsyn", _at("/admin/innsyn"), "privacy", act=_send_form("Søk")),
    Place("innsyn-en", "/admin/innsyn/<int:person_id>", _at("/admin/innsyn/{person_id}"), "privacy"),
    Place("innsyn-funnet", "/admin/innsyn", _at("/admin/innsyn"), "privacy", act=_look_for("an")),
    Place(
        "innsyn-venter",
        "/admin/innsyn/venter/<int:extract_id>/<int:place>",
        _at("/admin/innsyn/venter/{feed}/0"),
        "privacy",
    ),
    Place(
        "innsyn-utskrift",
        "/admin/innsyn/<int:person_id>/utskrift",
        _at("/admin/innsyn/{person_id}/utskrift"),
        "privacy",
    ),
    Place(
        "innsyn-slett",
        "/admin/innsyn/<int:person_id>/slett",
        _at("/admin/innsyn/{person_id}/slett"),
        "privacy",
    ),
    Place(
        "innsyn-slett-feil",
        "/admin/innsyn/<int:person_id>/slett",
        _at("/admin/innsyn/{person_id}/slett"),
        "privacy",
        act=_send_form("Slett personen"),
    ),
    Place("sletting", "/admin/sletting", _at("/admin/sletting"), "privacy"),
    Place("konto", "/admin/konto", _at("/admin/konto"), "organiser"),
    Place("konto-feil", "/admin/konto", _at("/admin/konto"), "organiser", act=_send_form("Bytt passord")),
    Place("logg", "/admin/logg", _at("/admin/logg"), "privacy"),
    Place("feil-403", "/admin/logg", _at("/admin/logg"), "reader", status=403),
    Place("kontaktpunkt-tom", "/admin/kontaktpunkt", _at("/admin/kontaktpunkt"), "organiser", municipality="empty"),
    Place("kontaktpunkt-tall", "/admin/kontaktpunkt", _at("/admin/kontaktpunkt"), "organiser"),
    Place(
        "paameldte-tom",
        "/admin/kontaktpunkt/paameldte",
        _at("/admin/kontaktpunkt/paameldte"),
        "organiser",
        municipality="empty",
    ),
    Place("paameldte", "/admin/kontaktpunkt/paameldte", _at("/admin/kontaktpunkt/paameldte?by=oslo"), "organiser"),
    Place(
        "paameldt",
        "/admin/kontaktpunkt/paameldte/<int:sign_up_id>",
        _at("/admin/kontaktpunkt/paameldte/{sign_up_id}"),
        "privacy",
    ),
    Place(
        "paameldt-kobling",
        "/admin/kontaktpunkt/paameldte/<int:sign_up_id>",
        _at("/admin/kontaktpunkt/paameldte/{sign_up_known}"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-tom",
        "/admin/kontaktpunkt/nyhetsbrev",
        _at("/admin/kontaktpunkt/nyhetsbrev"),
        "organiser",
        municipality="empty",
    ),
    Place("nyhetsbrev", "/admin/kontaktpunkt/nyhetsbrev", _at("/admin/kontaktpunkt/nyhetsbrev"), "organiser"),
    Place(
        "nyhetsbrev-kladd",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_draft}"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-skriv",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>/tekst",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_draft}/tekst"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-sjekket",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>/tekst",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_draft}/tekst"),
        "organiser",
        act=_press("check"),
    ),
    Place(
        "nyhetsbrev-eksempel",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>/eksempel/<language>",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_sending}/eksempel/nb"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-sendes",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_sending}"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-mottakere",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>/mottakere/<group>",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_draft}/mottakere/epost"),
        "organiser",
    ),
    Place(
        "nyhetsbrev-meldinger",
        "/admin/kontaktpunkt/nyhetsbrev/<int:mailing_id>/meldinger/<standing>",
        _at("/admin/kontaktpunkt/nyhetsbrev/{newsletter_sending}/meldinger/email.queued."),
        "organiser",
    ),
)

# What these answer with is no page: pictures, calendars, data, health.
NO_PAGE = frozenset(
    {
        "/static/<path:filename>",
        "/logo",
        "/partnerlogo/<int:organisation_id>-<logo_mark>.png",
        "/admin/arrangementer/<slug>/partnere.xlsx",
        "/admin/partnere.xlsx",
        "/admin/arrangementer/<slug>/partnere/<int:participation_id>/standark.pdf",
        "/partner/<token>/standark.pdf",
        "/api/door/v1/names",
        "/healthz",
        "/readyz",
        "/metrics",
        "/BILLETT/<token>",
        "/admin/arrangementer/<slug>/brev/<int:invitation_id>.pdf",
        "/admin/skranke/<int:invitation_id>/billett.pdf",
        "/admin/arrangementer/<slug>/rapport.<any(csv, xlsx, pdf):file_kind>",
        "/admin/rapporter/alle.<any(csv, xlsx):file_kind>",
        "/admin/kontaktpunkt/paameldte.csv",
        "/admin/kontaktpunkt/qr/<way>.svg",
        (
            "/admin/kontaktpunkt/plakat/<any(oslo, bergen, trondheim):city>"
            "-<any(a3, a4):form>-<any(nb, nn, en):language>.pdf"
        ),
        "/admin/arrangementer/<slug>/plakat/<any(deling, kvadrat):picture>-<any(nb, nn, en):language>.png",
        "/kontaktpunkt/min/<token>/opplysninger.json",
        "/admin/arrangementer/<slug>/brev/bilder/<int:job_id>/<int:invitation_id>.png",
        "/admin/register/<int:extract_id>/problemer.csv",
        "/arrangement/<slug>.ics",
        "/admin/arrangementer/<slug>/behov/<any(kjokken, tolk, skyss, lokale, annet):provider>.xlsx",
        "/admin/arrangementer/<slug>/egne-sporsmal/svar.xlsx",
        "/i/<token>/opplysninger.json",
        "/arrangement/<slug>/deling-<any(nb, nn, en):language>.png",
        "/admin/arrangementer/<slug>/plakat/<any(a3, a4, flygeblad):form>-<any(nb, nn, en):language>.pdf",
        "/admin/arrangementer/<slug>/plakat/<any(a3, a4, flygeblad):form>-<any(nb, nn, en):language>.png",
        "/admin/arrangementer/<slug>/plakat/qr.<any(svg, png):drawing>",
        "/kalender/<any(alle, modum, oslo, bergen, trondheim):feed>.ics",
        "/kalender/<token>.ics",
        "/I/<token>",
        "/api/door/v1/changes",
        "/api/door/v1/openapi.json",
        "/api/door/v1/roster",
        "/door/decoder_worker.js",
        "/door/manifest.webmanifest",
        "/door/sw.js",
        "/billett/<token>.ics",
        "/billett/<token>.pdf",
        "/billett/<token>.png",
        "/billett/<token>.svg",
    }
)


# With their country, as browsers have them. A field for a date follows the language of the browser's windows instead.
_LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "uk": "uk-UA", "pl": "pl-PL", "ar": "ar"}


def context_of(
    browser: Browser, world: World, place: Place, *, width: int, language: str, **more: object
) -> BrowserContext:
    """Return a browser context for `place`: the visitor's cookies, `width` pixels, `language`."""
    context = browser.new_context(
        base_url=world.origin,
        locale=_LOCALES[language],
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **more,  # type: ignore[arg-type]
    )
    become(context, world, place.visitor, language)
    return context


def become(context: BrowserContext, world: World, visitor: str, language: str) -> None:
    """Give `context` the cookies of `visitor` who reads `language`, and no others."""
    context.clear_cookies()
    context.add_cookies([{"name": "lang", "value": language, "url": world.origin}])
    if visitor in world.sessions:
        context.add_cookies([{"name": "session", "value": world.sessions[visitor], "url": world.origin}])


def go_to(page: Page, world: World, place: Place) -> None:
    """Open `place` in `page`; an AssertionError when the answer is another than it says."""
    world.forget_attempts()
    answer = page.goto(place.path(world))
    assert answer is not None
    assert answer.status == place.status, f"{place.name}: {answer.status}"
    if place.act is not None:
        place.act(page, world)
        page.wait_for_load_state()
    if place.last_status is not None:
        last = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        assert last == place.last_status, f"{place.name}: {last}"
