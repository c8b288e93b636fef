"""Turns what a guest typed into an answer, or into every fault at once, each with the field that it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outreach.errors import N_, OutreachError
from outreach.formats.contact_checks import email_address, mobile_number
from outreach.rsvp.answer import (
    EXTRA_CHILDREN_LIMIT,
    MOST_WHEELCHAIRS,
    NEED_TEXT_LIMIT,
    Answer,
    Guest,
    NeedKind,
    NeedWish,
    PersonChoice,
)
from outreach.rsvp.answer_draft import YES, AnswerDraft, need_text_field, person_field
from outreach.rsvp.field_fault import FieldFault
from outreach.rsvp.own_questions.own_question import OwnQuestion
from outreach.rsvp.own_questions.reply_checks import checked_replies
from outreach.rsvp.plain_text import plain_text

_WHEELCHAIRS = frozenset(str(number) for number in range(1, MOST_WHEELCHAIRS + 1))
_WORDS_NEEDED = {
    NeedKind.INTERPRETER: N_("Skriv hvilket språk det skal tolkes til."),
    NeedKind.OTHER: N_("Skriv hva som trengs."),
}


@dataclass(frozen=True)
class Checked:
    """Either an answer, or at least one fault, in the order of the form."""

    answer: Answer | None
    faults: tuple[FieldFault, ...] = ()


def check(draft: AnswerDraft, guests: tuple[Guest, ...], questions: Sequence[OwnQuestion] = ()) -> Checked:
    """Return the answer that `draft` gives for `guests`, or all that is wrong with it.

    When nobody comes, needs, contact and replies to the organiser's `questions` are left out: there is no purpose for
    keeping them.
    """
    faults: list[FieldFault] = []
    choices = _choices(draft, guests, faults)
    children = _children(draft, faults)
    is_anybody_coming = any(choice.is_coming for choice in choices)
    if children and not is_anybody_coming and not faults:
        faults.append(FieldFault("extra_children", N_("Minst én av dem som står på lista, må komme sammen med barna.")))
    if not is_anybody_coming and not faults:
        return Checked(Answer(choices=choices))
    coming = [guest for guest in guests if draft.coming.get(guest.position) == YES]
    replies = checked_replies(draft.replies, coming, questions, faults)
    needs = _needs(draft, faults)
    email = _contact("email", email_address, draft.email, faults)
    mobile = _contact("mobile", mobile_number, draft.mobile, faults)
    if faults:
        return Checked(None, tuple(faults))
    contact = {"email": email, "mobile": mobile}
    return Checked(Answer(choices=choices, extra_children=children, needs=needs, replies=replies, **contact))


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
    if text.isdecimal() and len(text) < 4 and int(text) <= EXTRA_CHILDREN_LIMIT:
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
    if kind is NeedKind.WHEELCHAIR and text and text not in _WHEELCHAIRS:
        return FieldFault(
            name, N_("Skriv antall rullestoler som et tall fra 1 til %(most)s."), {"most": MOST_WHEELCHAIRS}
        )
    if len(text) > NEED_TEXT_LIMIT:
        return FieldFault(name, N_("Skriv kortere, høyst %(most)s tegn."), {"most": NEED_TEXT_LIMIT})
    return None


def _contact(name: str, read: Callable[[str], str | None], typed: str, faults: list[FieldFault]) -> str | None:
    try:
        return read(typed)
    except OutreachError as fault:
        faults.append(FieldFault(name, fault.message, fault.values))
        return None
