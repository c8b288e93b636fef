import pytest

from outreach.messages.contact import ContactFaultError, subject_of, subject_of_typed


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        (" Per@Gjest.example ", "per@gjest.example"),
        ("åse@gjest.example", "åse@gjest.example"),
        ("912 34 567", "+4791234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("0047 91234567", "+4791234567"),
        ("32 78 93 00", "+4732789300"),
    ],
)
def test_what_is_typed_is_found_again_under_what_we_send_to(typed: str, subject: str) -> None:
    assert subject_of_typed(typed) == subject == subject_of(subject)


@pytest.mark.parametrize("typed", ["", "per", "per@", "@x.example", "12", "tlf", "per@gjest.example, x@y.example"])
def test_what_is_neither_is_refused(typed: str) -> None:
    with pytest.raises(ContactFaultError):
        subject_of_typed(typed)
