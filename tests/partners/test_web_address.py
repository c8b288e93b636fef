import pytest

from outreach.partners.web_address import DangerousAddressError, WebAddressError, shown, web_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("https://www.trevare.example/jobb?id=1#sok", "https://www.trevare.example/jobb?id=1#sok"),
        ("trevare.example", "https://trevare.example"),
        ("HTTP://Trevare.Example/Jobb", "http://trevare.example/Jobb"),
        ("https://blåbær.example/søk", "https://xn--blbr-roah.example/søk"),
        ("https://trevare.example.", "https://trevare.example"),
    ],
)
def test_keeps_addresses_of_the_web(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,hei",
        "file:///etc/passwd",
        "mailto:ase@trevare.example",
        "vbscript:x",
        "ftp://trevare.example/fil",
        "https://modum.kommune.no@ond.example/",
        "https://bruker:passord@trevare.example/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://localhost/",
        "https://kopimaskin.internal/",
        "https://trevare.example:8443/",
        "trevare.example:8080",
        "https:\\\\ond.example",
        "https://trevare.example\u202e/moc",
        "https://tre\u200bvare.example",
        "java\0script:alert(1)",
    ],
)
def test_refuses_what_leads_somewhere_dangerous(typed: str) -> None:
    with pytest.raises(DangerousAddressError):
        web_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["trevare", "https://", "http://.example", "https://-a.example", "en side", "https://a b.example", "x" * 301,
     "https://tre..vare.example", "https://trevare.123"],
)  # fmt: skip
def test_says_what_is_no_address(typed: str) -> None:
    with pytest.raises((WebAddressError, DangerousAddressError)):
        web_address(typed)


def test_tells_where_it_leads() -> None:
    assert shown("https://www.trevare.example/jobb") == "trevare.example"
