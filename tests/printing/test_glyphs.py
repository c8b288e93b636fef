import pytest
from fontTools.ttLib import TTFont

from outreach.printing import glyphs
from outreach.printing.glyphs import FONTS, unprintable


def test_the_list_is_what_the_regular_weights_hold() -> None:
    held: set[int] = set()
    for name in ("Inter_400Regular.ttf", "NotoSansArabic_400Regular.ttf"):
        with TTFont(FONTS / name) as font:
            held |= set(font.getBestCmap())
    listed = {code for start, end in zip(*glyphs._coverage(), strict=True) for code in range(start, end + 1)}
    assert listed == held


@pytest.mark.parametrize(
    "text", ["Åse Bråthen", "Čálliidšiljju", "Đorđe", "محمد الحسن", "Олена", "Łukasz", "O’Brien\n"]
)
def test_prints_names_of_many_origins(text: str) -> None:
    assert unprintable([text]) == ""


def test_names_each_missing_character_once() -> None:
    assert unprintable(["王小王", "Kari 😀"]) == "王小😀"
