"""A telephone number of ours as pages show it and as phones dial it. Pure; numbers come as somebody wrote the setting.

Source: RFC 3966 5.1.4, a link is to hold the global number, country code first. Norwegian unless "+" or "00" says else.
"""

import phonenumbers

_UNBREAKABLE_BLANK = "\u00a0"


def shown(number: str) -> str:
    """Return `number` in groups, never broken over two lines: as written, or as Norwegians do when it came without any.

    "+4732789300" becomes "32 78 93 00", and a number of another country "+46 8 508 000 00".
    """
    return _UNBREAKABLE_BLANK.join(_grouped(number).split())


def _grouped(number: str) -> str:
    parsed = _parsed(number) if number.startswith("+") and number[1:].isdigit() else None
    if parsed is None:
        return number
    ours = parsed.country_code == phonenumbers.country_code_for_region("NO")
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, kind))


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def dialled(number: str) -> str:
    """Return what a link dials: "+4732789300". A number of this country alone, as 110, stays what it is."""
    parsed = _parsed(number)
    if parsed is not None:
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return "".join(char for char in number if char.isdigit() or char == "+")
