from typing import Any

import pytest

from outreach.rsvp.answer import Guest
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import AnswerDraft, from_fields
from outreach.rsvp.own_questions import own_question
from outreach.rsvp.own_questions.own_question import (
    AskedOf,
    OwnQuestion,
    OwnQuestionError,
    QuestionKind,
    Reply,
    choices_of,
)
from outreach.rsvp.own_questions.reply_checks import fields_of
from tests.factories.own_questions import wording

ONE, SEVERAL, NUMBER, PERSON = QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.NUMBER, AskedOf.PERSON
SIZES = ("Liten", "Stor")
GUESTS = (Guest(11, 1, "Åse"), Guest(12, 2, "Bjørn"), Guest(13, 3, None))
COMING = {"person_1": "yes", "person_2": "no", "person_3": "yes"}


def question(**changes: Any) -> OwnQuestion:
    return OwnQuestion(**vars(wording(**changes)), id=7)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"kind": ONE, "choices": SIZES}, []),
        ({"text": "Ja"}, ["text"]),
        ({"text": "x" * 150}, []),
        ({"text": "x" * 151}, ["text"]),
        ({"text": "Hva\u202eheter"}, ["text"]),
        ({"hint": "x" * 200}, []),
        ({"hint": "x" * 201}, ["hint"]),
        ({"choices": SIZES}, ["choices"]),
        ({"kind": NUMBER, "choices": SIZES}, ["choices"]),
        ({"kind": ONE, "choices": ("Liten",)}, ["choices"]),
        ({"kind": SEVERAL, "choices": tuple("abcdefghijkl")}, []),
        ({"kind": SEVERAL, "choices": tuple("abcdefghijklm")}, ["choices"]),
        ({"kind": ONE, "choices": ("stor", "Stor")}, ["choices"]),
        ({"kind": ONE, "choices": ("x" * 80, "y")}, []),
        ({"kind": ONE, "choices": ("x" * 81, "y")}, ["choices"]),
        ({"text": "", "hint": "x" * 201, "kind": ONE}, ["text", "hint", "choices"]),
    ],
)
def test_a_question_that_can_be_asked_has_no_fault_and_others_all_of_theirs(
    changes: dict[str, Any], fields: list[str]
) -> None:
    found: list[str] = []
    try:
        own_question.check(wording(**changes))
    except OwnQuestionError as error:
        found = [fault.field for fault in error.faults]
    assert found == fields


def test_choices_are_lines_and_empty_ones_are_none() -> None:
    assert choices_of(" Liten \n\n  Ekstra   stor\r\n") == ("Liten", "Ekstra stor")


def _checked(fields: dict[str, str], *questions: OwnQuestion, coming: dict[str, str] | None = None) -> Any:
    draft = from_fields({**(COMING if coming is None else coming), **fields}, GUESTS, questions)
    return check(draft, GUESTS, questions)


@pytest.mark.parametrize(
    ("changes", "fields", "words"),
    [
        ({}, {"reply_7": "  IL\tModum "}, ("IL Modum",)),
        ({}, {}, None),
        ({"kind": NUMBER}, {"reply_7": "0"}, ("0",)),
        ({"kind": NUMBER}, {"reply_7": "9999"}, ("9999",)),
        ({"kind": ONE, "choices": SIZES}, {"reply_7": "1"}, ("Stor",)),
        ({"kind": ONE, "choices": SIZES}, {"reply_7": "2"}, None),
        ({"kind": ONE, "choices": SIZES}, {"reply_7": "²"}, None),
        ({"kind": SEVERAL, "choices": SIZES}, {"reply_7": "yes", "reply_7_c1": "yes"}, SIZES),
        ({"kind": SEVERAL, "choices": SIZES}, {"reply_7_c1": "yes", "reply_7_c2": "yes"}, ("Stor",)),
        ({"kind": SEVERAL, "choices": SIZES}, {}, None),
    ],
)
def test_a_household_replies_once(
    changes: dict[str, Any], fields: dict[str, str], words: tuple[str, ...] | None
) -> None:
    answer = _checked(fields, question(**changes)).answer
    assert answer.replies == (() if words is None else (Reply(7, words),))


def test_each_person_who_comes_replies_and_who_does_not_is_not_asked() -> None:
    sizes = question(kind=ONE, choices=SIZES, asked_of=PERSON, is_required=True)
    answer = _checked({"reply_7_1": "0", "reply_7_2": "1", "reply_7_3": "1"}, sizes).answer
    assert answer.replies == (Reply(7, ("Liten",), 1, 11), Reply(7, ("Stor",), 3, 13))


@pytest.mark.parametrize(
    ("changes", "fields", "faults"),
    [
        ({"is_required": True}, {"reply_7": " "}, ["reply_7"]),
        ({"kind": SEVERAL, "choices": SIZES, "is_required": True}, {}, ["reply_7"]),
        ({"kind": NUMBER}, {"reply_7": "10000"}, ["reply_7"]),
        ({"kind": NUMBER}, {"reply_7": "-1"}, ["reply_7"]),
        ({"kind": NUMBER}, {"reply_7": "to"}, ["reply_7"]),
        ({}, {"reply_7": "x" * 301}, ["reply_7"]),
        ({"asked_of": PERSON, "is_required": True}, {"reply_7_2": "her"}, ["reply_7_1", "reply_7_3"]),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(
    changes: dict[str, Any], fields: dict[str, str], faults: list[str]
) -> None:
    checked = _checked(fields, question(**changes))
    assert checked.answer is None
    assert [fault.field for fault in checked.faults] == faults
    assert all((fault.message % fault.values).count("Hva heter laget ditt?") == 1 for fault in checked.faults)


def test_who_declines_is_asked_nothing() -> None:
    nobody = dict.fromkeys(COMING, "no")
    checked = _checked({"reply_7": "Hei"}, question(is_required=True), coming=nobody)
    assert checked.answer is not None
    assert checked.answer.replies == ()


@pytest.mark.parametrize(
    ("changes", "words", "fields"),
    [
        ({}, ("IL Modum",), {"reply_7_2": "IL Modum"}),
        ({"kind": ONE, "choices": SIZES}, ("Stor",), {"reply_7_2": "1"}),
        ({"kind": ONE, "choices": SIZES}, ("Borte",), {"reply_7_2": ""}),
        ({"kind": SEVERAL, "choices": SIZES}, ("Liten", "Borte", "Stor"), {"reply_7_2": "yes", "reply_7_2_c1": "yes"}),
    ],
)
def test_the_form_says_again_what_was_replied(
    changes: dict[str, Any], words: tuple[str, ...], fields: dict[str, str]
) -> None:
    assert fields_of([Reply(7, words, 2, 12)], [question(**changes)]) == fields


def test_a_draft_carries_what_was_typed_word_for_word_and_nothing_of_other_questions() -> None:
    sizes = question(kind=SEVERAL, choices=SIZES, asked_of=PERSON)
    draft = from_fields({**COMING, "reply_7_1": "yes", "reply_7_c1": "yes", "reply_8": "x"}, GUESTS, (sizes,))
    assert dict(draft.fields()) == {**COMING, "reply_7_1": "yes"}
    assert from_fields(dict(draft.fields()), GUESTS, (sizes,)) == draft
    assert AnswerDraft().replies == {}
