"""The links and codes of the contact point. Pure.

One's own page: a code computed from a random selector and its generation, never stored (about 131 bits of secret). To
confirm: 256 random bits, stored as SHA-256 only and good for two days; a text message carries a short code instead,
computed, which counts only together with those bits.
"""

from outreach.formats.short_code import CodeShape, compute, grouped, read

OWN_PAGE = CodeShape(selector_length=9, secret_length=29)
_TYPED = CodeShape(selector_length=0, secret_length=7)


def own_page_url(public_url: str, code: str) -> str:
    """Return the address of the page that has `code`."""
    return f"{public_url}/kontaktpunkt/min/{code.lower()}"


def confirm_url(public_url: str, token: str) -> str:
    """Return the address at which the holder of `token` confirms."""
    return f"{public_url}/kontaktpunkt/bekreft/{token}"


def typed_code(mac: bytes) -> str:
    """Return the code of a text message, grouped: "7KX4-PTWH"."""
    return grouped(compute(_TYPED, "", mac))


def read_typed(typed: str) -> str:
    """Return the code that a person meant, grouped. Raises MistypedCodeError when it can be none."""
    return grouped(read(_TYPED, typed).text)
