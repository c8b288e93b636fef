"""A text message as our composers make it (GSM 03.38 counts 160 characters a part, 70 with other letters). Pure."""

from dataclasses import dataclass

# One sign outside GSM 03.38 makes a part hold 70 letters instead of 160, and a message cost twice as much.
_SIGNS = str.maketrans({"\u2060": "", "\u00a0": " ", "–": "-", "—": "-", "«": '"', "»": '"', "’": "'", "…": "..."})


@dataclass(frozen=True, kw_only=True)
class ComposedSms:
    """What a composer returns: the number in E.164 form, the text, whether we began the contact, and about what.

    `topic` and `is_untraced` as in `ComposedEmail`.
    """

    to: str
    text: str
    is_outreach: bool = False
    topic: str = ""
    is_untraced: bool = False


def in_plain_signs(text: str) -> str:
    """Return `text` on one line, with the signs that phones have always had for dashes, quotes and blanks."""
    return " ".join(text.translate(_SIGNS).split())
