"""How facts are spelt in Norwegian and English: patterns and word lists for `facts.py`. Pure.

Norwegian: Språkrådet's rules for dates and times ("26. november", "kl. 18.00"). English: day before month as in
Britain, month before day as in America, 24 hours or a.m. and p.m.
"""

import re

_NB_MONTHS = "januar februar mars april mai juni juli august september oktober november desember"
_EN_MONTHS = "january february march april may june july august september october november december"
_SHORT_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10,
    "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip
MONTHS = {
    **_SHORT_MONTHS,
    **{name: number for names in (_NB_MONTHS, _EN_MONTHS) for number, name in enumerate(names.split(), start=1)},
}
WEEKDAYS = {
    name: number
    for names in (
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "måndag tysdag onsdag torsdag fredag laurdag sundag",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
NUMBER_WORDS = {
    language: {name: number for number, names in enumerate(words.split()) for name in names.split("/")}
    for language, words in {
        "nb": "null en/ei/ett/én to tre fire fem seks sju/syv åtte ni ti elleve tolv",
        "nn": "null ein/ei/eitt to tre fire fem seks sju åtte ni ti elleve tolv",
        "en": "zero one two three four five six seven eight nine ten eleven twelve",
    }.items()
}

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:\b(?P<weekday>" + "|".join(WEEKDAYS) + r"),?\s+(?:den\s+|the\s+)?)?"
_DAY = r"(?<![\d.:/])(?P<day>\d{1,2})"
_YEAR = r"(?:,?\s+(?P<year>\d{4})(?!\d))?"
DATES = (
    re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
    re.compile(rf"{_WEEKDAY}{_DAY}(?:\.|st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d){_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}})?(?![\d])", re.IGNORECASE),
    re.compile(rf"{_DAY}/(?P<month>\d{{1,2}})[/-](?P<year>\d{{4}})(?!\d)"),
)

_HOUR = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?!\d)"
_UNTIL_HOUR = r"(?P<until_hour>\d{1,2})(?:[.:](?P<until_minute>\d{2}))?(?!\d)"
_DASH = r"\s*\u2060?(?:–|-|—|til|to|until)\u2060?\s*"
_NO_DATE = rf"(?!\.?\s+(?:{'|'.join(MONTHS)})\b)"
MARKED_TIME = re.compile(
    rf"\b(?:kl\.?|klokk(?:a|en))\s*{_HOUR}(?:{_DASH}(?:kl\.?\s*)?{_UNTIL_HOUR}{_NO_DATE})?"
    r"(?:\s+om\s+(?:kvelden|ettermiddagen))?",
    re.IGNORECASE,
)
AFTER_MIDDAY = re.compile(r"om\s+(?:kvelden|ettermiddagen)", re.IGNORECASE)
_HALF = r"[ap]\.?\s?m\b\.?"
TWELVE_HOUR_TIME = re.compile(
    rf"(?<![\d.:])(?:(?P<from_hour>\d{{1,2}})(?:[.:](?P<from_minute>\d{{2}}))?\s*(?P<from_half>{_HALF})?{_DASH})?"
    rf"(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?\s*(?P<half>{_HALF})",
    re.IGNORECASE,
)
NAMED_TIME = re.compile(r"\b(?:noon|midday|midnight|midnatt)\b", re.IGNORECASE)
# Two figures after a stop are money or measures when they are followed by their unit.
BARE_TIME = re.compile(
    r"(?<![\d.:,])(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?![\d])(?![.,:]\d)(?!\s*(?:kr|kroner|nok|prosent|%|km|meter|kg))"
    rf"(?:{_DASH}(?P<until_hour>\d{{1,2}})(?:[.:](?P<until_minute>\d{{2}}))?(?!\d){_NO_DATE})?",
    re.IGNORECASE,
)

LIST_MARK = re.compile(r"^[ \t]*\d+[.)](?=[ \t])(?!\s+(?:" + "|".join(MONTHS) + r")\b)", re.MULTILINE | re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]{}]*[^\s<>()\[\]{}.,;:!?]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
CODE = re.compile(r"(?<![\w-])[A-Z0-9]{4}(?:-[A-Z0-9]{4}){1,3}(?![\w-])")
PHONE = re.compile(
    r"(?<![\d+])(?:\+\d{1,3}[ \u00a0]?)?(?:\d{2}(?:[ \u00a0]\d{2}){3}|\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|\d{8})(?!\d)"
)
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d])|\d+(?:[.,]\d+)?")
