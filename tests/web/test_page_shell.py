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
    for number in range(301):
        shells.keep(number, Shell((str(number),), ()))
    assert shells.get(300) == Shell(("300",), ())
    assert shells.get(0) is None


def test_a_text_cannot_hold_a_mark_by_itself() -> None:
    assert cut("PLACE-OF-TOKEN-ENDS").texts == ("PLACE-OF-TOKEN-ENDS",)
    assert cut(mark("token").replace("TOKEN", "NAMES")).places == ("names",), "the same mark for the same name"
