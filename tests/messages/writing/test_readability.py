import pytest

from outreach.messages.writing.officialese import WORDS, heavy_words
from outreach.messages.writing.readability import FEWEST_WORDS, LongSentence, Verdict, readability

EASY = "Vi ser deg snart. Kom og spis med oss. Ta gjerne med en venn. "
HEAVY = (
    "Administrasjonen gjennomfører kommunens informasjonsarrangement vedrørende innflytterordningen, herunder "
    "presentasjoner fra organisasjonslivet samt næringslivet, hvilket forutsetter forhåndspåmelding innen fristen. "
)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_says_nothing_of_a_short_text(language: str) -> None:
    found = readability("ord " * (FEWEST_WORDS - 1), language=language)
    assert (found.words, found.lix, found.verdict) == (FEWEST_WORDS - 1, None, None)
    assert readability("ord " * FEWEST_WORDS, language=language).lix == FEWEST_WORDS


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    # 60 words in 12 sentences of 5, one word in five of more than six letters: 5 + 20.
    assert readability("ord ord ord ord ordenes. " * 12, language="nb").lix == 25
    # Six letters are not long: only the sentences count.
    assert readability("ord ord ord ord ordene. " * 12, language="nb").lix == 5


@pytest.mark.parametrize(
    ("text", "verdict"), [(EASY * 5, Verdict.EASY), (HEAVY * 4, Verdict.HEAVY)], ids=["easy", "heavy"]
)
def test_tells_easy_from_heavy(text: str, verdict: Verdict) -> None:
    assert readability(text, language="nb").verdict is verdict


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vi møtes torsdag 26. november kl. 18.00.", 3),  # vi, møtes, kl
        ("Vi møtes i Modum kulturhus.", 3),
        ("Hei {fornavn}, se {lenke}!", 2),
        ("Les på https://modum.example/svar?x=1.", 2),
        ("[Les mer](https://modum.example/svar)", 2),
        ("Skriv til post@modum.example nå", 3),
        ("Hils på Kristoffer der", 3),
        ("Kristoffer kommer", 2),  # at the beginning of a sentence nobody can tell a name by its capital
    ],
)
def test_names_dates_links_and_placeholders_are_left_out(text: str, words: int) -> None:
    assert readability(text, language="nb", names=["Modum kulturhus"]).words == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("ord ord. ord ord. " * 15, 30),
        ("- ord ord\n- ord ord\n" * 15, 30),
        ("## ord ord\n\nord ord\n\n" * 15, 30),
        ("ord f.eks. ord, ca. to kl. ni bl.a. ord. " * 10, 10),
        ("den 26. november er det kl. 18.30. " * 20, 20),
        ("se https://a.no/x.y nå! " * 30, 30),
    ],
)
def test_only_what_ends_a_sentence_ends_one(text: str, sentences: int) -> None:
    found = readability(text, language="nb")
    long_words = 0
    assert found.lix == round(found.words / sentences + long_words)


def test_a_sentence_over_25_words_is_shown() -> None:
    just, over = " ".join(["ord"] * 25) + ".", " ".join(["ord"] * 26) + "."
    assert readability(just, language="nb").long_sentences == ()
    assert readability(f"Kort. {over} Kort.", language="en").long_sentences == (LongSentence(over[:-1], 26),)


def test_a_sentence_is_shown_as_it_stands() -> None:
    text = "Vi møtes 26. november kl. 18.00 på https://a.no/x.y, " + "og " * 25 + "ferdig."
    assert readability(text, language="nb").long_sentences[0].text == text[:-1]


@pytest.mark.parametrize(
    ("language", "text", "word", "instead", "line"),
    [
        ("nb", "Hei.\nVi skriver vedrørende møtet.", "vedrørende", "om", 2),
        ("nb", "I henhold til avtalen", "I henhold til", "etter, ut fra", 1),
        ("nb", "i  henhold til avtalen", "i  henhold til", "etter, ut fra", 1),
        ("nn", "Vi skriv vedrørande møtet", "vedrørande", "om", 1),
        ("en", "Please call prior to the meeting", "prior to", "before", 1),
    ],
)
def test_names_words_of_offices_with_a_plainer_one(
    language: str, text: str, word: str, instead: str, line: int
) -> None:
    found = heavy_words(text, language)
    assert [(each.word, each.instead, each.line) for each in found] == [(word, instead, line)]


@pytest.mark.parametrize("text", ["sammen", "samtidig", "Vi samtaler om det", "bistandsloven"])
def test_part_of_another_word_is_no_word_of_offices(text: str) -> None:
    assert heavy_words(text, "nb") == ()


def test_a_language_without_a_list_has_no_words_of_offices() -> None:
    assert heavy_words("angående", "uk") == ()


@pytest.mark.parametrize("language", sorted(WORDS))
def test_no_plain_word_is_itself_an_office_word(language: str) -> None:
    for plain in WORDS[language].values():
        assert heavy_words(plain, language) == (), plain
