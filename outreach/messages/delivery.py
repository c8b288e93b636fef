"""What can become of one hand-over, and what an SMTP reply means (RFC 5321, 4.2.1 and 4.2.5). Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a transport says of one message.

    UNKNOWN: the whole message left us and no answer came, so it may or may not have been taken.
    DOWN: nothing left us, and the next message would fare no better.
    """

    HANDED_OVER = "handed_over"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    DOWN = "down"


class Stage(StrEnum):
    """How far a dialogue with a mail server had come when it answered or broke off."""

    GREETING = "greeting"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    CONTENT = "content"


@dataclass(frozen=True)
class Verdict:
    """An outcome, and for the log stage and reply code (0: no reply), never the server's text: it quotes addresses."""

    outcome: Outcome
    stage: Stage | None = None
    code: int = 0


def verdict_of_reply(stage: Stage, code: int) -> Verdict:
    """Return what the server's `code` at `stage` means for the message."""
    if stage is Stage.CONTENT and 200 <= code < 300:
        return Verdict(Outcome.HANDED_OVER, stage, code)
    # 421 closes the channel; what the server holds against us or the sender is not this recipient's fault.
    if code == 421 or stage in (Stage.GREETING, Stage.SENDER):
        return Verdict(Outcome.DOWN, stage, code)
    if 500 <= code < 600:
        return Verdict(Outcome.PERMANENT, stage, code)
    return Verdict(Outcome.TEMPORARY, stage, code)


def verdict_of_break(*, is_content_sent: bool, stage: Stage) -> Verdict:
    """Return what a broken connection or a time-out means.

    Until the last line of the content is sent the server may not take responsibility for the message (RFC 5321, 6.1).
    """
    if is_content_sent:
        return Verdict(Outcome.UNKNOWN, stage)
    return Verdict(Outcome.DOWN if stage in (Stage.GREETING, Stage.SENDER) else Outcome.TEMPORARY, stage)
