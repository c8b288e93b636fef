"""Turns what guests typed at the organiser's questions into replies, or into faults with their fields. Pure.

Only who comes is asked. The rules are those of the other fields: nothing is lost by an error, each fault says which
question it is about.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from outreach.errors import N_
from outreach.rsvp.answer import Guest
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.own_questions.own_question import (
    LONGEST_REPLY,
    MOST_NUMBER,
    AskedOf,
    OwnQuestion,
    QuestionKind,
    Reply,
)
from outreach.rsvp.plain_text import plain_text

_MISSING = N_("Svar på spørsmålet «%(question)s».")
_MISSING_OF = N_("Svar på spørsmålet «%(question)s» for %(name)s.")
_MISSING_OF_NUMBER = N_("Svar på spørsmålet «%(question)s» for person nummer %(number)s.")
_NO_NUMBER = N_("Svar på «%(question)s» med et helt tall fra 0 til %(most)s.")
_TOO_LONG = N_("Svar kortere på «%(question)s», høyst %(most)s tegn.")


def checked_replies(
    typed: Mapping[str, str], coming: Sequence[Guest], questions: Sequence[OwnQuestion], faults: list[FieldFault]
) -> tuple[Reply, ...]:
    """Return the replies of a party of which `coming` come, by question and person; what is wrong goes to `faults`."""
    found = []
    for question in questions:
        for guest in coming if question.asked_of is AskedOf.PERSON else (None,):
            reply = _reply(typed, question, guest, faults)
            if reply:
                found.append(reply)
    return tuple(found)


def asked_positions(question: OwnQuestion, guests: Sequence[Guest]) -> tuple[int, ...]:
    """Return where `question` is asked: 0 for the household, or the position of each of `guests`."""
    return (0,) if question.asked_of is AskedOf.HOUSEHOLD else tuple(guest.position for guest in guests)


def fields_of(replies: Sequence[Reply], questions: Sequence[OwnQuestion]) -> dict[str, str]:
    """Return the form's fields that say `replies` again; a choice that is there no longer is left out."""
    by_id = {question.id: question for question in questions}
    found: dict[str, str] = {}
    for reply in replies:
        if reply.question_id in by_id:
            found |= _fields(by_id[reply.question_id], reply)
    return found


def _fields(question: OwnQuestion, reply: Reply) -> dict[str, str]:
    numbers = [question.choices.index(word) for word in reply.words if word in question.choices]
    if question.kind is QuestionKind.SEVERAL:
        return {question.choice_field(number, reply.position): "yes" for number in numbers}
    text = reply.text if question.kind is not QuestionKind.ONE else next(map(str, numbers), "")
    return {question.field(reply.position): text}


def _reply(
    typed: Mapping[str, str], question: OwnQuestion, guest: Guest | None, faults: list[FieldFault]
) -> Reply | None:
    position = guest.position if guest else 0
    words = _words(typed, question, position)
    if fault := _fault(question, words, guest):
        faults.append(fault)
        return None
    return Reply(question.id, words, position, guest.invitee_id if guest else None) if words else None


def _words(typed: Mapping[str, str], question: OwnQuestion, position: int) -> tuple[str, ...]:
    if question.kind is QuestionKind.SEVERAL:
        boxes = enumerate(question.choices)
        return tuple(choice for number, choice in boxes if typed.get(question.choice_field(number, position)))
    text = plain_text(typed.get(question.field(position), ""))
    if question.kind is QuestionKind.ONE:
        is_choice = _is_number(text) and int(text) < len(question.choices)
        return (question.choices[int(text)],) if is_choice else ()
    return (text,) if text else ()


def _fault(question: OwnQuestion, words: tuple[str, ...], guest: Guest | None) -> FieldFault | None:
    field, values = question.field(guest.position if guest else 0), {"question": question.text}
    if not words:
        return _missing(field, values, guest) if question.is_required else None
    if question.kind is QuestionKind.NUMBER and not _is_number(words[0]):
        return FieldFault(field, _NO_NUMBER, {**values, "most": MOST_NUMBER})
    if question.kind is QuestionKind.TEXT and len(words[0]) > LONGEST_REPLY:
        return FieldFault(field, _TOO_LONG, {**values, "most": LONGEST_REPLY})
    return None


def _missing(field: str, values: dict[str, Any], guest: Guest | None) -> FieldFault:
    if guest is None:
        return FieldFault(field, _MISSING, values)
    if guest.first_name:
        return FieldFault(field, _MISSING_OF, {**values, "name": guest.first_name})
    return FieldFault(field, _MISSING_OF_NUMBER, {**values, "number": guest.position})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_NUMBER)) and int(text) <= MOST_NUMBER
