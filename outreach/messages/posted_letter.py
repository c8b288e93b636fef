"""A letter as KS SvarUt takes it: what it must be told, and the PDF, in one multipart body (RFC 7578). Pure.

Source: KS, "Send forsendelse-API" v2 (OpenAPI, `Forsendelse`) and developers.fiks.ks.no, SvarUt REST v2: the part
`forsendelse` first, then the documents as `filer`, in the order of `dokumenter`. With a `digitalId` SvarUt tries
digital mailboxes and prints what does not get there; without, it prints.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from outreach.people.postal_address import PostalAddress

SYSTEM = "Treffpunkt"
_FILE_NAME = "invitasjon.pdf"


@dataclass(frozen=True, kw_only=True)
class PostedLetter:
    """A letter to one adult. `national_id` empty: to print. `group` is the same for all of a mailing.

    `answer_url`: stands beside the letter in a digital mailbox. `title` is seen in notices: it names nobody.
    """

    title: str
    name: str = field(repr=False)
    address: PostalAddress = field(repr=False)
    pdf: bytes = field(repr=False)
    group: str
    national_id: str = field(default="", repr=False)
    answer_url: str = field(default="", repr=False)
    answer_words: str = ""
    cost_code: str = ""

    @property
    def is_untraced(self) -> bool:
        """Say that nothing of whom it is for is kept with the attempt: a letter has no address to suppress."""
        return True

    def shipment(self, row_id: int) -> dict[str, Any]:
        """Return the `Forsendelse`; our reference in it is the outbox row's id, by which SvarUt is asked."""
        told = {
            "tittel": self.title[:1000],
            "mottaker": self._recipient(),
            "avgivendeSystem": SYSTEM,
            "kunDigitalLevering": False,
            "utskriftskonfigurasjon": {"utskriftMedFarger": False, "tosidig": True},
            "eksternReferanse": str(row_id),
            "korrelasjonsid": self.group[:100],
            "dokumenter": [{"filnavn": _FILE_NAME, "mimeType": "application/pdf"}],
        }
        if self.cost_code:
            told["konteringskode"] = self.cost_code
        if self.national_id and self.answer_url:
            told["lenker"] = [{"url": self.answer_url, "tekst": self.answer_words}]
        return told

    def content(self, row_id: int) -> bytes:
        """Return the body of the request that hands the letter over."""
        # Told by the PDF itself, so that it cannot stand inside it by chance.
        boundary = f"treffpunkt-{hashlib.sha256(self.pdf).hexdigest()}"
        shipment = json.dumps(self.shipment(row_id), ensure_ascii=False).encode()
        parts = (
            _part(boundary, 'name="forsendelse"', "application/json", shipment),
            _part(boundary, f'name="filer"; filename="{_FILE_NAME}"', "application/pdf", self.pdf),
        )
        return b"".join(parts) + f"--{boundary}--\r\n".encode()

    def _recipient(self) -> dict[str, str]:
        lines = dict(zip(("adresselinje1", "adresselinje2", "adresselinje3"), self.address.three_lines(), strict=True))
        told = {
            "navn": self.name,
            "digitalId": self.national_id,
            **lines,
            "postnummer": self.address.postcode,
            "poststed": self.address.place,
            "land": self.address.country if self.address.is_foreign else "",
        }
        return {name: value for name, value in told.items() if value}


def content_type_of(content: bytes) -> str:
    """Return the Content-Type of a body that `PostedLetter.content` made."""
    boundary = content.partition(b"\r\n")[0].removeprefix(b"--").decode()
    return f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, disposition: str, media_type: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: {media_type}\r\n\r\n"
    return head.encode() + content + b"\r\n"
