import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.messages.writing.markdown_text import escaped, refused_links, styled, to_html, to_text

OWN = "http://localhost:8000"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Hei **du**", "<p>Hei <strong>du</strong></p>"),
        ("en\nto", "<p>en<br>\nto</p>"),
        ("# Stor", "<h2>Stor</h2>"),
        ("#### Liten", "<h3>Liten</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[Svar](https://a.no/x)", '<p><a href="https://a.no/x">Svar</a></p>'),
        ("[Ring](tel:+4732789300)", '<p><a href="tel:+4732789300">Ring</a></p>'),
        ("[Skriv](mailto:a@b.no)", '<p><a href="mailto:a@b.no">Skriv</a></p>'),
        (f"[Vår]({OWN}/i/A)", f'<p><a href="{OWN}/i/A">Vår</a></p>'),
        ("[Annen](http://a.no)", "<p><a>Annen</a></p>"),
        ("[Lik](http://localhost:8000.evil.no)", "<p><a>Lik</a></p>"),
        ("![Bilde](https://a.no/x.png)", "<p></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('<img src="https://a.no/x.png">', '<p>&lt;img src="https://a.no/x.png"&gt;</p>'),
    ],
)
def test_becomes_html_that_can_do_no_harm(markdown: str, html: str) -> None:
    assert to_html(markdown, own_origin=OWN).strip() == html


@given(st.text(max_size=300))
def test_whatever_is_written_no_tag_outside_the_list_and_no_script_gets_through(text: str) -> None:
    html = to_html(text, own_origin=OWN)
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html)) <= {
        *("p", "br", "ul", "ol", "li", "strong", "em", "a", "h2", "h3", "blockquote", "code", "hr")
    }
    for address in re.findall(r'href="([^"]*)"', html):
        assert address.lower().startswith(("https:", "mailto:", "tel:", OWN))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Hei\n\nen *to*\ntre", "Hei\n\nen to\ntre"),
        ("- a\n- b\n\nslutt", "- a\n- b\n\nslutt"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("- a\n  - b", "- a\n  - b"),
        ("- a\n\n1. b", "- a\n\n1. b"),
        ("- lang\n  linje", "- lang\n  linje"),
        ("Klikk [her](https://a.no/x).", "Klikk her: https://a.no/x."),
        ("<https://a.no/x>", "https://a.no/x"),
        ("[32 78 93 00](tel:32789300)", "32 78 93 00"),
        ("[Ring](tel:32789300)", "Ring (32789300)"),
        ("<a@b.no> og [oss](mailto:c@d.no)", "a@b.no og oss (c@d.no)"),
        ("[Annen](http://a.no)", "Annen"),
        ("![Kart](https://a.no/x.png)", "Kart"),
        ("`kode`\n\n    blokk", "kode\n\nblokk"),
        ("", ""),
    ],
)
def test_becomes_plain_text_with_addresses_in_words(markdown: str, text: str) -> None:
    assert to_text(markdown, own_origin=OWN) == text


@pytest.mark.parametrize(
    ("markdown", "refused"),
    [
        ("[a](https://a.no) [b](mailto:b@c.no) [c](tel:1)", ()),
        (f"<{OWN}/i/A>", ()),
        ("[a](http://a.no) og [b](http://a.no)", ("http://a.no",)),
        ("![a](https://a.no/x.png)", ("https://a.no/x.png",)),
        ("[a](javascript:alert(1))", ("javascript:alert(1)",)),
        ("[a](/svar)", ("/svar",)),
    ],
)
def test_names_the_links_that_will_not_be_there(markdown: str, refused: tuple[str, ...]) -> None:
    assert refused_links(markdown, own_origin=OWN) == refused


@pytest.mark.parametrize(
    "value", ["Åse_Lien", "*Bo*", "# Bo", "1. Bo", "<b>Bo</b>", "[x](https://a.no)", "a & b", "O'Hara"]
)
def test_a_value_says_just_what_it_is(value: str) -> None:
    assert to_text(escaped(value)) == value
    assert "<b>" not in to_html(escaped(value))
    assert "href" not in to_html(escaped(value))


def test_an_address_is_a_link_by_itself_and_inside_a_link() -> None:
    url = "https://modum.example/i/K7MF2XQP9TRA"
    assert f'href="{url}"' in to_html(escaped(url))
    assert to_html(f"[Svar]({escaped(url)})").count("<a ") == 1


def test_the_style_stands_at_each_tag() -> None:
    assert styled("<p>a</p><ul><li>b</li></ul>", {"p": "margin:0", "li": "color:red"}) == (
        '<p style="margin:0">a</p><ul><li style="color:red">b</li></ul>'
    )
