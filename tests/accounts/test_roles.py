"""The table of rights: what each role may, and that nobody slips in by an unknown name."""

import pytest

from outreach.accounts.roles import PERMISSIONS, ROLE_WORDS, Permission, Role, may


def test_every_role_is_in_the_table_and_has_a_word() -> None:
    assert set(PERMISSIONS) == set(Role) == set(ROLE_WORDS)


def test_the_number_of_protected_is_for_the_role_privacy_alone() -> None:
    assert [role for role in Role if may(role, Permission.REGISTER_SEE_PROTECTED)] == [Role.PRIVACY]


def test_a_reader_changes_nothing() -> None:
    assert PERMISSIONS[Role.READER] == {Permission.EVENT_SEE, Permission.REPORT_SEE}


@pytest.mark.parametrize("role", ["", "Admin", "root", "admin "])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(may(role, permission) for permission in Permission)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_held_by_somebody(permission: Permission) -> None:
    assert any(may(role, permission) for role in Role)
