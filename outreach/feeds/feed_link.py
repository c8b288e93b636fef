"""The address of a personal feed. Pure.

Its code is computed from a random selector and a generation, never stored (about 131 bits of secret), for this purpose
alone: whoever finds it in a calendar program opens neither the ticket nor one's own page with it.
"""

from urllib.parse import urlencode, urlsplit

from outreach.formats.short_code import CodeShape

FEED = CodeShape(selector_length=9, secret_length=29)


def feed_url(public_url: str, code: str) -> str:
    """Return the address of the feed that has `code`."""
    return f"{public_url}/kalender/{code.lower()}.ics"


def ways_in(url: str) -> dict[str, str]:
    """Return the addresses that subscribe to the feed at `url` in one tap, by the program's name."""
    # Apple's and Microsoft's programs take this scheme as "subscribe", whatever the transport.
    subscribe = urlsplit(url)._replace(scheme="webcal").geturl()
    return {
        "": subscribe,
        "Google Kalender": f"https://calendar.google.com/calendar/render?{urlencode({'cid': subscribe})}",
        "Outlook": f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': url})}",
    }
