"""The address of an invitation, as it stands in a QR or an e-mail. Pure.

In capitals where the origin has no path: then a QR holds it in alphanumeric mode and is smaller (formats/qr.py). Host
names and schemes do not care about case (RFC 3986 3.1, 3.2.2), and the route takes /I/ as well as /i/.
"""

from outreach.formats.short_code import grouped


def invitation_url(public_url: str, code: str) -> str:
    """Return the link of the invitation with `code` (ungrouped) below `public_url`, in lower-case /i/ form."""
    return f"{public_url}/i/{code}"


def qr_url(public_url: str, code: str, *, keeps_case: bool) -> str:
    """Return what the QR of a letter holds; `keeps_case` when `public_url` has a path, whose case matters."""
    url = invitation_url(public_url, code)
    return url if keeps_case else url.upper()


def printed_code(code: str) -> str:
    """Return `code` as it is printed and typed: XXXX-XXXX-XXXX."""
    return grouped(code)
