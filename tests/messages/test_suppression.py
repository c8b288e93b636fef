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
