"""What can become of one hand-over, and what a reply means: SMTP (RFC 5321, 4.2), HTTP (RFC 9110, 15). Pure."""

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
    """An outcome, and for the log stage and reply code (0: no reply), never the server's text: it quotes addresses.

    `retry_after_seconds`: how long a server asked us to wait, 0 when it did not; `reference`: its own id of it.
    """

    outcome: Outcome
    stage: Stage | None = None
    code: int = 0
    retry_after_seconds: int = 0
    reference: str = ""


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


# Our password, our bill, our address of the gateway: it would meet every other message in the same way.
_OURS_TO_MEND = frozenset({401, 402, 403, 404, 405, 407})
_LATER = frozenset({408, 425, 429})


def verdict_of_status(code: int, *, retry_after_seconds: int = 0) -> Verdict:
    """Return what the HTTP status of a gateway means for the message that it answers.

    A server error says nothing about whether the message was taken before the error.
    """
    if 200 <= code < 300:
        return Verdict(Outcome.HANDED_OVER, Stage.CONTENT, code)
    if code in _LATER:
        return Verdict(Outcome.TEMPORARY, Stage.CONTENT, code, retry_after_seconds)
    if 300 <= code < 400 or code in _OURS_TO_MEND:
        return Verdict(Outcome.DOWN, Stage.SENDER, code)
    if 400 <= code < 500:
        return Verdict(Outcome.PERMANENT, Stage.CONTENT, code)
    return Verdict(Outcome.UNKNOWN, Stage.CONTENT, code)


def verdict_of_break(*, is_content_sent: bool, stage: Stage) -> Verdict:
    """Return what a broken connection or a time-out means.

    Until the last line of the content is sent the server may not take responsibility for the message (RFC 5321, 6.1).
    """
    if is_content_sent:
        return Verdict(Outcome.UNKNOWN, stage)
    return Verdict(Outcome.DOWN if stage in (Stage.GREETING, Stage.SENDER) else Outcome.TEMPORARY, stage)
