"""Places of the made-up municipality: invented streets with real postcodes, and where people come from and go to.

Municipality numbers by year: SSB's classification 131, as collected in regtools (MIT). Postcodes: Bring/Posten Norge.
A postcode may lie in several municipalities, so some streets here bear a neighbour's.
"""
# ruff: noqa: SIM905 - words in a line are easier to read and to add to than a list of quoted ones

from dataclasses import dataclass
from datetime import date

RENUMBERED_2018 = date(2018, 1, 1)
RENUMBERED_2020 = date(2020, 1, 1)
RENUMBERED_2024 = date(2024, 1, 1)


@dataclass(frozen=True)
class Municipality:
    """A municipality: its numbers, each with the date it came into force, oldest first, and its post offices."""

    name: str
    numbers: tuple[tuple[date, str], ...]
    post_offices: tuple[tuple[str, str], ...]

    def number_on(self, day: date) -> str:
        """Return the number in force on `day`."""
        return [number for since, number in self.numbers if since <= day][-1]

    def renumberings(self, since: date, until: date) -> list[tuple[date, str]]:
        """Return each (date, number) that came into force after `since` and by `until`, oldest first."""
        return [(day, number) for day, number in self.numbers if since < day <= until]


def _municipality(name: str, numbers: str, post_offices: str) -> Municipality:
    """Read `numbers` such as "0623 3047 3316" (before 2020, 2020–2023, since 2024); "=" where nothing changed."""
    days = (date.min, RENUMBERED_2020, RENUMBERED_2024)
    pairs = tuple((day, number) for day, number in zip(days, numbers.split(), strict=True) if number != "=")
    offices = tuple((office[:4], office[5:]) for office in post_offices.split(", "))
    return Municipality(name, pairs, offices)


MODUM = _municipality(
    "Modum", "0623 3047 3316", "3340 ÅMOT, 3360 GEITHUS, 3370 VIKERSUND, 3330 SKOTSELV, 3535 KRØDEREN"
)
OSLO = _municipality("Oslo", "0301 = =", "0550 OSLO, 0367 OSLO, 0952 OSLO")
BERGEN = _municipality("Bergen", "1201 4601 =", "5007 BERGEN, 5055 BERGEN")
TRONDHEIM = Municipality(
    "Trondheim", ((date.min, "1601"), (RENUMBERED_2018, "5001")), (("7030", "TRONDHEIM"), ("7013", "TRONDHEIM"))
)
MILITARY_CAMP = _municipality("Bardu", "1922 5416 5520", "9325 BARDUFOSS")
STUDY_TOWNS = (OSLO, OSLO, BERGEN, TRONDHEIM)
ELSEWHERE = (
    _municipality("Drammen", "0602 3005 3301", "3011 DRAMMEN, 3025 DRAMMEN, 3044 DRAMMEN"),
    _municipality("Drammen", "0602 3005 3301", "3011 DRAMMEN, 3025 DRAMMEN"),
    _municipality("Øvre Eiker", "0624 3048 3314", "3300 HOKKSUND, 3320 VESTFOSSEN, 3330 SKOTSELV"),
    _municipality("Sigdal", "0621 3045 3332", "3350 PRESTFOSS, 3358 NEDRE EGGEDAL"),
    _municipality("Krødsherad", "0622 3046 3318", "3535 KRØDEREN, 3536 NORESUND"),
    _municipality("Ringerike", "0605 3007 3305", "3510 HØNEFOSS, 3533 TYRISTRAND"),
    _municipality("Kongsberg", "0604 3006 3303", "3611 KONGSBERG, 3616 KONGSBERG"),
    _municipality("Lier", "0626 3049 3312", "3408 TRANBY"),
    _municipality("Bærum", "0219 3024 3201", "1337 SANDVIKA"),
    _municipality("Asker", "0220 3025 3203", "1383 ASKER"),
    _municipality("Flesberg", "0631 3050 3334", "3623 LAMPELAND"),
    _municipality("Flå", "0615 3039 3320", "3539 FLÅ"),
    _municipality("Fredrikstad", "0106 3004 3107", "1606 FREDRIKSTAD"),
    _municipality("Kristiansand", "1001 4204 =", "4611 KRISTIANSAND S"),
    _municipality("Stavanger", "1103 = =", "4006 STAVANGER"),
    _municipality("Bodø", "1804 = =", "8003 BODØ"),
    _municipality("Tromsø", "1902 5401 5501", "9008 TROMSØ"),
    _municipality("Kautokeino", "2011 5430 5612", "9520 KAUTOKEINO"),
    _municipality("Karasjok", "2021 5437 5610", "9730 KARASJOK"),
    OSLO,
    OSLO,
    BERGEN,
    TRONDHEIM,
)
_STREET_STARTS = (
    "Oppdikta Papir Bjørnebær Tullerusk Mosegrodd Fabel Eventyr Skrønse Blåveis Kvitveis Ospe Selje Rødkløver Linerle "
    "Dompap Nøtteskrike Trost Kråke Gaupe Rev Grevling Ekorn Bever Elg Kobolt Damp Sagbruk Fløter Tømmer Kvern Smie "
    "Garver Møller Snekker Vever Skysstasjon Ferge Brygge Øst Nord Kveldsol Morgengry"
).split()
_STREET_ENDS = ("veien", "gata", "bakken", "stien", "vegen", "svingen", "kroken", "tunet", "lia", "allé")
STREETS = tuple(
    f"{'Øvre ' if number % 19 == 0 else ''}{start}{end}"
    for number, (start, end) in enumerate(
        (start, _STREET_ENDS[(position + shift) % len(_STREET_ENDS)])
        for shift in (0, 3, 6)
        for position, start in enumerate(_STREET_STARTS)
    )
)
ELSEWHERE_STREETS = (
    "Diktergata",
    "Prøvebakken",
    "Sagnveien",
    "Tenkte vei",
    "Fantasigata",
    "Luftslottet",
    "Liksomveien",
)
LONG_STREET = "Gamle Særtegnsbakken på Øståsen nordre og nedre"
CANARY_STREET = "Kanarifuglveien"
CANARY_CENTRE = "Kanarifugltunet"
FARMS = ("Oppdiktet", "Nordre Tenkt", "Søndre Tenkt", "Fabelgård", "Luftslottet gård", "Eventyrbråten")
EMIGRATION = (("DNK", "DK", "8000", "Aarhus"), ("SWE", "SE", "411 03", "Göteborg"), ("ESP", "ES", "03501", "Benidorm"))
