"""Partners for the pages: one in each state that has a page of its own."""

from outreach.partners.organisation import Kind
from tests.factories.partners import contact_of, make_partner


def partners() -> dict[str, str]:
    """Return the ids and links of partners."""
    first = make_partner(website="https://www.trevare.example/jobb")
    make_partner(
        name="Snarum og Åmot idrettslag, avdeling for friluftsliv og turmarsj",
        kind=Kind.CLUB,
        number=None,
        contact={"name": "Ingeborg Anna Vikersundbråten-Haugenrud", "has_agreed": False, "role": ""},
    )
    return {"organisation_id": str(first.id), "contact_id": str(contact_of(first).id)}
