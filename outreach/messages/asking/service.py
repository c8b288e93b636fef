"""Asks KRR about the people of some messages at once. Nothing of the answer is kept: it lives until the hand-over."""

from collections.abc import Mapping, Sequence

from outreach.messages.composers import Postponed
from outreach.messages.register_contact import NOBODY, RegisterContact
from outreach.messages.transports import contact_register_of
from outreach.web.headers import settings_of_app


def ask_register(numbers: Mapping[int, Sequence[str]]) -> dict[int, tuple[RegisterContact, ...] | Postponed]:
    """Return by message where the people with its `numbers` may be written to, in their order; or Postponed for all of
    them when the register cannot tell now. No transaction is open meanwhile.
    """
    services = settings_of_app().services
    everybody = sorted({number for mine in numbers.values() for number in mine})
    found = contact_register_of(services).ask(everybody) if everybody and services.krr_url else {}
    if found is None:
        return {message: Postponed() if mine else () for message, mine in numbers.items()}
    return {message: tuple(found.get(number, NOBODY) for number in mine) for message, mine in numbers.items()}
