"""How heavy a text is to read: LIX, sentences that are too long, and words of offices. Pure.

LIX = words / sentences + 100 × words of more than six letters / words (C.-H. Björnsson, "Läsbarhet", 1968); letters to
guests are to stay at 35 or under (promises.md 6). Left out of LIX: placeholders, links, numbers, dates and names, which
nobody can make simpler. Sentences over 25 words, and words with plainer ones: Språkrådet's advice on klarspråk.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.messages.writing.officialese import Heavy, heavy_words

FEWEST_WORDS = 50
EASY_LIX, HEAVY_LIX = 35, 45
LONGEST_SENTENCE = 25
_LONG_WORD = 6

_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
_LINK = re.compile(r"<?https?://[^\s<>)]+>?|\S+@\S+\.\w+")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d+[.)][ \t]+|>[ \t]?)", re.MULTILINE)
_ABBREVIATION = re.compile(
    r"\b(?:kl|nr|ca|tlf|bl\.\s?a|f\.\s?eks|t\.\s?d|m\.\s?m|dvs|osv|jf|e\.g|i\.e|approx|[ap]\.m)\.", re.I
)
_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember "
    "january february march may june july october december"
)
_DAYS = (
    "mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag laurdag sundag "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_CALENDAR = frozenset((_MONTHS + " " + _DAYS).split())
_ORDINAL = re.compile(r"\d\.(?=\s+(?:" + "|".join(_MONTHS.split()) + r")\b)", re.I)
_NUMBER_STOP = re.compile(r"(?<=\d)[.,:](?=\d)")
_END = re.compile(r"[.!?:…]+(?=[\s\"»”')\]]|$)|\n[ \t]*\n|\n(?=\x00)")
_STOPS = ".,:?!"
_HIDDEN = {ord(stop): chr(0xE000 + ord(stop)) for stop in _STOPS}
_SHOWN = {**{ord(hidden): chr(stop) for stop, hidden in _HIDDEN.items()}, 0: "", ord("*"): ""}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Verdict(StrEnum):
    """What LIX says of a text that is long enough."""

    EASY = "easy"
    RATHER_HEAVY = "rather_heavy"
    HEAVY = "heavy"


@dataclass(frozen=True)
class LongSentence:
    """A sentence over LONGEST_SENTENCE words, as it stands in the text."""

    text: str
    words: int


@dataclass(frozen=True)
class Readability:
    """What was found. `words` as counted for LIX; `lix` and `verdict` None under FEWEST_WORDS of them."""

    words: int
    lix: int | None
    verdict: Verdict | None
    long_sentences: tuple[LongSentence, ...]
    heavy: tuple[Heavy, ...]


def readability(text: str, *, language: str, names: Collection[str] = ()) -> Readability:
    """Return how heavy `text` (Markdown) is. `names`: of places, events and offices that stand in it."""
    counted = [words for words in (_counted(each, names, language) for each in _sentences(text)) if words]
    number = sum(map(len, counted))
    lix = _lix(counted) if number >= FEWEST_WORDS else None
    return Readability(
        words=number,
        lix=lix,
        verdict=None if lix is None else _verdict(lix),
        long_sentences=tuple(_long_sentences(text)),
        heavy=heavy_words(text, language),
    )


def _lix(sentences: Collection[list[str]]) -> int:
    words = [word for sentence in sentences for word in sentence]
    long_words = sum(len(word.replace("-", "")) > _LONG_WORD for word in words)
    return round(len(words) / len(sentences) + 100 * long_words / len(words))


def _verdict(lix: int) -> Verdict:
    if lix <= EASY_LIX:
        return Verdict.EASY
    return Verdict.RATHER_HEAVY if lix < HEAVY_LIX else Verdict.HEAVY


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of `text` as they stand in it; a list item, a heading and a paragraph end one."""
    hidden = _MARKS.sub("\x00", _MARKDOWN_LINK.sub(r"\1", text.replace("\r", "")))
    for kind in (_LINK, _ABBREVIATION, _ORDINAL, _NUMBER_STOP):
        hidden = kind.sub(_hidden, hidden)
    for piece in _END.split(hidden):
        shown = " ".join(piece.translate(_SHOWN).split())
        if shown:
            yield shown


def _hidden(found: re.Match[str]) -> str:
    """Return what was found with its stops hidden, since they end no sentence; the last one of a link may."""
    text, last = found[0], ""
    if text.startswith("http") and text[-1] in _STOPS:
        text, last = text[:-1], text[-1]
    return text.translate(_HIDDEN) + last


def _long_sentences(text: str) -> Iterator[LongSentence]:
    for sentence in _sentences(text):
        words = len([word for word in sentence.split() if any(char.isalnum() for char in word)])
        if words > LONGEST_SENTENCE:
            yield LongSentence(sentence, words)


def _counted(sentence: str, names: Collection[str], language: str) -> list[str]:
    """Return the words of `sentence` that LIX counts."""
    rest = _LINK.sub(" ", _PLACEHOLDER.sub(" ", sentence))
    for name in sorted((name for name in names if name), key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    words = _WORD.findall(rest)
    first = next(iter(_WORD.findall(sentence)), "")
    is_first = [number == 0 and word == first for number, word in enumerate(words)]
    return [word for word, leads in zip(words, is_first, strict=True) if not _is_name(word, language, leads)]


def _is_name(word: str, language: str, leads: bool) -> bool:
    """Say whether `word` names something: a month, a day, or with a capital inside a sentence ("I" is none)."""
    if word.lower() in _CALENDAR and not (language == "en" and word == "may"):
        return True
    return not leads and word[0].isupper() and word != "I" and not word.startswith(("I'", "I’"))
