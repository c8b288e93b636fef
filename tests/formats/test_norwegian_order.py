import pytest

from outreach.formats.norwegian_order import order_key


def test_the_letters_of_the_end_stand_at_the_end() -> None:
    names = ["Ås", "Aas", "Østby", "Ærø", "Zahl", "Aaby", "Ödegård", "Ägren", "Abel", "Éric", "Eriksen"]
    assert sorted(names, key=order_key) == [
        "Abel", "Éric", "Eriksen", "Zahl", "Ærø", "Ägren", "Østby", "Ödegård", "Aaby", "Ås", "Aas",
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("LIEN", "lien"), ("Ås", "Ås"), ("Renée", "renee")])
def test_case_and_the_way_an_accent_is_stored_do_not_count(one: str, other: str) -> None:
    assert order_key(one) == order_key(other)
