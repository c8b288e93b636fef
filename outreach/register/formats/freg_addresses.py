"""Addresses of a Folkeregisteret person document. Pure: one address entry in, municipality, dwelling and lines out.

Source: FREG docs @ de3cabb9, information model of `bostedsadresse`, `postadresse`, `postadresseIUtlandet`; the
cadastral address keeps its municipality inside `matrikkelnummer` (promises.md 9).
"""

from dataclasses import dataclass
from typing import Any

from outreach.people.household import Dwelling, dwelling
from outreach.people.person import clean_text
from outreach.people.postal_address import PostalAddress, care_of_line


@dataclass(frozen=True, slots=True)
class Residence:
    """A residence: whose municipality, which dwelling, and the address to write to when there is one."""

    municipality: str
    postcode: str
    street: str
    dwelling: Dwelling | None
    address: PostalAddress | None


UNKNOWN = Residence("", "", "", None, None)


def municipality_of(entry: dict[str, Any]) -> str:
    """Return the municipality number as written in a residence entry, or ""."""
    if street := _part(entry, "vegadresse"):
        return _four_digits(street.get("kommunenummer"))
    if cadastral := _part(entry, "matrikkeladresse"):
        return _four_digits(_part(cadastral, "matrikkelnummer").get("kommunenummer"))
    return _four_digits(_part(entry, "ukjentBosted").get("bostedskommune"))


def address_key(entry: dict[str, Any]) -> str:
    """Return a text that is equal for two entries at the same address, whatever the municipality's number."""
    street = _part(entry, "vegadresse") or _part(entry, "matrikkeladresse")
    if not street:
        return ""
    postcode = text_of(_part(street, "poststed").get("postnummer"))
    return f"{_street(street)}|{text_of(street.get('bruksenhetsnummer'))}|{postcode}".casefold()


def residence_of(entry: dict[str, Any]) -> Residence:
    """Return the residence of a `bostedsadresse` entry; `ukjentBosted` has a municipality and no address."""
    place = _part(entry, "vegadresse") or _part(entry, "matrikkeladresse")
    if not place:
        return Residence(municipality_of(entry), "", "", None, None)
    postcode, town = _town(place)
    street = _street(place)
    lines = tuple(line for line in (_care_of(place, entry), _addition(place), _shown_street(place, street)) if line)
    number = text_of(place.get("bruksenhetsnummer"))
    return Residence(
        municipality_of(entry),
        postcode,
        street,
        dwelling(street=street, postcode=postcode, number=number),
        PostalAddress(lines, postcode, town) if lines else None,
    )


def postal_address_of(entry: dict[str, Any]) -> PostalAddress | None:
    """Return the address of a `postadresse` or `postadresseIUtlandet` entry: street, box, free form or foreign."""
    if box := _part(entry, "postboksadresse"):
        return _with_town((_cleaned(box.get("postbokseier")), _cleaned(box.get("postboks"))), *_town(box))
    if street := _part(entry, "vegadresse"):
        lines = (_care_of(street, entry), _addition(street), _shown_street(street, _street(street)))
        return _with_town(lines, *_town(street))
    if free := _part(entry, "postadresseIFrittFormat"):
        return _with_town(_lines(free.get("adresselinje")), *_town(free))
    return _foreign(_part(entry, "utenlandskAdresseIFrittFormat") or _part(entry, "utenlandskAdresse"))


def text_of(value: Any) -> str:
    """Return a register value as text: numbers may come as numbers or texts."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _four_digits(value: Any) -> str:
    """Return a municipality number, also one that lost its zero as a number; anything else is unknown, ""."""
    if isinstance(value, str) and len(value) == 4 and value.isdecimal() and value.isascii():
        return value
    text = text_of(value).strip()
    return text.zfill(4) if text.isascii() and text.isdigit() and len(text) in (3, 4) else ""


def _part(entry: dict[str, Any], name: str) -> dict[str, Any]:
    part = entry.get(name)
    return part if isinstance(part, dict) else {}


def _cleaned(value: Any) -> str:
    if not value:
        return text_of(value)
    return clean_text(value) if isinstance(value, str) else text_of(value)


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(_cleaned(line) for line in value) if isinstance(value, list) else ()


def _town(place: dict[str, Any]) -> tuple[str, str]:
    town = _part(place, "poststed")
    return text_of(town.get("postnummer")), _cleaned(town.get("poststedsnavn"))


def _street(place: dict[str, Any]) -> str:
    if "matrikkelnummer" in place:
        number = _part(place, "matrikkelnummer")
        parts = [text_of(number.get(name)) for name in ("gaardsnummer", "bruksnummer", "festenummer")]
        under = text_of(place.get("undernummer"))
        return "/".join(part for part in parts if part and part != "0") + (
            f"-{under}" if under and under != "0" else ""
        )
    number = _part(place, "adressenummer")
    house = text_of(number.get("husnummer")) + text_of(number.get("husbokstav"))
    name = _cleaned(place.get("adressenavn"))
    return f"{name} {house}" if house else name


def _shown_street(place: dict[str, Any], street: str) -> str:
    """Return the line for the letter: a cadastral number is for those who have no other address."""
    if "matrikkelnummer" not in place:
        return street
    return "" if _addition(place) else f"Gnr./bnr. {street}"


def _addition(place: dict[str, Any]) -> str:
    return _cleaned(place.get("adressetilleggsnavn"))


def _care_of(place: dict[str, Any], entry: dict[str, Any]) -> str:
    return care_of_line(_cleaned(place.get("coAdressenavn") or entry.get("coAdressenavn")))


def _with_town(lines: tuple[str, ...], postcode: str, town: str) -> PostalAddress | None:
    lines = tuple(line for line in lines if line)
    return PostalAddress(lines, postcode, town) if lines or postcode else None


def _foreign(place: dict[str, Any]) -> PostalAddress | None:
    named = [_cleaned(place.get(name)) for name in _FOREIGN_LINES]
    lines = tuple(line for line in (_care_of(place, {}), *_lines(place.get("adresselinje")), *named) if line)
    if not lines:
        return None
    town = _cleaned(place.get("byEllerStedsnavn"))
    return PostalAddress(lines, text_of(place.get("postkode")), town, text_of(place.get("landkode")) or "?")


_FOREIGN_LINES = (
    "adressenavn",
    "bygning",
    "etasjenummer",
    "boenhet",
    "postboks",
    "region",
    "distriktsnavn",
)
