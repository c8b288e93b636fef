import pytest

from outreach.messages.sms import in_plain_signs


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("kl.\u00a018.00\u2060–\u206021.00", "kl. 18.00-21.00"),
        ("Ny  parkering:\n«Gratis» ved skolen…", 'Ny parkering: "Gratis" ved skolen...'),
        ("Modum kommune ønsker deg på Åmot @ kl. 18", "Modum kommune ønsker deg på Åmot @ kl. 18"),
        ("Ласкаво просимо", "Ласкаво просимо"),
    ],
)
def test_an_sms_is_written_in_signs_that_cost_no_more_than_they_must(text: str, plain: str) -> None:
    assert in_plain_signs(text) == plain
