"""Sheets and postage, at a price that somebody typed."""

import pytest

from outreach.invitations.letters.making.postage import PriceFaultError, estimate


@pytest.mark.parametrize(
    ("letters", "price", "shown"),
    [
        (50, "21,50", "1\N{NO-BREAK SPACE}075,00"),
        (13_000, "0.05", "650,00"),
        (3, " 21 kr ", "63,00"),
        (0, "21", "0,00"),
        (7, "", ""),
    ],
)
def test_counts_to_the_last_ore(letters: int, price: str, shown: str) -> None:
    found = estimate(letters, price)
    assert (found.letters, found.sheets, found.shown) == (letters, letters, shown)


@pytest.mark.parametrize("price", ["gratis", "-1", "1,234", "12345", "1e3", "٣"])
def test_what_is_no_price_is_refused(price: str) -> None:
    with pytest.raises(PriceFaultError):
        estimate(10, price)
