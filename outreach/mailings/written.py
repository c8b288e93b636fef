"""A mailing's text with one household's values: subject, HTML, plain text, text message. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.mailings.mailing import Text
from outreach.messages.writing.markdown_text import escaped, to_html, to_text
from outreach.messages.writing.placeholders import chosen, filled, filled_in_lines

_FALLBACK = "en"


@dataclass(frozen=True)
class Written:
    """What one household reads. `html` is safe and without style."""

    language: str
    subject: str
    html: str
    text: str
    sms: str


def version_for(texts: Sequence[Text], language: str) -> Text:
    """Return the version in `language`; without one English for guests who read another language than Norwegian, else
    the first."""
    by_language = {text.language: text for text in texts}
    if language in by_language:
        return by_language[language]
    return texts[0] if language in ("nb", "nn") or _FALLBACK not in by_language else by_language[_FALLBACK]


def write(text: Text, values: Mapping[str, str], *, is_one: bool, own_origin: str) -> Written:
    """Return `text` filled in. Raises UnfilledError when it has a placeholder without a value."""
    body = filled_in_lines(chosen(text.body, is_one=is_one), values, written=escaped)
    return Written(
        language=text.language,
        subject=filled(chosen(text.subject, is_one=is_one), values),
        html=to_html(body, own_origin=own_origin),
        text=to_text(body, own_origin=own_origin),
        sms=" ".join(filled(chosen(text.sms, is_one=is_one), values).split()),
    )
