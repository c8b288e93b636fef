import pytest

from outreach.messages.writing.sms_parts import SmsSize, sms_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", SmsSize(0)),
        ("a" * 160, SmsSize(1)),
        ("a" * 161, SmsSize(2)),
        ("a" * 306, SmsSize(2)),
        ("a" * 307, SmsSize(3)),
        ("æøåÆØÅé" * 22, SmsSize(1)),
        ("€" * 80, SmsSize(1)),
        ("€" * 81, SmsSize(2)),
        ("a" * 152 + "€" * 77, SmsSize(3)),
        ("š" * 70, SmsSize(1, "š")),
        ("š" * 71, SmsSize(2, "š")),
        ("a–b“", SmsSize(1, "–“")),
        ("😀" * 35, SmsSize(1, "😀")),
        ("😀" * 36, SmsSize(2, "😀")),
        ("😀" * 67, SmsSize(3, "😀")),
    ],
)
def test_counts_parts_and_names_costly_characters(text: str, size: SmsSize) -> None:
    assert sms_size(text) == size
