import pytest

from outreach.messages.delivery import Outcome, Stage, verdict_of_break, verdict_of_reply


@pytest.mark.parametrize(
    ("stage", "code", "outcome"),
    [
        (Stage.CONTENT, 250, Outcome.HANDED_OVER),
        (Stage.CONTENT, 450, Outcome.TEMPORARY),
        (Stage.CONTENT, 554, Outcome.PERMANENT),
        (Stage.RECIPIENT, 450, Outcome.TEMPORARY),
        (Stage.RECIPIENT, 550, Outcome.PERMANENT),
        (Stage.RECIPIENT, 421, Outcome.DOWN),
        (Stage.SENDER, 550, Outcome.DOWN),
        (Stage.DATA, 554, Outcome.PERMANENT),
        (Stage.DATA, 451, Outcome.TEMPORARY),
        (Stage.CONTENT, 300, Outcome.TEMPORARY),
    ],
)
def test_what_a_reply_means(stage: Stage, code: int, outcome: Outcome) -> None:
    assert verdict_of_reply(stage, code).outcome is outcome


@pytest.mark.parametrize(
    ("is_content_sent", "stage", "outcome"),
    [
        (True, Stage.CONTENT, Outcome.UNKNOWN),
        (False, Stage.CONTENT, Outcome.TEMPORARY),
        (False, Stage.RECIPIENT, Outcome.TEMPORARY),
        (False, Stage.SENDER, Outcome.DOWN),
    ],
)
def test_what_a_broken_connection_means(is_content_sent: bool, stage: Stage, outcome: Outcome) -> None:
    assert verdict_of_break(is_content_sent=is_content_sent, stage=stage).outcome is outcome
