"""Folkeregisteret's person document of a made-up person, history included. In: a person. Out: a plain JSON object.

Shape: `PersondokumentMedHistorikk` and OpenAPI 1.5 (Skatteetaten); for each person one
`{"foedselsEllerDNummer", "folkeregisterperson"}`, as bulk look-up answers it. Names in capitals, as in the register.
"""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from outreach.demo.person import Address, DemoPerson, Residence

_OSLO = ZoneInfo("Europe/Oslo")
_UTC = ZoneInfo("UTC")
_SOURCE = "Oppdiktet"
_LAND_REGISTER = "Matrikkelen"
Document = dict[str, Any]


def person_document(person: DemoPerson, as_of: date) -> Document:
    """Return the person document of `person` as delivered on `as_of`."""
    body: Document = {
        "identifikasjonsnummer": _identifiers(person),
        "status": _statuses(person),
        "kjoenn": [{"erGjeldende": True, "kilde": _SOURCE, "kjoenn": "kvinne" if person.is_woman else "mann"}],
        "foedsel": [_birth(person)],
        "navn": [_name(person)],
    }
    homes = home_entries(person, as_of)
    if homes:
        body["bostedsadresse"] = homes
    body.update(_protection(person))
    body.update(_other_addresses(person))
    body.update(_borders(person))
    if person.died_on:
        body["doedsfall"] = {**_meta(person.died_on), "doedsdato": person.died_on.isoformat()}
    return {"foedselsEllerDNummer": person.national_id, "folkeregisterperson": body}


def home_entries(person: DemoPerson, as_of: date) -> list[Document]:
    """Return `bostedsadresse`: newest first, one entry more for each renumbering and correction without a move."""
    entries: list[Document] = []
    last = len(person.residences) - 1
    for position, residence in enumerate(person.residences):
        until = person.residences[position + 1].since if position < last else _end(person) or as_of
        entries.extend(_residence_entries(person, residence, until))
    if entries and not _home_is_withheld(person) and not person.left_on:
        entries[-1]["erGjeldende"] = True
    elif entries:
        ended = person.left_on or until
        entries[-1]["opphoerstidspunkt"] = _moment(ended)
    return entries[::-1]


def _end(person: DemoPerson) -> date | None:
    return person.left_on or person.died_on


def _home_is_withheld(person: DemoPerson) -> bool:
    return person.protection.lower().startswith("strengt")


def _residence_entries(person: DemoPerson, residence: Residence, until: date) -> list[Document]:
    address, since = residence.address, residence.since
    shown = _without_dwelling(address) if residence.corrected_on else address
    entry = _entry(person, residence, shown, address.municipality.number_on(since))
    entries = [{**entry, **_meta(since, cause=residence.cause), **_when(since)}]
    for day, number in address.municipality.renumberings(since, until):
        renumbered = _entry(person, residence, shown, number)
        meta = _meta(day, cause="Kommuneregulering", source=_LAND_REGISTER)
        entries.append({**renumbered, **meta, **_when(since)})
    if residence.corrected_on:
        corrected = _entry(person, residence, address, address.municipality.number_on(until))
        meta = _meta(residence.corrected_on, cause="Adresseoppdatering", source=_LAND_REGISTER)
        entries.append({**corrected, **meta, **_when(since)})
    return [{**entry, "erGjeldende": False} for entry in entries]


def _without_dwelling(address: Address) -> Address:
    return Address(**{**vars(address), "dwelling": ""})


def _entry(person: DemoPerson, residence: Residence, address: Address, number: str) -> Document:
    entry = address_part(address, number)
    if address.register_id and not address.is_unknown:
        entry["adresseIdentifikatorFraMatrikkelen"] = str(address.register_id)
    is_home = residence is person.residences[-1]
    graded = is_home or person.protection.lower() == "fortrolig"
    entry["adressegradering"] = person.grading if graded else "ugradert"
    is_newborn = residence.cause == "Fødsel" and len(person.residences) == 1 and person.birth.year >= 2024
    if not is_newborn:
        entry["flyttedato"] = residence.since.isoformat()
    return entry


def address_part(address: Address, number: str) -> Document:
    """Return the one of `vegadresse`, `matrikkeladresse`, `ukjentBosted` that `address` is, under `number`."""
    if address.is_unknown:
        return {"ukjentBosted": {"bostedskommune": number}}
    part: Document = {"poststed": {"poststedsnavn": address.place, "postnummer": address.postcode}}
    if address.dwelling:
        part.update(bruksenhetsnummer=address.dwelling, bruksenhetstype="bolig")
    if address.care_of:
        part["coAdressenavn"] = address.care_of
    if address.farm:
        part["adressetilleggsnavn"] = address.farm
    if address.farm_number:
        holding = {"gaardsnummer": address.farm_number, "bruksnummer": address.holding_number}
        return {"matrikkeladresse": {"matrikkelnummer": {"kommunenummer": number, **holding}, **part}}
    house = {"husnummer": str(address.house_number)}
    if address.house_letter:
        house["husbokstav"] = address.house_letter
    street = {"kommunenummer": number, "adressenavn": address.street, "adressenummer": house, "adressekode": "99999"}
    return {"vegadresse": {**street, **part}}


