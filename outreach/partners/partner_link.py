"""The links of partners and stands: computed, never stored. Pure.

A partner's page opens by a random selector and a secret made from it and its generation (about 131 bits). A stand's
page is for everybody who stands before it: its sheet has the selector alone, which opens nothing else.
"""

from outreach.formats.short_code import CodeShape

PARTNER_PAGE = CodeShape(selector_length=9, secret_length=29)
PURPOSE = "partner"


def partner_url(public_url: str, code: str) -> str:
    """Return the address of the partner's page that has `code`."""
    return f"{public_url}/partner/{code.lower()}"


def stand_url(public_url: str, selector: str) -> str:
    """Return the address that the sheet on a stand leads to."""
    return f"{public_url}/stand/{selector.lower()}"


def recipient(participation_id: int) -> str:
    """Return the outbox recipient of what is sent to a partner about one event."""
    return f"participation:{participation_id}"
