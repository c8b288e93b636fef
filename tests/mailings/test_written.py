import pytest

from outreach.mailings.mailing import Text
from outreach.mailings.written import version_for, write
from outreach.messages.writing.placeholders import UnfilledError

NB, NN, EN = (Text(language, language, "", "") for language in ("nb", "nn", "en"))
VALUES = {"fornavn": "Åse og *Bo*", "lenke": "https://modum.example/i/ABC"}


@pytest.mark.parametrize(
    ("texts", "language", "chosen"),
    [
        ([NB, NN, EN], "nn", NN),
        ([NB, NN, EN], "uk", EN),
        ([NB, EN], "nn", NB),
        ([NB], "uk", NB),
        ([NN, NB], "se", NN),
    ],
)
def test_each_household_gets_the_version_that_is_next_to_its_language(texts, language, chosen) -> None:
    assert version_for(texts, language) is chosen


def test_writes_subject_html_text_and_sms() -> None:
    text = Text("nb", "Hei {fornavn}", "Hei **{fornavn}**! [Svar]({lenke})", "Hei {fornavn}\n {lenke}")
    found = write(text, VALUES, is_one=False, own_origin="")
    assert found.subject == "Hei Åse og *Bo*"
    assert (
        found.html.strip() == '<p>Hei <strong>Åse og *Bo*</strong>! <a href="https://modum.example/i/ABC">Svar</a></p>'
    )
    assert found.text == "Hei Åse og *Bo*! Svar: https://modum.example/i/ABC"
    assert found.sms == "Hei Åse og *Bo* https://modum.example/i/ABC"


@pytest.mark.parametrize(("is_one", "said"), [(True, "du"), (False, "dere")])
def test_says_du_to_one_and_dere_to_several(is_one: bool, said: str) -> None:
    text = Text("nb", "{du|dere}", "{du|dere}", "{du|dere}")
    found = write(text, {}, is_one=is_one, own_origin="")
    assert (found.subject, found.text, found.sms) == (said, said, said)


def test_nothing_leaves_with_a_hole_in_it() -> None:
    with pytest.raises(UnfilledError):
        write(Text("nb", "Hei", "{billett}", ""), {"billett": ""}, is_one=True, own_origin="")
