"""One try at signing in, and which counters it counts in. In: what was typed and from where. Pure values."""

from dataclasses import dataclass

from outreach.accounts.known_browser import KnownBrowser


@dataclass(frozen=True)
class Attempt:
    """What was typed, from which address, and in which browser, if we know it."""

    email: str
    password: str
    address: str
    known_browser: KnownBrowser | None = None


@dataclass(frozen=True)
class Credentials:
    """What an account keeps to check a password against."""

    user_id: int
    password_hash: str
    is_disabled: bool


def counters(attempt: Attempt, kept: Credentials | None) -> tuple[tuple[str, str], ...]:
    """Return (scope, subject) of each counter of `attempt` at the account `kept`, None when there is no such account.

    The owner's own browser has a counter of its own, so that guessing from elsewhere cannot keep the owner out.
    """
    browser = attempt.known_browser
    if kept and browser and browser.user_id == kept.user_id:
        return (("sign-in.browser", f"{kept.user_id} {browser.browser}"),)
    return (("sign-in.address", attempt.address), ("sign-in.account", attempt.email.strip().lower()))
