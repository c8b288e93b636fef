import pytest

from outreach.messages.suppression import ALL, UNREACHABLE, is_stopped


@pytest.mark.parametrize(
    ("purposes", "is_outreach", "stopped"),
    [
        ([], True, False),
        ([ALL], True, True),
        ([ALL], False, False),
        (["reminder"], True, True),
        (["other"], True, False),
        ([UNREACHABLE], False, True),
        ([UNREACHABLE], True, True),
    ],
)
def test_what_we_begin_is_stopped_and_answers_are_not(purposes: list[str], is_outreach: bool, stopped: bool) -> None:
    assert is_stopped(purposes, "reminder", is_outreach=is_outreach) is stopped


def test_a_no_to_a_topic_stops_each_kind_that_belongs_to_it() -> None:
    assert is_stopped(["invitation"], "reminder", is_outreach=True, topic="invitation")
    assert is_stopped(["reminder"], "reminder", is_outreach=True, topic="invitation")
    assert not is_stopped(["newsletter"], "reminder", is_outreach=True, topic="invitation")
    assert not is_stopped(["invitation"], "reminder", is_outreach=False, topic="invitation")
