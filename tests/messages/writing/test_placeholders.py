import pytest

from outreach.messages.writing.placeholders import (
    Fault,
    FaultKind,
    UnfilledError,
    Used,
    chosen,
    faults,
    filled,
    filled_in_lines,
    used,
)

KNOWN = frozenset({"fornavn", "dato", "lenke"})


def test_tells_which_placeholders_stand_on_which_line() -> None:
    assert used("Hei {fornavn}!\n\nSvar på { lenke } innen {dato}.") == (
        Used("fornavn", 1),
        Used("lenke", 3),
        Used("dato", 3),
    )


@pytest.mark.parametrize(
    ("text", "kind", "name", "line"),
    [
        ("Hei {navn}!", FaultKind.UNKNOWN, "{navn}", 1),
        ("Hei {Fornavn}!", FaultKind.UNKNOWN, "{Fornavn}", 1),
        ("Hei!\n{}", FaultKind.UNKNOWN, "{}", 2),
        ("Hei!\n\nSvar på {lenke}", FaultKind.NO_VALUE, "{lenke}", 3),
        ("Hei!\nHei {fornavn!", FaultKind.BROKEN, "Hei {fornavn!", 2),
        ("Hei fornavn}!", FaultKind.BROKEN, "Hei fornavn}!", 1),
        ("Hei {{fornavn}}", FaultKind.BROKEN, "Hei {}", 1),
    ],
)
def test_names_what_is_wrong_with_line_and_language(text: str, kind: FaultKind, name: str, line: int) -> None:
    values = {"fornavn": "Åse", "dato": "26. november", "lenke": ""}
    assert faults(text, language="nn", known=KNOWN, values=values) == (Fault(kind, name, line, "nn"),)


def test_tells_all_faults_from_the_top() -> None:
    found = faults("{x}\n{\n{y} {dato}", language="nb", known=KNOWN)
    assert [(fault.name, fault.line) for fault in found] == [("{x}", 1), ("{", 2), ("{y}", 3)]


def test_a_missing_value_is_no_fault_while_nobody_asks_for_values() -> None:
    assert faults("Hei {fornavn}, {lenke}", language="nb", known=KNOWN) == ()


def test_fills_each_place_as_it_is_to_be_written() -> None:
    values = {"fornavn": "Åse", "dato": "26. november"}
    assert filled("Hei {fornavn}! {dato}, { fornavn }.", values) == "Hei Åse! 26. november, Åse."
    assert filled("{fornavn}", values, written=str.upper) == "ÅSE"


def test_a_value_of_several_lines_is_a_list_or_one_line() -> None:
    values = {"steder": "Oslo\n*Bergen*", "fornavn": "Åse"}
    text = "Hei {fornavn}!\n\n- {fornavn}: {steder}\n\nHei"
    assert filled_in_lines(text, values, written=str.upper) == "Hei ÅSE!\n\n- ÅSE: OSLO\n- ÅSE: *BERGEN*\n\nHei"
    assert filled("{fornavn}: {steder}", values) == "Åse: Oslo; *Bergen*"
    with pytest.raises(UnfilledError):
        filled_in_lines("{steder} {lenke}", values)


def test_what_a_guest_is_called_is_never_read_as_a_placeholder() -> None:
    assert filled("Hei {fornavn}", {"fornavn": "{lenke}", "lenke": "https://modum.example"}) == "Hei {lenke}"


@pytest.mark.parametrize("values", [{}, {"fornavn": ""}])
def test_refuses_to_fill_in_half(values: dict[str, str]) -> None:
    with pytest.raises(UnfilledError):
        filled("Hei {fornavn}", values)


@pytest.mark.parametrize(
    ("text", "one", "several"),
    [
        ("Kommer {du|dere}?", "Kommer du?", "Kommer dere?"),
        ("{Du|Noen av dere} har {fornavn}", "Du har {fornavn}", "Noen av dere har {fornavn}"),
        ("{|dere} {a|b|c} a|b", "{|dere} {a|b|c} a|b", "{|dere} {a|b|c} a|b"),
    ],
)
def test_chooses_words_for_one_or_for_several(text: str, one: str, several: str) -> None:
    assert chosen(text, is_one=True) == one
    assert chosen(text, is_one=False) == several
