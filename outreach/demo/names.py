"""Names of the made-up municipality, by origin. In: a seeded random source. Out: given, middle and family names.

Norwegian family names are put together from farm-name parts: they look right and belong to nobody in particular.
No list of real persons was used.
"""
# ruff: noqa: SIM905 - words in a line are easier to read and to add to than a list of quoted ones

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Origin:
    """People who share a pool of names. `country` is where the immigrants among them were born (alpha-3)."""

    key: str
    country: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    feminine_endings: bool = False


_FARM_STARTS = (
    "Bekke Bjørke Brekke Bråte Eike Elve Fjell Furu Gran Grøn Haug Hegge Heste Høy Kirke Klopp Kroks Lang Lille Lunde "
    "Løv Moe Myr Nord Nyg Ore Os Rogne Ruds Sand Selje Skog Solber Stein Store Sund Svart Søre Tange Tjern Torve Ulve "
    "Vang Vester Vik Øde Østre Åse"
).split()
_FARM_ENDS = (
    "bakken berget braaten bråten bø dalen elva enga flata gård haugen heim holt jordet kollen lia lund løkka moen "
    "myra plassen rud rustad sletta stad stuen svingen tangen teigen vik voll vollen ødegård åsen"
).split()
_PATRONYMS = tuple(
    f"{name}sen"
    for name in "Anders Arne Aksel Bernt Evens Gunnar Hans Henriks Iver Jens Knut Lars Mons Ols Peders Rasmus".split()
)


def _farms() -> tuple[str, ...]:
    return tuple(start + end for start in _FARM_STARTS for end in _FARM_ENDS)


