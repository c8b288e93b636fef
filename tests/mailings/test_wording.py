import pytest

from outreach.mailings.fields import OF_SERIES, known_fields
from outreach.mailings.mailing import Kind, Text
from outreach.mailings.wording import UNWRITTEN, first_texts
from outreach.messages.sms_parts import count
from outreach.messages.writing import placeholders
from outreach.messages.writing.readability import EASY_LIX, readability
from outreach.messages.writing.same_facts import differences

FIRST = {f"{kind}": (kind, first_texts(kind)) for kind in Kind} | {
    "series": (Kind.REMINDER, first_texts(Kind.REMINDER, is_in_series=True))
}
TEXTS = [
    pytest.param(kind, text, id=f"{name}-{text.language}") for name, (kind, texts) in FIRST.items() for text in texts
]


@pytest.mark.parametrize(("kind", "text"), TEXTS)
def test_a_first_text_is_easy_to_read(kind: Kind, text: Text) -> None:
    # Twice over, so that the shortest are long enough to be measured.
    body = placeholders.chosen(text.body, is_one=False)
    found = readability(f"{body}\n\n{body}\n\n{body}", language=text.language)
    assert found.lix is not None
    assert found.lix <= EASY_LIX
    assert (found.long_sentences, found.heavy) == ((), ())


@pytest.mark.parametrize(("kind", "text"), TEXTS)
@pytest.mark.parametrize("is_one", [True, False])
def test_a_first_text_has_only_placeholders_that_its_kind_knows(kind: Kind, text: Text, is_one: bool) -> None:
    for part in (text.subject, text.body, text.sms):
        read = placeholders.chosen(part, is_one=is_one)
        assert placeholders.faults(read, language=text.language, known=known_fields(kind, is_in_series=True)) == ()


def test_what_only_a_series_has_stands_in_the_texts_of_a_series() -> None:
    assert not known_fields(Kind.REMINDER) & OF_SERIES
    assert not known_fields(Kind.THANKS, is_in_series=True) & OF_SERIES
    for text in first_texts(Kind.REMINDER, is_in_series=True):
        assert {"{serie}", "{steder}"} <= {f"{{{one.name}}}" for one in placeholders.used(text.body)}
        assert "{byer}" in text.sms
    assert first_texts(Kind.CHANGE, is_in_series=True) == first_texts(Kind.CHANGE)


@pytest.mark.parametrize("name", list(FIRST))
def test_the_first_texts_state_the_same_in_each_language(name: str) -> None:
    _kind, texts = FIRST[name]
    assert [text.language for text in texts] == ["nb", "nn", "en"]
    for part in ("subject", "body", "sms"):
        versions = {text.language: placeholders.chosen(getattr(text, part), is_one=False) for text in texts}
        assert differences(versions) == ()


@pytest.mark.parametrize(("kind", "text"), TEXTS)
def test_a_first_text_message_needs_no_costly_characters(kind: Kind, text: Text) -> None:
    assert count(text.sms).foreign == ""


@pytest.mark.parametrize("text", first_texts(Kind.MESSAGE))
def test_a_message_is_to_be_written_by_somebody(text: Text) -> None:
    assert any(words in text.body for words in UNWRITTEN)
    assert any(words in text.sms for words in UNWRITTEN)
