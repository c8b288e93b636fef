import pytest

from outreach.mailings.mailing import Kind, State, Text, content_hash, may_follow, new_reference, outbox_kind
from outreach.outbox.states import Channel

TEXT = Text("nb", "Emne", "Tekst", "SMS")
PATHS = {
    State.DRAFT: {State.ASKED, State.RELEASED, State.CALLED_OFF},
    State.ASKED: {State.RELEASED, State.DRAFT, State.CALLED_OFF},
    State.RELEASED: {State.SENDING, State.DRAFT, State.CALLED_OFF},
    State.SENDING: {State.PAUSED, State.DONE, State.CALLED_OFF},
    State.PAUSED: {State.SENDING, State.CALLED_OFF},
    State.DONE: set(),
    State.CALLED_OFF: set(),
}


@pytest.mark.parametrize("now", list(State))
@pytest.mark.parametrize("then", list(State))
def test_goes_only_where_it_may(now: State, then: State) -> None:
    assert may_follow(now, then) is (then in PATHS[now])


def hashed(**changes: object) -> str:
    values = {"channels": (Channel.EMAIL,), "survey_url": "", "revision": 3, **changes}
    return content_hash(Kind.REMINDER, values.pop("texts", [TEXT]), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": [Text("nb", "Emne!", "Tekst", "SMS")]},
        {"texts": [Text("nb", "Emne", "Tekst.", "SMS")]},
        {"texts": [Text("nb", "Emne", "Tekst", "SMS.")]},
        {"texts": [Text("nn", "Emne", "Tekst", "SMS")]},
        {"texts": [TEXT, Text("en", "", "", "")]},
        {"channels": (Channel.EMAIL, Channel.SMS)},
        {"asks_register": True},
        {"survey_url": "https://a.example"},
        {"revision": 4},
    ],
)
def test_whatever_is_changed_makes_another_hash(changes: dict[str, object]) -> None:
    assert hashed(**changes) != hashed()


def test_the_order_of_the_languages_makes_no_other_hash() -> None:
    other = Text("en", "Subject", "Text", "SMS")
    assert hashed(texts=[TEXT, other]) == hashed(texts=[other, TEXT])


def test_a_reference_looks_like_no_code_of_a_guest() -> None:
    references = {new_reference() for _ in range(50)}
    assert len(references) == 50
    assert all(reference.startswith("M-") and len(reference) == 8 for reference in references)


def test_each_kind_has_a_name_of_its_own_in_the_outbox() -> None:
    assert len({outbox_kind(kind) for kind in Kind}) == len(Kind)
