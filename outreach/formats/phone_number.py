"""A telephone number of ours as pages show it and as phones dial it. Pure; numbers come as somebody wrote the setting.

Source: RFC 3966 5.1.4, a link is to hold the global number, country code first. Norwegian unless "+" or "00" says else.
"""

import phonenumbers

_UNBREAKABLE_BLANK = "\u00a0"


def shown(number: str) -> str:
    """Return `number` as written, never broken over two lines."""
    return _UNBREAKABLE_BLANK.join(number.split())


def dialled(number: str) -> str:
    """Return what a link dials: "+4732789300". A number of this country alone, as 110, stays what it is."""
    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is not None and phonenumbers.is_possible_number(parsed):
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return "".join(char for char in number if char.isdigit() or char == "+")