NORWEGIAN = Origin(
    "norwegian",
    "NOR",
    tuple(
        "Anne Ingrid Kari Marit Liv Berit Astrid Bjørg Solveig Hilde Silje Ida Nora Emma Sara Maja Ella Frida Sofie "
        "Tuva Oda Jenny Thea Åse Gro Ragnhild Sigrid Gunhild Turid Wenche Randi Elin Heidi Mona Tone Line Hege Camilla "
        "Stine Marte Guro Synnøve Åshild Borghild Vilde Live Åslaug Øydis Unni Kjersti".split()
    ),
    tuple(
        "Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas John "
        "Rune Trond Tore Daniel Jon Stian Magnus Marius Håkon Øyvind Sindre Eirik Jonas Emil Oskar Jakob Noah Filip "
        "Aksel Isak Sverre Asbjørn Torbjørn Åsmund Ørjan Gaute Halvor Olav Even Leif".split()
    ),
    _farms() + _PATRONYMS * 6,
)
ORIGINS: tuple[tuple[float, Origin], ...] = (
    (80.0, NORWEGIAN),
    (
        1.6,
        Origin(
            "sami",
            "NOR",
            ("Máret", "Elle", "Biret", "Risten", "Ánne", "Sárá", "Šárlotte", "Láilá", "Ravdna", "Kirste", "Gáddjá"),
            ("Niillas", "Áilu", "Máhtte", "Ánte", "Jovnna", "Iŋgá", "Piera", "Mihkkal", "Heaika", "Ášllat", "Ruŋne"),
            ("Gáŋgasjárvi", "Šuorpma", "Bávttáš", "Čáhppesvárri", "Guhttorguolbba", "Ánáraš", "Vuoŋŋajohka", "Sáŋgár"),
        ),
    ),
    (
        5.0,
        Origin(
            "polish",
            "POL",
            tuple("Agnieszka Małgorzata Katarzyna Ewa Zofia Łucja Joanna Bożena Grażyna Julia Hanna Wiśława".split()),
            tuple("Paweł Łukasz Michał Grzegorz Tomasz Krzysztof Jacek Wojciech Stanisław Kacper Jędrzej".split()),
            tuple(
                "Dębski Żółkiewski Brzęczyński Świątkowski Nowodworski Zającki Górnicki Śliwiński Ćwikliński".split()
            ),
            feminine_endings=True,
        ),
    ),
    (
        1.5,
        Origin(
            "lithuanian",
            "LTU",
            tuple("Rūta Eglė Živilė Jurgita Aušra Dovilė".split()),
            tuple("Jonas Žygimantas Mindaugas Vytautas Šarūnas Darius".split()),
            tuple("Kazlauskas Žukauskas Petrauskas Baltrušaitis Vaičiūnas".split()),
        ),
    ),
    (
        3.0,
        Origin(
            "ukrainian",
            "UKR",
            tuple("Oksana Olena Nataliia Iryna Tetiana Yuliia Solomiia Zlata Daryna Viktoriia".split()),
            tuple("Oleksandr Mykola Serhii Volodymyr Andrii Dmytro Yevhen Bohdan Taras Maksym".split()),
            tuple("Kovalchuk Bondarenko Shevchyshyn Kryvoruchko Hryhorenko Zadorozhnyi Pylypchuk Mel'nychenko".split()),
        ),
    ),
    (
        2.0,
        Origin(
            "arabic",
            "SYR",
            tuple("Fatima Maryam Nour Rania Hala Samira Layla Abeer Zaynab Amal".split()),
            tuple("Mohammad Ahmad Omar Khaled Yusuf Mahmoud Tariq Bilal Abdulrahman Hassan".split()),
            ("Al-Khatib", "Al Hamwi", "Haddadin", "Abu Zaid", "El-Masri", "Bin Othman", "Al-Jundi", "Sabbagh"),
        ),
    ),
    (
        1.3,
        Origin(
            "tigrinya",
            "ERI",
            tuple("Selamawit Tsega Mihret Luwam Feven Rahwa Senait".split()),
            tuple("Tesfalem Yonas Mebrahtu Kidane Filmon Amanuel Berhane".split()),
            tuple("Tekleab Ghebremedhin Woldeyesus Habtemariam Kiflom Gebrezgiabher Tewolde".split()),
        ),
    ),
    (
        0.9,
        Origin(
            "vietnamese",
            "VNM",
            ("Thị Hương", "Ngọc Ánh", "Thu Hằng", "Mỹ Linh", "Bích Thủy"),
            ("Văn Dũng", "Minh Đức", "Quốc Việt", "Hữu Phước", "Đình Khôi"),
            ("Nguyễn", "Trần", "Phạm", "Đặng", "Huỳnh", "Võ"),
        ),
    ),
    (
        1.4,
        Origin(
            "german",
            "DEU",
            tuple("Anneliese Jörgine Käthe Ursula Franziska Sabine".split()),
            tuple("Jürgen Björn-Uwe Günther Matthias Wolfgang Sören".split()),
            ("Müllerstein", "Großmann", "von der Weidenau", "Schäferling", "Königshof", "zu Grünthal"),
        ),
    ),
    (
        1.0,
        Origin(
            "somali",
            "SOM",
            tuple("Hodan Ifrah Ayaan Sagal Hibaaq".split()),
            tuple("Abdi Cabdullahi Liibaan Warsame Guuleed".split()),
            ("Xasan Cali", "Warsame Nuur", "Jaamac", "Faarax Diiriye"),
        ),
    ),
    (
        1.3,
        Origin(
            "swedish",
            "SWE",
            tuple("Åsa Linnéa Gunilla Malin Märta".split()),
            tuple("Göran Håkan Lennart Björn Måns".split()),
            tuple("Lindqvister Sjöströmmen Åkerblad Ödegren Näslundh".split()),
        ),
    ),
    (
        1.0,
        Origin(
            "filipino",
            "PHL",
            ("Maria Corazon", "Jocelyn", "Rosalinda", "Ma. Theresa"),
            ("José Rizalino", "Reynaldo", "Jun-Jun", "Ernesto"),
            ("Dela Cruzada", "Santos-Villanueva", "Peñaflor", "Batungbakal"),
        ),
    ),
)
# A name part may have 200 characters in the register; the window of an envelope has room for far fewer.
LONGEST = (
    ("Wilhelmina-Alexandrina", "Konstantinopolita Theodora Maximiliana", "Østerdalsfjorden-Årseksamensprøvelsen"),
    ("Bartholomæus-Christianus", "Ferdinand Nebukadneser", "von und zu Unterschüpfelbach-Oberammergauer Hof"),
    ("Abdulrahman-Mohammed", "Ibn Abdulmuttalib Al-Qahtani", "Thiruvananthapuramsubramanian"),
)
_WEIGHTS = tuple(weight for weight, _origin in ORIGINS)
_ONLY_ORIGINS = tuple(origin for _weight, origin in ORIGINS)


def pick_origin(random: Random, *, foreign: bool = False) -> Origin:
    """Return an origin by its share of the population; with `foreign` one whose people were born abroad."""
    while True:
        origin = random.choices(_ONLY_ORIGINS, _WEIGHTS)[0]
        if not foreign or origin.country != "NOR":
            return origin


def family_name(random: Random, origin: Origin) -> str:
    """Return a family name of `origin`, in its masculine form."""
    return random.choice(origin.families)


def given_name(random: Random, origin: Origin, *, is_woman: bool) -> str:
    """Return one given name, in every seventh case a double one."""
    pool = origin.women if is_woman else origin.men
    first = random.choice(pool)
    if origin is NORWEGIAN and random.random() < 0.14:
        return f"{first} {random.choice(pool)}" if random.random() < 0.5 else f"{first}-{random.choice(pool)}"
    return first


def in_the_feminine(family: str, origin: Origin, *, is_woman: bool) -> str:
    """Return `family` as a woman of an origin with feminine endings bears it."""
    if is_woman and origin.feminine_endings and family.endswith("i"):
        return family[:-1] + "a"
    return family
