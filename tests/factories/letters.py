"""Households with a letter waiting, and print files read back as a printer or a phone would see them."""

import ctypes
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

from outreach import clock
from outreach.audit.actor import COMMAND, Actor
from outreach.database import db
from outreach.events.models import Event
from outreach.invitations import service
from outreach.invitations.letters import service as letters
from outreach.invitations.letters.making import service as making
from outreach.invitations.letters.making.models import LetterJob
from outreach.invitations.letters.making.stages import JobKind
from outreach.invitations.letters.making.work.commands import work_due
from outreach.invitations.letters.planning import service as planning
from outreach.invitations.letters.queries import KIND
from outreach.invitations.letters.returning import service as returning
from outreach.invitations.letters.returning.models import ReturnedLetter
from outreach.invitations.letters.returning.returned import ReturnReason
from outreach.messages.models import LetterBatch
from outreach.outbox.models import OutboxMessage
from outreach.people.models import Household
from outreach.people.postal_address import PostalAddress
from outreach.register.queries import latest_import
from tests.conftest import NOW
from tests.factories.audience import make_household, make_import, make_person
from tests.factories.events import make_event
from tests.factories.invitations import Invited

ADDRESS = PostalAddress(("Storgata 1",), "3370", "VIKERSUND", "")
_numbers = itertools.count(1)


def make_home(
    *names: tuple[str, str], address: PostalAddress = ADDRESS, birth_year: int = 1985, **values: Any
) -> Household:
    """Return a committed household of persons with `names` (given, family), the oldest first; one by default."""
    extract, household = latest_import() or make_import(), make_household()
    for older, (given, family) in enumerate(names or ((f"Ola{next(_numbers)}", "Nordmann"),)):
        make_person(
            extract,
            household,
            given_name=given,
            family_name=family,
            birth_year=birth_year + older,
            birth_date=f"{birth_year + older}-03-04",
            address=address.to_json(),
            postcode=address.postcode,
            **values,
        )
    return household


def invite(event: Event | None = None) -> Event:
    """Invite everybody who moved in to `event`, or to a new one; return the event."""
    event = event or make_event()
    service.create_invitations(event, segment="moved-in", since=None, until=None, now=clock.now_utc(), actor=COMMAND)
    db.session.commit()
    return event


def hand_over(event: Event) -> None:
    """Say of every letter of `event` that it was printed, and commit."""
    mine = (OutboxMessage.event_id == event.id, OutboxMessage.kind == KIND)
    db.session.execute(db.update(OutboxMessage).where(*mine).values(state="handed_over", handed_over_at_utc=NOW))
    db.session.commit()


def make_returned(
    invited: Invited, reason: ReturnReason = ReturnReason.MOVED, actor: Actor = COMMAND
) -> ReturnedLetter:
    """Return the committed registration that the letter of `invited` came back, printed before that."""
    hand_over(invited.event)
    done = returning.register(invited.code, reason=reason, actor=actor, now=clock.now_utc())
    db.session.commit()
    return done.row


def make_ready(event: Event) -> LetterBatch:
    """Return the committed batch of what waits of `event`."""
    batch = letters.batch_of(event, planning.plan(event, is_reprint=False, now=NOW), made_by_id=None, now=NOW)
    db.session.commit()
    return batch


def make_pictures(event: Event) -> LetterJob:
    """Return finished work that pictured what waits of `event`."""
    return have_made(event, JobKind.PICTURES, make_ready(event).id)


def have_made(event: Event, kind: JobKind, batch_id: int | None = None, actor: Actor = COMMAND) -> LetterJob:
    """Ask for work on the letters of `event`, have a worker do it, and return it."""
    known = set(db.session.scalars(db.select(LetterJob.id)))
    making.ask(event, kind, batch_id=batch_id, actor=actor, now=clock.now_utc())
    db.session.commit()
    work_due()
    db.session.expire_all()
    return db.session.scalars(db.select(LetterJob).where(LetterJob.id.not_in(known))).one()


@dataclass(frozen=True)
class Page:
    """One printed page: its text, where each character stands (mm from the upper left corner), its QR codes."""

    text: str
    characters: tuple[tuple[str, float, float], ...]
    qr_texts: tuple[str, ...]

    def inside(self, *, left: float, top: float, right: float, bottom: float) -> str:
        """Return the text whose characters stand in the frame (mm)."""
        return "".join(char for char, x, y in self.characters if left <= x <= right and top <= y <= bottom)


def read_pages(path: Path) -> list[Page]:
    """Return the pages of a print file."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_read(document[number]) for number in range(len(document))]
    finally:
        document.close()


def spoken_languages(path: Path) -> list[list[str]]:
    """Return in which languages each page of a print file is tagged, in the order of reading; "" as the whole file."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_languages_on(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _languages_on(page: pypdfium2.PdfPage) -> list[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        number = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(number)]
        parts = [
            pdfium.FPDF_StructElement_GetChildAtIndex(top, at)
            for top in tops
            for at in range(pdfium.FPDF_StructElement_CountChildren(top))
        ]
        # What stands on another page is no element here.
        return list(dict.fromkeys(_language_of(part) for part in parts if part))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _language_of(element: Any) -> str:
    length = pdfium.FPDF_StructElement_GetLang(element, None, 0)
    told = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDF_StructElement_GetLang(element, told, length)
    return told.raw.decode("utf-16-le").rstrip("\0")


def fill_colours(path: Path) -> dict[str, set[str]]:
    """Return the colours (`#rrggbb`) in which texts ("text") and drawings ("path") of a print file are filled."""
    kinds = {pdfium.FPDF_PAGEOBJ_TEXT: "text", pdfium.FPDF_PAGEOBJ_PATH: "path"}
    found: dict[str, set[str]] = {kind: set() for kind in kinds.values()}
    document = pypdfium2.PdfDocument(path)
    try:
        for number in range(len(document)):
            for part in document[number].get_objects(filter=list(kinds)):
                found[kinds[part.type]].add(_fill_colour(part))
        return found
    finally:
        document.close()


def _fill_colour(part: pypdfium2.PdfObject) -> str:
    channels = [ctypes.c_uint() for _ in range(4)]
    assert pdfium.FPDFPageObj_GetFillColor(part, *channels)
    return "#" + "".join(f"{channel.value:02x}" for channel in channels[:3])


def _read(page: pypdfium2.PdfPage) -> Page:
    text_page = page.get_textpage()
    height = page.get_height()
    text = text_page.get_text_range()
    characters = []
    for number in range(text_page.count_chars()):
        left, bottom, _right, top = text_page.get_charbox(number)
        char = text_page.get_text_range(number, 1)
        if char.strip():
            characters.append((char, left * 25.4 / 72, (height - (top + bottom) / 2) * 25.4 / 72))
    picture = page.render(scale=2).to_pil()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return Page(text, tuple(characters), tuple(barcode.text for barcode in found))
