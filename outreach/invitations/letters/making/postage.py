"""How many sheets a batch takes, and what it costs to send at a price that somebody typed. Pure; knows no price.

A letter is one sheet, printed on both sides (sheet.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from outreach.errors import N_, OutreachError

SHEETS_A_LETTER = 1
_PRICE = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))?")


class PriceFaultError(OutreachError):
    """What was typed is no price."""

    message = N_("Skriv prisen per brev i kroner, for eksempel 21 eller 21,50.")


@dataclass(frozen=True)
class Estimate:
    """Sheets of paper, and kroner for postage; None where no price was typed."""

    letters: int
    sheets: int
    kroner: Decimal | None

    @property
    def shown(self) -> str:
        """Return the amount with two decimals, as Norwegians write it: "1 075,00"."""
        if self.kroner is None:
            return ""
        return f"{self.kroner:,.2f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def estimate(letters: int, price: str) -> Estimate:
    """Return what `letters` take at `price` (kroner a letter, as typed; empty for none). Raises PriceFaultError."""
    text = price.strip().removesuffix("kr").strip()
    if not text:
        return Estimate(letters, letters * SHEETS_A_LETTER, None)
    found = _PRICE.fullmatch(text)
    if found is None:
        raise PriceFaultError
    return Estimate(letters, letters * SHEETS_A_LETTER, letters * Decimal(f"{found[1]}.{found[2] or 0}"))