def _identifiers(person: DemoPerson) -> list[Document]:
    kind = "dNummer" if person.is_d_number else "foedselsnummer"
    current = {"status": "iBruk", "foedselsEllerDNummer": person.national_id, "identifikatortype": kind}
    entries = [{**_meta(person.birth), "erGjeldende": True, **current}]
    if person.former_id:
        ended = {"status": "opphoert", "foedselsEllerDNummer": person.former_id, "identifikatortype": "dNummer"}
        entries.append({**_meta(person.birth), "erGjeldende": False, **ended})
    return entries


def _statuses(person: DemoPerson) -> list[Document]:
    resident_since = person.residences[0].since if person.residences else person.birth
    ended = _end(person)
    if person.is_d_number:
        return [{**_meta(resident_since), "erGjeldende": True, "status": "midlertidig"}]
    resident = {**_meta(resident_since), "erGjeldende": ended is None, "status": "bosatt"}
    if ended is None:
        return [resident]
    return [{**_meta(ended), "erGjeldende": True, "status": "doed" if person.died_on else "utflyttet"}, resident]


def _birth(person: DemoPerson) -> Document:
    born = {"foedselsdato": person.birth.isoformat(), "foedselsaar": str(person.birth.year)}
    return {**_meta(person.birth), "erGjeldende": True, **born, "foedeland": person.birth_country}


def _name(person: DemoPerson) -> Document:
    name = {"fornavn": person.given.upper(), "etternavn": person.family.upper()}
    if person.middle:
        name["mellomnavn"] = person.middle.upper()
    return {**_meta(person.birth), "erGjeldende": True, **name}


def _protection(person: DemoPerson) -> Document:
    if not person.protection:
        return {}
    meta = _meta(person.residences[-1].since, cause="Adressebeskyttelse")
    return {"adressebeskyttelse": [{**meta, "erGjeldende": True, "graderingsnivaa": person.protection}]}


def _other_addresses(person: DemoPerson) -> Document:
    found: Document = {}
    since = person.residences[-1].since if person.residences else person.birth
    if person.postal:
        found["postadresse"] = [{**_meta(since), "erGjeldende": True, "adressegradering": "ugradert", **_post(person)}]
    if person.shared_home:
        home = person.shared_home
        part = address_part(home.address, home.address.municipality.numbers[-1][1])
        dates = {"startdatoForKontrakt": home.since.isoformat(), "adressegradering": "ugradert"}
        found["deltBosted"] = [{**_meta(home.since), "erGjeldende": True, **part, **dates}]
    if person.stay:
        part = address_part(person.stay, person.stay.municipality.numbers[-1][1])
        stay = {"adressegradering": person.grading, "oppholdsadressedato": since.isoformat()}
        if not person.is_d_number:
            stay["oppholdAnnetSted"] = "militaer"
        found["oppholdsadresse"] = [{**_meta(since), "erGjeldende": True, **part, **stay}]
    return found


def _post(person: DemoPerson) -> Document:
    assert person.postal
    post = person.postal
    office = {"poststed": {"poststedsnavn": post.place, "postnummer": post.postcode}}
    if not post.is_box:
        return {"postadresseIFrittFormat": {"adresselinje": list(post.lines), **office}}
    owner = {"postbokseier": post.box_owner} if post.box_owner else {}
    return {"postboksadresse": {**owner, "postboks": post.lines[0], **office}}


def _borders(person: DemoPerson) -> Document:
    found: Document = {}
    if person.arrived_from:
        arrived = next(home.since for home in person.residences if home.cause == "Innvandring")
        meta = _meta(arrived, cause="Innvandring")
        found["innflytting"] = [{**meta, "erGjeldende": True, "fraflyttingsland": person.arrived_from}]
    if person.left_on and person.left_for:
        alpha3, alpha2, postcode, town = person.left_for
        left = {"tilflyttingsland": alpha3, "utflyttingsdato": person.left_on.isoformat()}
        found["utflytting"] = [{**_meta(person.left_on, cause="Utvandring"), "erGjeldende": True, **left}]
        lines = {"adresselinje": ["Prøvevej 4"], "postkode": postcode, "byEllerStedsnavn": town, "landkode": alpha2}
        abroad = {"adressegradering": "ugradert", "utenlandskAdresseIFrittFormat": lines}
        found["postadresseIUtlandet"] = [{**_meta(person.left_on), "erGjeldende": True, **abroad}]
    return found


def _meta(day: date, *, cause: str = "", source: str = _SOURCE) -> Document:
    meta = {"ajourholdstidspunkt": _recorded(day), "kilde": source, **_when(day)}
    return {**meta, "aarsak": cause} if cause else meta


def _when(day: date) -> Document:
    return {"gyldighetstidspunkt": _moment(day)}


@lru_cache(maxsize=50_000)
def _moment(day: date) -> str:
    """Return midnight in Oslo: with its offset, or on every fifth day as UTC, the evening before."""
    midnight = datetime.combine(day, time(), _OSLO)
    if day.toordinal() % 5 == 0:
        return midnight.astimezone(_UTC).isoformat().replace("+00:00", "Z")
    return midnight.isoformat()


@lru_cache(maxsize=50_000)
def _recorded(day: date) -> str:
    return datetime.combine(day, time(9, 15, 0, 123_000), _OSLO).isoformat(timespec="milliseconds")
