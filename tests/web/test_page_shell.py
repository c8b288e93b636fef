import pytest

from outreach.web.page_shell import Shell, Shells, cut, mark


def test_a_page_is_cut_at_its_marks_and_filled_again() -> None:
    shell = cut(f'<p>{mark("names")}</p><a href="/i/{mark("token")}">{mark("names")}</a>')
    assert shell.places == ("names", "token", "names")
    assert shell.filled({"names": "Åse", "token": "CDF"}) == '<p>Åse</p><a href="/i/CDF">Åse</a>'


def test_what_is_filled_in_is_never_taken_for_a_mark() -> None:
    shell = cut(f"{mark('names')} {mark('token')}")
    assert shell.filled({"names": mark("token"), "token": "CDF"}) == f"{mark('token')} CDF"


def test_a_place_without_a_value_is_a_fault() -> None:
    with pytest.raises(KeyError):
        cut(mark("csrf")).filled({})


def test_a_page_without_marks_stays_as_it_is() -> None:
    assert cut("<p>Hei</p>").filled({}) == "<p>Hei</p>"


def test_shells_are_kept_by_key_and_never_grow_without_end() -> None:
    shells = Shells()
    rendered: list[int] = []

    def shell(number: int) -> Shell:
        return shells.of(number, lambda: rendered.append(number) or str(number))  # type: ignore[func-returns-value]

    for number in range(301):
        shell(number)
    assert shell(300) == Shell(("300",), ())
    assert rendered == list(range(301)), "what is kept is not rendered again"
    assert shell(0) == Shell(("0",), ())
    assert rendered[-1] == 0, "and the first is no longer kept"


def test_a_text_cannot_hold_a_mark_by_itself() -> None:
    assert cut("PLACE-OF-TOKEN-ENDS").texts == ("PLACE-OF-TOKEN-ENDS",)
    assert cut(mark("token").replace("TOKEN", "NAMES")).places == ("names",), "the same mark for the same name"
