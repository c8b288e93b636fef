"""Turns what a guest typed into an answer, or into every fault at once, each with the field that it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outreach.errors import N_, OutreachError
from outreach.events.event import Brings
from outreach.formats.contact_checks import email_address, mobile_number
from outreach.rsvp.answer import (
    MOST_BROUGHT,
    MOST_WHEELCHAIRS,
    NEED_TEXT_LIMIT,
    NOBODY,
    Answer,
    Band,
    Brought,
    Guest,
    NeedKind,
    NeedWish,
    PersonChoice,
)
from outreach.rsvp.answer_draft import YES, AnswerDraft, brought_field, need_text_field, person_field
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


def check(
    draft: AnswerDraft,
    guests: tuple[Guest, ...],
    questions: Sequence[OwnQuestion] = (),
    brings: Brings = Brings.CHILDREN,
) -> Checked:
    """Return the answer that `draft` gives for `guests`, or all that is wrong with it.

    When nobody comes, needs, contact and replies to the organiser's `questions` are left out: there is no purpose for
    keeping them. `brings`: whom the event lets a household bring along.
    """
    faults: list[FieldFault] = []
    choices = _choices(draft, guests, faults)
    brought = _brought(draft, brings, faults)
    is_anybody_coming = any(choice.is_coming for choice in choices)
    if brought.persons and not is_anybody_coming and not faults:
        first = next(band for band in Band if brought.of(band))
        faults.append(
            FieldFault(brought_field(first), N_("Minst én av dem som står på lista, må komme sammen med dem."))
        )
    if not is_anybody_coming and not faults:
        return Checked(Answer(choices=choices))
    coming = [guest for guest in guests if draft.coming.get(guest.position) == YES]
    replies = checked_replies(draft.replies, coming, questions, faults)
    needs = _needs(draft, coming, faults)
    email = _contact("email", email_address, draft.email, faults)
    mobile = _contact("mobile", mobile_number, draft.mobile, faults)
    if faults:
        return Checked(None, tuple(faults))
    contact = {"email": email, "mobile": mobile}
    return Checked(Answer(choices=choices, brought=brought, needs=needs, replies=replies, **contact))


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


def _brought(draft: AnswerDraft, brings: Brings, faults: list[FieldFault]) -> Brought:
    typed = {band: text for band in Band if (text := draft.brought.get(band, "").strip()) not in ("", "0")}
    if not typed:
        return NOBODY
    wrong = [fault for band, text in typed.items() if (fault := _brought_fault(band, text, brings))]
    faults += wrong
    if wrong:
        return NOBODY
    brought = Brought(**{band.value: int(text) for band, text in typed.items()})
    if brought.persons > MOST_BROUGHT:
        words = N_("Dere kan ta med høyst %(most)s til sammen. Er dere flere, ring oss.")
        faults.append(FieldFault(brought_field(next(iter(typed))), words, {"most": MOST_BROUGHT}))
        return NOBODY
    return brought


def _brought_fault(band: Band, text: str, brings: Brings) -> FieldFault | None:
    if brings is Brings.NOBODY or (band is Band.ADULTS and brings is not Brings.ANYBODY):
        return FieldFault(brought_field(band), N_("Bare de som står på lista, kan komme."))
    if text.isdecimal() and len(text) < 4 and int(text) <= MOST_BROUGHT:
        return None
    return FieldFault(brought_field(band), N_("Skriv antallet som et tall fra 0 til %(most)s."), {"most": MOST_BROUGHT})


def _needs(draft: AnswerDraft, coming: Sequence[Guest], faults: list[FieldFault]) -> tuple[NeedWish, ...]:
    """Return the needs of the party and of those who come; whoever stays at home needs nothing."""
    found = []
    for position in sorted(draft.in_need & {0, *(guest.position for guest in coming)}):
        for kind in NeedKind:
            wish = NeedWish(kind, plain_text(draft.texts.get((position, kind), "")), position)
            if fault := _need_fault(wish, is_ticked=(position, kind) in draft.needs):
                faults.append(fault)
            elif (position, kind) in draft.needs:
                found.append(wish)
    return tuple(found)


def _need_fault(wish: NeedWish, *, is_ticked: bool) -> FieldFault | None:
    name, kind, text = need_text_field(wish.kind, wish.position), wish.kind, wish.text
    if text and not is_ticked:
        return FieldFault(name, N_("Du har skrevet noe her. Kryss av over feltet, eller fjern teksten."))
    if is_ticked and not text and kind in _WORDS_NEEDED:
        return FieldFault(name, _WORDS_NEEDED[kind])
    if kind is NeedKind.WHEELCHAIR and wish.position == 0 and text and text not in _WHEELCHAIRS:
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
