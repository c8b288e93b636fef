"""Sign-in leads back to a staff page of this site and nowhere else."""

import pytest

from outreach.accounts.way_back import START, safe_way_back

KEPT = ["/admin/", "/admin/arrangementer/ny-i-modum-2026", "/admin/logg?side=2", "/admin/a%20b"]
REFUSED = [
    None,
    "",
    "/",
    "/svar",
    "//ond.example/admin/",
    "https://ond.example/admin/",
    "/\\ond.example",
    "/admin//ond.example",
    "/admin/../svar",
    "/admin/\r\nLocation: x",
    "/admin/\t",
    " /admin/",
    "javascript:alert(1)",
    "/admin/" + "a" * 500,
]


@pytest.mark.parametrize("path", KEPT)
def test_a_staff_page_is_kept(path: str) -> None:
    assert safe_way_back(path) == path


@pytest.mark.parametrize("path", REFUSED)
def test_anything_else_leads_to_the_start_page(path: str | None) -> None:
    assert safe_way_back(path) == START
