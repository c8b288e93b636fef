"""The address of an invitation."""

from outreach.invitations.personal_link import invitation_url, printed_code, qr_url

CODE = "7K4M2PXR9TCH"


def test_the_link_is_below_the_configured_origin():
    assert invitation_url("https://treffpunkt.example", CODE) == f"https://treffpunkt.example/i/{CODE}"


def test_the_qr_is_in_capitals_unless_the_origin_has_a_path():
    assert qr_url("https://treffpunkt.example", CODE, keeps_case=False) == f"HTTPS://TREFFPUNKT.EXAMPLE/I/{CODE}"
    assert qr_url("https://x.example/Sti", CODE, keeps_case=True) == f"https://x.example/Sti/i/{CODE}"


def test_the_printed_code_is_one_run_of_three_groups():
    assert printed_code(CODE) == "7K4M-2PXR-9TCH"
