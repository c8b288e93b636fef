"""Which column of a table is which field. Pure: header texts in, a mapping out.

The words that we know are in docs ("tables as extracts"); they are recognised in any case, spacing and punctuation,
in bokmål and nynorsk, with or without æ, ø and å. A mapping file goes before recognition.
"""

import re
from collections.abc import Mapping, Sequence

from outreach.register.problems import MappingError, MissingColumnsError, MissingGradingError, UnknownColumnsError

_WORDS: dict[str, str] = {
    "national_id": "fødselsnummer fødselsnr fnr personnummer personnr f.nr fødselsnummer/d-nummer d-nummer dnr"
    " fødselselleridnummer fødselsellerdnummer identifikasjonsnummer personidentifikator 11-siffer",
    "family_name": "etternavn slektsnavn etternamn slektsnamn",
    "given_name": "fornavn førenamn fornamn",
    "middle_name": "mellomnavn mellomnamn",
    "name": "navn fullt_navn namn fullt_namn fullnavn fullnamn",
    "birth_date": "fødselsdato født f.dato fdato fødd fødselsdag",
    "street_address": "adresse gateadresse bostedsadresse vegadresse veiadresse bustadadresse gardsadresse husadresse",
    "dwelling_number": "bolignr bolignummer bruksenhet bruksenhetsnummer bruksenhetsnr h-nummer h-nr bustadnummer"
    " bustadnr bueiningsnummer bueining",
    "care_of": "c/o co-adresse co_adressenavn c/o-adresse c/o-navn",
    "address_line_1": "adresselinje_1 adresse_1 adresselinje",
    "address_line_2": "adresselinje_2 adresse_2",
    "address_line_3": "adresselinje_3 adresse_3",
    "postcode": "postnr postnummer",
    "place": "poststed sted poststad stad",
    "municipality": "kommunenr kommunenummer kommune bostedskommune bostedskommunenr bustadkommune",
    "moved_on": "flyttedato innflyttet flyttet_dato innflytta innflyttingsdato innflyttet_dato flytta_dato flyttet"
    " innflytta_dato flytta dato_flyttet",
    "previous_municipality": "fraflyttet_kommune fraflyttet_kommunenr fraflyttet_kommune(nr) fraflyttingskommune"
    " fraflyttingskommunenr forrige_kommune forrige_kommunenr flyttet_fra fråflytta_kommune fråflytta_kommunenr"
    " fråflyttingskommune førre_kommune førre_kommunenr flytta_frå fraflytta_kommune innflyttet_fra innflytta_frå"
    " tidligere_kommune fraflyttet_kommunenummer forrige_kommunenummer fraflyttingskommunenummer",
    "previous_country": "fraflyttingsland fråflyttingsland forrige_land førre_land fraflyttet_land innvandret_fra"
    " innvandra_frå",
    "status": "status personstatus",
    "grading": "gradering adressegradering adressebeskyttelse beskyttelse skjermet adressevern vern skjerma"
    " graderingsnivå adressesperre sperret_adresse spesreg",
}
FIELDS = tuple(_WORDS)
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
# As `table_head.named` numbers a header that another column has too.
_REPEATED = re.compile(r" \(\d+\)$")
_PLAIN = str.maketrans({"ø": "o", "å": "a", "æ": "a", "é": "e", "ö": "o", "ä": "a"})
_LEAST_RECOGNISED = 2
# By how many columns more than one a header "navn" covers.
_NAME_PARTS = {1: ("given_name", "family_name"), 2: ("given_name", "middle_name", "family_name")}
# Each group is met by any of its fields; the first names it in the message.
_NEEDED = (
    ("fødselsnummer", ("national_id", "birth_date")),
    ("navn", ("name", "family_name")),
    ("adresse", ("street_address", "address_line_1")),
)


def recognised(headers: Sequence[str]) -> dict[str, int]:
    """Return the position of each field that `headers` names; the first of two columns for one field counts."""
    found: dict[str, int] = {}
    for position, header in enumerate(headers):
        field = _FIELD_OF.get(folded(header))
        if field is not None:
            found.setdefault(field, position)
    return found


def folded(header: str) -> str:
    """Return `header` without case, spacing and punctuation, and without the dots and rings of letters."""
    text = _NOT_LETTER_OR_DIGIT.sub("", header.casefold())
    return text.replace("ae", "a").replace("oe", "o").replace("aa", "a").translate(_PLAIN)


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a row of cells looks like a header: at least two words that we know."""
    return len(recognised(cells)) >= _LEAST_RECOGNISED


def chosen(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Return the position of each field of `mapping` (field to header; an empty header: the file has no such column).

    Raises MappingError when a field or a header does not exist.
    """
    positions = {folded(header): position for position, header in reversed(list(enumerate(headers)))}
    for field, header in mapping.items():
        if field not in _WORDS:
            raise MappingError(name=field)
        if header and folded(header) not in positions:
            raise MappingError(name=header)
    return {field: positions[folded(header)] for field, header in mapping.items() if header}


def mapped(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Return the position of each field, `mapping` going before recognition. Raises MappingError."""
    return merged(mapping, chosen(headers, mapping), recognised(headers))


def merged(mapping: Mapping[str, str], *sources: Mapping[str, int]) -> dict[str, int]:
    """Return the position of each field from `sources`, the earlier going before the later.

    A field that `mapping` names is not looked for elsewhere, and no column is two fields.
    """
    found: dict[str, int] = {}
    for order, source in enumerate(sources):
        taken = set(found.values())
        found |= {
            field: at
            for field, at in source.items()
            if order == 0 or (field not in found and field not in mapping and at not in taken)
        }
    return found


def repeated(headers: Sequence[str], found: Mapping[str, int]) -> bool:
    """Say whether a column that is no field has the same header, but for its number, as one that is."""
    known = {folded(headers[position]) for position in found.values()}
    left = (header for position, header in enumerate(headers) if position not in found.values())
    return any(folded(_REPEATED.sub("", header)) in known for header in left if _REPEATED.search(header))


def divided_name(found: Mapping[str, int], spans: Mapping[int, int]) -> dict[str, int]:
    """Return the parts of a name whose header covers two or three columns, in the order in which a name is said.

    `spans` has the last column of each header that covers several. Nothing when a part has a header of its own.
    """
    at = found.get("name", -1)
    parts = _NAME_PARTS.get(spans.get(at, at) - at, ())
    if any(part in found for part in parts):
        return {}
    return {part: at + place for place, part in enumerate(parts)}


def refuse_incomplete(found: Mapping[str, int], *, protection_is_checked: bool) -> None:
    """Raise UnknownColumnsError, MissingColumnsError or MissingGradingError when `found` is not enough to go by."""
    if not found:
        raise UnknownColumnsError
    missing = [word for word, fields in _NEEDED if not any(field in found for field in fields)]
    if missing:
        raise MissingColumnsError(columns=", ".join(missing))
    if "grading" not in found and not protection_is_checked:
        raise MissingGradingError


_FIELD_OF = {
    folded(word): field for field, words in _WORDS.items() for word in [*words.split(), field, field.replace("_", "")]
}
