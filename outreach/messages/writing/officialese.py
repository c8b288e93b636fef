"""Words of offices that have a plainer one: what stands in a text, on which line, what to say instead. Pure.

Source for nb and nn: Språkrådet, "Kansellisten" (2009, sprakradet.no), advice and no ban, and Språkrådet's advice that
it serves nynorsk as well. For en: the GOV.UK style guide, "Words to avoid". A choice from both, for letters to guests.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Heavy:
    """An office's word as it stands in the text, what to say instead, and the line, from 1."""

    word: str
    instead: str
    line: int


_NB = {
    "angående": "om",
    "anmode": "be",
    "anmodes": "bes",
    "anmoder": "ber",
    "anmodning": "spørsmål",
    "anses": "regnes",
    "avholdes": "er, blir holdt",
    "avholde": "holde",
    "benytte": "bruke",
    "benyttes": "brukes",
    "benytter": "bruker",
    "bekrefte mottakelsen": "si fra at du har fått",
    "besitte": "ha",
    "besitter": "har",
    "bistå": "hjelpe",
    "bistår": "hjelper",
    "bistand": "hjelp",
    "dersom": "hvis",
    "erverve": "få, kjøpe",
    "foreligger": "finnes, er klar",
    "forespørsel": "spørsmål",
    "forestå": "stå for",
    "fremkommer": "står, går fram",
    "for øvrig": "ellers",
    "grunnet": "på grunn av",
    "herunder": "blant annet",
    "hva gjelder": "når det gjelder",
    "hvorvidt": "om",
    "i forbindelse med": "når, ved, om",
    "i henhold til": "etter, ut fra",
    "i løpet av kort tid": "snart",
    "imøtekomme": "si ja til",
    "inneværende": "dette",
    "iverksette": "sette i gang",
    "iverksettes": "begynner",
    "likeledes": "også",
    "med hensyn til": "om, når det gjelder",
    "medbringe": "ta med",
    "medbringes": "ta med",
    "medbringer": "tar med",
    "medføre": "føre til",
    "medfører": "fører til",
    "nærværende": "denne",
    "ovennevnte": "dette",
    "oversende": "sende",
    "oversendes": "sendes",
    "påkrevd": "nødvendig",
    "på bakgrunn av": "fordi",
    "samt": "og",
    "snarest": "så fort du kan",
    "såfremt": "hvis",
    "således": "slik",
    "tilstrebe": "prøve",
    "underretning": "beskjed",
    "utferdige": "lage",
    "vedrørende": "om",
    "vennligst": "(sett rett på verbet)",
    "ytterligere": "mer, flere",
}
_NN = {
    "angåande": "om",
    "anmode": "be",
    "avhalde": "halde",
    "bistå": "hjelpe",
    "bistand": "hjelp",
    "dersom": "om, viss",
    "førespurnad": "spørsmål",
    "føreligg": "finst, er klar",
    "grunna": "på grunn av",
    "herunder": "mellom anna",
    "i høve til": "etter, mot",
    "i samband med": "når, ved, om",
    "i samsvar med": "etter",
    "iverksetje": "setje i gang",
    "kva gjeld": "når det gjeld",
    "med omsyn til": "om, når det gjeld",
    "medføre": "føre til",
    "naudsynt": "nødvendig",
    "ovannemnde": "dette",
    "oversende": "sende",
    "på bakgrunn av": "fordi",
    "påkravd": "nødvendig",
    "samt": "og",
    "snarast": "så fort du kan",
    "venlegast": "(set rett på verbet)",
    "vedkomande": "om, denne",
    "vedrørande": "om",
    "ytterlegare": "meir, fleire",
}
_EN = {
    "accordingly": "so",
    "additional": "more, extra",
    "advise": "tell",
    "assist": "help",
    "assistance": "help",
    "commence": "start",
    "commences": "starts",
    "ensure": "make sure",
    "facilitate": "help, run",
    "herewith": "here",
    "in accordance with": "by, under",
    "in advance of": "before",
    "in order to": "to",
    "in the event of": "if",
    "in the event that": "if",
    "kindly": "please",
    "obtain": "get",
    "prior to": "before",
    "provided that": "if",
    "purchase": "buy",
    "pursuant to": "under",
    "regarding": "about",
    "submit": "send",
    "terminate": "end",
    "utilise": "use",
    "utilize": "use",
    "with regard to": "about",
    "with respect to": "about",
}
WORDS = {"nb": _NB, "nn": _NN, "en": _EN}


def heavy_words(text: str, language: str) -> tuple[Heavy, ...]:
    """Return the office's words in `text`, from the top. A language that we have no list for has none."""
    pattern = _pattern(language)
    if pattern is None:
        return ()
    listed = WORDS[language]
    return tuple(
        Heavy(match[0], listed[" ".join(match[0].lower().split())], number)
        for number, line in enumerate(text.split("\n"), start=1)
        for match in pattern.finditer(line)
    )


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    listed = WORDS.get(language)
    if not listed:
        return None
    # The longest first: "in the event that" before "in the event of".
    words = "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(listed, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
