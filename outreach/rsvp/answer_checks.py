"""Turns what a guest typed into an answer, or into every fault at once, each with the field that it belongs to."""

import dataclasses
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from outreach.errors import N_, OutreachError
from outreach.formats.contact_checks import email_address, mobile_number
from outreach.rsvp.answer import EXTRA_CHILDREN_LIMIT, NEED_TEXT_LIMIT, Answer, Guest, NeedKind, NeedWish, PersonChoice
from outreach.rsvp.answer_draft import YES, AnswerDraft, need_text_field, person_field

_WORDS_NEEDED = {
    NeedKind.INTERPRETER: N_("Skriv hvilket språk det skal tolkes til."),
    NeedKind.OTHER: N_("Skriv hva som trengs."),
}


@dataclasses.dataclass(frozen=True)
class FieldFault:
    """A fault at one field: `message` is the untranslated text, `values` fill its places."""

    field: str
    message: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Checked:
    """Either an answer, or at least one fault, in the order of the form."""

    answer: Answer | None
    faults: tuple[FieldFault, ...] = ()


def check(draft: AnswerDraft, guests: tuple[Guest, ...]) -> Checked:
    """Return the answer that `draft` gives for `guests`, or all that is wrong with it.

    When nobody comes, needs and contact are left out: there is no purpose for keeping them.
    """
    faults: list[FieldFault] = []
    choices = _choices(draft, guests, faults)
    children = _children(draft, faults)
    is_anybody_coming = any(choice.is_coming for choice in choices)
    if children and not is_anybody_coming and not faults:
        faults.append(FieldFault("extra_children", N_("Minst én av dem som står i brevet, må komme sammen med barna.")))
    if not is_anybody_coming and not faults:
        return Checked(Answer(choices=choices))
    needs = _needs(draft, faults)
    email = _contact("email", email_address, draft.email, faults)
    mobile = _contact("mobile", mobile_number, draft.mobile, faults)
    if faults:
        return Checked(None, tuple(faults))
    return Checked(Answer(choices=choices, extra_children=children, needs=needs, email=email, mobile=mobile))


def plain_text(typed: str) -> str:
    """Return `typed` on one line in NFC, without control and direction characters that could disguise it."""
    if typed.isascii() and typed.isprintable():
        return " ".join(typed.split())
    kept = "".join(" " if char in "\r\n\t" else char for char in unicodedata.normalize("NFC", typed))
    return " ".join("".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).split())


def _choices(draft: AnswerDraft, guests: tuple[Guest, ...], faults: list[FieldFault]) -> tuple[PersonChoice, ...]:
    found = []
    for guest in guests:
        value = draft.coming.get(guest.position, "")
        if value:
            found.append(PersonChoice(guest.invitee_id, guest.position, is_coming=value == YES))
        else:
            faults.append(_unanswered(guest))
    return tuple(found)


def _unanswered(guest: Guest) -> FieldFault:
    name = person_field(guest.position)
    if guest.first_name:
        return FieldFault(name, N_("Velg om %(name)s kommer eller ikke."), {"name": guest.first_name})
    return FieldFault(name, N_("Velg om person nummer %(number)s kommer eller ikke."), {"number": guest.position})


def _children(draft: AnswerDraft, faults: list[FieldFault]) -> int:
    text = draft.extra_children.strip() or "0"
    if text.isdecimal() and int(text) <= EXTRA_CHILDREN_LIMIT:
        return int(text)
    faults.append(
        FieldFault(
            "extra_children", N_("Skriv antall barn som et tall fra 0 til %(most)s."), {"most": EXTRA_CHILDREN_LIMIT}
        )
    )
    return 0


def _needs(draft: AnswerDraft, faults: list[FieldFault]) -> tuple[NeedWish, ...]:
    found = []
    for kind in NeedKind:
        text = plain_text(draft.texts.get(kind, ""))
        if fault := _need_fault(kind, text, is_ticked=kind in draft.needs):
            faults.append(fault)
        elif kind in draft.needs:
            found.append(NeedWish(kind, text))
    return tuple(found)


def _need_fault(kind: NeedKind, text: str, *, is_ticked: bool) -> FieldFault | None:
    name = need_text_field(kind)
    if text and not is_ticked:
        return FieldFault(name, N_("Du har skrevet noe her. Kryss av over feltet, eller fjern teksten."))
    if is_ticked and not text and kind in _WORDS_NEEDED:
        return FieldFault(name, _WORDS_NEEDED[kind])
    if len(text) > NEED_TEXT_LIMIT:
        return FieldFault(name, N_("Skriv kortere, høyst %(most)s tegn."), {"most": NEED_TEXT_LIMIT})
    return None


def _contact(name: str, read: Callable[[str], str | None], typed: str, faults: list[FieldFault]) -> str | None:
    try:
        return read(typed)
    except OutreachError as fault:
        faults.append(FieldFault(name, fault.message, fault.values))
        return None
