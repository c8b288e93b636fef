"""A question that the organiser asks the guests of one event, and what somebody replied. Pure.

In: what staff typed. Out: a question that can be asked, or every fault at once. A reply holds the words that the guest
saw or wrote, so that it means the same whatever becomes of the question.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError
from outreach.rsvp.field_fault import FieldFault

MOST_QUESTIONS = 10
MOST_CHOICES = 12
LONGEST_QUESTION = 150
LONGEST_HINT = 200
LONGEST_CHOICE = 80
LONGEST_REPLY = 300
MOST_NUMBER = 9_999


class QuestionKind(StrEnum):
    """How it is answered: in words, with one choice, with any number of choices, or with a whole number."""

    TEXT = "text"
    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"


class AskedOf(StrEnum):
    """Who answers: the household together, or each person who comes."""

    HOUSEHOLD = "household"
    PERSON = "person"


KIND_WORDS = {
    QuestionKind.TEXT: N_("Et svar med egne ord"),
    QuestionKind.ONE: N_("Ett valg av flere"),
    QuestionKind.SEVERAL: N_("Ett eller flere valg"),
    QuestionKind.NUMBER: N_("Et tall"),
}
ASKED_OF_WORDS = {
    AskedOf.HOUSEHOLD: N_("Husstanden svarer én gang"),
    AskedOf.PERSON: N_("Hver person som kommer, svarer"),
}
_WITH_CHOICES = (QuestionKind.ONE, QuestionKind.SEVERAL)


class OwnQuestionError(OutreachError):
    """What was typed is no question that can be asked. `faults`: each with its field."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.message % fault.values for fault in faults))


class QuestionAnsweredError(OutreachError):
    """Somebody has answered the question, so its words stand."""

    message = N_("Noen har svart, så spørsmålet kan ikke endres. Du kan slutte å stille det.")
    http_status = 409


class TooManyQuestionsError(OutreachError):
    """An event asks no more than that: each question costs answers."""

    message = N_("Et arrangement kan ha høyst %(most)s spørsmål. Avslutt eller slett ett først.")
    http_status = 409

    def __init__(self) -> None:
        super().__init__(most=MOST_QUESTIONS)


@dataclass(frozen=True)
class Wording:
    """What staff decide about a question; `choices` is empty for text and number."""

    text: str
    hint: str
    kind: QuestionKind
    asked_of: AskedOf
    is_required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnQuestion(Wording):
    """A question that is asked, with its record number."""

    id: int = 0

    def field(self, position: int = 0) -> str:
        """Return the name of its field, for the household or for the person at `position`. Of a question with
        choices it is the id of the first one."""
        return f"reply_{self.id}_{position}" if position else f"reply_{self.id}"

    def choice_field(self, number: int, position: int = 0) -> str:
        """Return the name of the box of choice `number`, from 0, of a question with several."""
        name = self.field(position)
        return f"{name}_c{number}" if number else name

    def fields(self, position: int = 0) -> tuple[str, ...]:
        """Return the names of all its fields there."""
        if self.kind is QuestionKind.SEVERAL:
            return tuple(self.choice_field(number, position) for number in range(len(self.choices)))
        return (self.field(position),)


@dataclass(frozen=True)
class Reply:
    """What was replied: `words` in the order of the choices. `position` 0 and `invitee_id` None: by the household."""

    question_id: int
    words: tuple[str, ...]
    position: int = 0
    invitee_id: int | None = None

    @property
    def text(self) -> str:
        """Return the words as a person reads them."""
        return ", ".join(self.words)


def words_to_json(words: tuple[str, ...]) -> str:
    """Return the words of a reply, or the choices of a question, as they are stored."""
    return json.dumps(words, ensure_ascii=False)


def words_from_json(text: str) -> tuple[str, ...]:
    """Return what `words_to_json` wrote."""
    return tuple(json.loads(text))


def choices_of(typed: str) -> tuple[str, ...]:
    """Return the choices that stand in `typed`, one a line; empty lines are none."""
    lines = (" ".join(unicodedata.normalize("NFC", line).split()) for line in typed.splitlines())
    return tuple(line for line in lines if line)


def check(wording: Wording) -> None:
    """Raise OwnQuestionError with every fault of `wording`."""
    faults = (*_text_faults(wording), *_choice_faults(wording))
    if faults:
        raise OwnQuestionError(faults)


def _text_faults(wording: Wording) -> Iterator[FieldFault]:
    if len(wording.text) < 3:
        yield FieldFault("text", N_("Skriv spørsmålet."))
    for field, text, most in (("text", wording.text, LONGEST_QUESTION), ("hint", wording.hint, LONGEST_HINT)):
        if len(text) > most:
            yield FieldFault(field, N_("Skriv kortere, høyst %(most)s tegn."), {"most": most})
        if _has_hidden_characters(text):
            yield FieldFault(field, N_("Teksten har usynlige styretegn. Skriv den på nytt."))


def _choice_faults(wording: Wording) -> Iterator[FieldFault]:
    choices = wording.choices
    if wording.kind not in _WITH_CHOICES:
        if choices:
            yield FieldFault("choices", N_("Svaralternativer hører bare til spørsmål med valg."))
        return
    if not 2 <= len(choices) <= MOST_CHOICES:
        yield FieldFault("choices", N_("Skriv fra 2 til %(most)s svaralternativer, ett på hver linje."), _most())
    if len({choice.casefold() for choice in choices}) < len(choices):
        yield FieldFault("choices", N_("To av svaralternativene er like."))
    if any(len(choice) > LONGEST_CHOICE for choice in choices):
        yield FieldFault("choices", N_("Hvert alternativ kan ha høyst %(most)s tegn."), {"most": LONGEST_CHOICE})
    if any(_has_hidden_characters(choice) for choice in choices):
        yield FieldFault("choices", N_("Teksten har usynlige styretegn. Skriv den på nytt."))


def _most() -> dict[str, int]:
    return {"most": MOST_CHOICES}


def _has_hidden_characters(text: str) -> bool:
    return any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in text)
