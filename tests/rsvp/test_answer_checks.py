import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.rsvp.answer import Guest, NeedKind, NeedWish
from outreach.rsvp.answer_checks import check
from outreach.rsvp.answer_draft import AnswerDraft, from_answer, from_fields
from outreach.rsvp.plain_text import plain_text

GUESTS = (Guest(11, 1, "Åse"), Guest(12, 2, "Bjørn"), Guest(13, 3, None))
ALL_COME = {1: "yes", 2: "yes", 3: "yes"}
NOBODY = {1: "no", 2: "no", 3: "no"}


def _faults(draft: AnswerDraft) -> dict[str, str]:
    return {fault.field: fault.message % fault.values for fault in check(draft, GUESTS).faults}


def test_everything_filled_in_becomes_an_answer() -> None:
    checked = check(
        AnswerDraft(
            coming={1: "yes", 2: "no", 3: "yes"},
            extra_children=" 2 ",
            needs=frozenset({NeedKind.ALLERGY, NeedKind.WHEELCHAIR}),
            texts={NeedKind.ALLERGY: "  nøtter \n og egg "},
            email=" ase@example.no ",
            mobile="912 34 567",
        ),
        GUESTS,
    )
    answer = checked.answer
    assert checked.faults == ()
    assert answer is not None
    assert [choice.is_coming for choice in answer.choices] == [True, False, True]
    assert answer.persons == 4
    assert answer.needs == (NeedWish(NeedKind.ALLERGY, "nøtter og egg"), NeedWish(NeedKind.WHEELCHAIR, ""))
    assert (answer.email, answer.mobile) == ("ase@example.no", "+4791234567")


def test_each_person_must_be_answered_for_and_all_faults_come_at_once_in_the_order_of_the_form() -> None:
    draft = AnswerDraft(
        coming={1: "yes"},
        extra_children="mange",
        needs=frozenset({NeedKind.INTERPRETER}),
        texts={NeedKind.OTHER: "stol"},
        email="ase@",
        mobile="12",
    )
    faults = _faults(draft)
    assert list(faults) == [
        "person_2", "person_3", "extra_children", "need_interpreter_text", "need_other_text", "email", "mobile",
    ]  # fmt: skip
    assert faults["person_2"] == "Velg om Bjørn kommer eller ikke."
    assert faults["person_3"] == "Velg om person nummer 3 kommer eller ikke."


def test_when_nobody_comes_needs_and_contact_are_not_kept() -> None:
    draft = AnswerDraft(
        coming=NOBODY, needs=frozenset({NeedKind.DIET}), texts={NeedKind.DIET: "halal"}, email="x", mobile="y"
    )
    answer = check(draft, GUESTS).answer
    assert answer is not None
    assert (answer.persons, answer.needs, answer.email, answer.mobile) == (0, (), None, None)


def test_children_alone_do_not_come() -> None:
    assert list(_faults(AnswerDraft(coming=NOBODY, extra_children="1"))) == ["extra_children"]


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("0", 0), ("9", 9), (" 3", 3), ("٣", 3)])
def test_a_number_of_children_from_0_to_9_is_taken(typed: str, count: int) -> None:
    answer = check(AnswerDraft(coming=ALL_COME, extra_children=typed), GUESTS).answer
    assert answer is not None
    assert answer.extra_children == count


@pytest.mark.parametrize("typed", ["10", "-1", "1.5", "to", "9" * 200, "²"])
def test_any_other_number_of_children_is_a_fault(typed: str) -> None:
    assert list(_faults(AnswerDraft(coming=ALL_COME, extra_children=typed))) == ["extra_children"]


@pytest.mark.parametrize("kind", [NeedKind.INTERPRETER, NeedKind.OTHER])
def test_some_needs_need_words(kind: NeedKind) -> None:
    assert list(_faults(AnswerDraft(coming=ALL_COME, needs=frozenset({kind})))) == [f"need_{kind}_text"]


@pytest.mark.parametrize("kind", [kind for kind in NeedKind if kind not in (NeedKind.INTERPRETER, NeedKind.OTHER)])
def test_other_needs_do_not(kind: NeedKind) -> None:
    assert _faults(AnswerDraft(coming=ALL_COME, needs=frozenset({kind}))) == {}


@pytest.mark.parametrize(("length", "is_fault"), [(200, False), (201, True)])
def test_words_on_a_need_have_a_limit(length: int, is_fault: bool) -> None:
    draft = AnswerDraft(coming=ALL_COME, needs=frozenset({NeedKind.DIET}), texts={NeedKind.DIET: "a" * length})
    assert bool(_faults(draft)) is is_fault


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb", "ab"),
        ("a\x00b", "ab"),
        ("linje\r\nto", "linje to"),
        ("A\u030as", "Ås"),
        ("Ŋ đ ŧ č á", "Ŋ đ ŧ č á"),
        ("\ud800", ""),
    ],
)
def test_words_are_kept_on_one_line_without_hidden_characters(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept


_TEXTS = st.text(max_size=60)
_DRAFTS = st.builds(
    AnswerDraft,
    coming=st.fixed_dictionaries({}, optional={n: st.sampled_from(["yes", "no", ""]) for n in (1, 2, 3)}),
    extra_children=st.one_of(_TEXTS, st.text(string.digits, max_size=3)),
    needs=st.frozensets(st.sampled_from(list(NeedKind))),
    texts=st.dictionaries(st.sampled_from(list(NeedKind)), _TEXTS),
    email=_TEXTS,
    mobile=_TEXTS,
)


@given(_DRAFTS)
def test_any_draft_gives_an_answer_or_faults_and_never_both(draft: AnswerDraft) -> None:
    checked = check(draft, GUESTS)
    assert (checked.answer is None) == bool(checked.faults)
    if checked.answer is not None:
        assert check(from_answer(checked.answer), GUESTS).answer == checked.answer


@given(_DRAFTS)
def test_nothing_typed_is_lost_between_the_pages(draft: AnswerDraft) -> None:
    again = from_fields(dict(draft.fields()), GUESTS)
    assert again.fields() == draft.fields()
    assert check(again, GUESTS) == check(draft, GUESTS)
