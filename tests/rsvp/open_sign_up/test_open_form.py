import pytest

from outreach.rsvp.answer import NeedKind, NeedWish, PersonChoice
from outreach.rsvp.open_sign_up.open_form import (
    MOST_NAMED,
    OpenDraft,
    check_party,
    party_from_json,
    read,
)
from outreach.rsvp.own_questions.own_question import AskedOf, OwnQuestion, QuestionKind, Reply
from tests.factories.open_sign_up import party
from tests.factories.own_questions import wording

FILLED = {"name_1": " Ida ", "name_3": "Per", "rows": "3", "extra_school": "1", "email": "Ida@Gjest.example"}
SIZE = OwnQuestion(
    **vars(wording(kind=QuestionKind.ONE, choices=("Liten", "Stor"), asked_of=AskedOf.PERSON, is_required=True)), id=7
)


def _faults(fields: dict[str, str], *questions: OwnQuestion) -> list[str]:
    checked = check_party(read({**FILLED, **fields}, questions), questions, language="nn")
    assert (checked.party is None) == bool(checked.faults)
    return [fault.field for fault in checked.faults]


def test_who_is_named_comes_and_empty_rows_are_nobody() -> None:
    found = check_party(read(FILLED), (), language="nn").party
    assert found == party("Ida", "Per", extra_children=1, email="Ida@gjest.example", language="nn")
    assert found is not None
    assert found.persons == 3
    assert found.answer([41, 42]).choices == (PersonChoice(41, 1, True), PersonChoice(42, 2, True))


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, []),
        ({"name_1": "", "name_3": " "}, ["name_1"]),
        ({"name_1": "x" * 40}, []),
        ({"name_1": "x" * 41}, ["name_1"]),
        ({"email": ""}, ["email"]),
        ({"email": "ida"}, ["email"]),
        ({"extra_school": "10"}, ["extra_school"]),
        ({"name_1": "", "name_3": "", "email": "", "mobile": "1"}, ["name_1", "mobile", "email"]),
        ({"need_other": "yes"}, ["need_other_text"]),
    ],
)
def test_each_fault_is_told_at_its_field(fields: dict[str, str], faults: list[str]) -> None:
    assert _faults(fields) == faults


def test_a_question_of_each_person_is_asked_of_who_is_named() -> None:
    assert _faults({}, SIZE) == ["reply_7_1", "reply_7_3"]
    fields = {"reply_7_1": "0", "reply_7_2": "1", "reply_7_3": "1"}
    found = check_party(read({**FILLED, **fields}, (SIZE,)), (SIZE,), language="nb").party
    assert found is not None
    assert found.replies == (Reply(7, ("Liten",), 1), Reply(7, ("Stor",), 2))
    assert found.answer([41, 42]).replies == (Reply(7, ("Liten",), 1, 41), Reply(7, ("Stor",), 2, 42))


@pytest.mark.parametrize(
    ("rows", "more", "shown"),
    [
        ("", False, 2),
        ("1", False, 2),
        ("2", True, 3),
        ("8", True, MOST_NAMED),
        ("99", False, MOST_NAMED),
        ("²", True, 3),
    ],
)
def test_rows_are_added_one_at_a_time_up_to_a_limit(rows: str, more: bool, shown: int) -> None:
    assert read({"rows": rows}, more=more).rows == shown


def test_a_draft_carries_what_was_typed_word_for_word() -> None:
    draft = read({**FILLED, "need_diet": "yes", "reply_7_2": "1"}, (SIZE,))
    assert read(dict(draft.fields()), (SIZE,)) == draft
    assert OpenDraft().fields() == [("rows", "2")]


def test_a_party_waits_as_json_and_comes_back_the_same() -> None:
    told = party(
        needs=(NeedWish(NeedKind.DIET, "halal"),), replies=(Reply(7, ("Liten", "Stor"), 2),), mobile="+4791234567"
    )
    assert party_from_json(told.to_json()) == told
