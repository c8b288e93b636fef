import pytest

from outreach.formats.contact_checks import EmailFaultError, MobileFaultError, email_address, holds_link, mobile_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("   ", None),
        (" ase@example.no\n", "ase@example.no"),
        ("Åse@Blåbær.no", "Åse@blåbær.no"),
        ("ase+modum@modum.example", "ase+modum@modum.example"),
    ],
)
def test_an_address_is_normalised_and_an_empty_field_is_none(typed: str, kept: str | None) -> None:
    assert email_address(typed) == kept


@pytest.mark.parametrize("typed", ["ase", "ase@", "@x.no", "a b@x.no", "ase@x", "a@x.no\r\nBcc: b@x.no", "a@x..no"])
def test_what_is_no_address_is_a_fault(typed: str) -> None:
    with pytest.raises(EmailFaultError):
        email_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("91234567", "+4791234567"),
        ("+47 912 34 567", "+4791234567"),
        ("0047 91 23 45 67", "+4791234567"),
        ("+46 70 123 45 67", "+46701234567"),
    ],
)
def test_a_mobile_number_becomes_e164(typed: str, kept: str | None) -> None:
    assert mobile_number(typed) == kept


@pytest.mark.parametrize("typed", ["1", "abc", "32789300", "9123456", "912345678", "+47", "9" * 300])
def test_what_is_no_mobile_number_is_a_fault(typed: str) -> None:
    with pytest.raises(MobileFaultError):
        mobile_number(typed)


@pytest.mark.parametrize(
    ("typed", "is_link"),
    [
        ("Ola Nordmann", False), ("Anne-Lise O'Hara", False), ("J. R. Berg", False), ("St. Hansen jr.", False),
        ("https://evil.example/x Ola", True), ("evil.example", True), ("ola@evil.example", True), ("a:b", True),
    ],
)  # fmt: skip
def test_a_name_holds_no_link(typed: str, is_link: bool) -> None:
    assert holds_link(typed) is is_link
