"""What staff write as Markdown becomes HTML that can do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.events.rich_text import first_words, to_html, to_plain
from tests.strict_html import faults_of

PAGE = "<!doctype html><html lang='nb'><head><title>t</title></head><body><main><h1>t</h1>{}</main></body></html>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Bli kjent med **Modum**.", "<p>Bli kjent med <strong>Modum</strong>.</p>\n"),
        ("# Mat\nog drikke", "<h3>Mat</h3>\n<p>og drikke</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://ond.example/spor.gif)", None),
        ("", ""),
    ],
)
def test_markdown_becomes_safe_html(markdown: str, html: str | None) -> None:
    assert html is None or to_html(markdown) == html
    assert "<img" not in to_html(markdown)


def test_a_link_tells_the_other_site_nothing() -> None:
    assert to_html("[Modum](https://www.modum.kommune.no)") == (
        '<p><a href="https://www.modum.kommune.no" rel="noopener noreferrer">Modum</a></p>\n'
    )


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_text_makes_a_sound_page(markdown: str) -> None:
    assert faults_of(PAGE.format(to_html(markdown)).encode()) == []


def test_plain_text_keeps_the_words() -> None:
    assert to_plain("Kaffe & **kaker**\n\n- kl. 18\n- kl. 19") == "Kaffe & kaker\nkl. 18\nkl. 19"
    assert first_words("Kaffe og kaker til alle", most=15) == "Kaffe og…"
    assert first_words("Kaffe") == "Kaffe"
