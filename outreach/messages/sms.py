"""A text message as our composers make it (GSM 03.38 counts 160 characters a part, 70 with other letters). Pure."""

from dataclasses import dataclass


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
