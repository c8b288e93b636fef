"""Numbers are right by Skatteetaten's rule, synthetic, and never issued twice."""

from datetime import date

import pytest

from outreach.demo.national_numbers import NumberRegister, with_control_digits

BIRTH = date(1991, 4, 12)


def remainders(number: str) -> tuple[int, int]:
    digits = [int(char) for char in number]
    k1 = sum(a * b for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), digits[:10], strict=True)) % 11
    k2 = sum(a * b for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), digits, strict=True)) % 11
    return k1, k2


def test_a_number_shows_birth_date_with_month_plus_eighty() -> None:
    number = NumberRegister().issue(BIRTH, wish=7)
    assert number.startswith("128491")
    assert remainders(number) == (0, 0)


def test_a_d_number_has_forty_added_to_the_day() -> None:
    number = NumberRegister().issue(BIRTH, wish=7, is_d_number=True)
    assert number.startswith("528491")
    assert remainders(number) == (0, 0)


def test_a_number_of_2032_has_a_remainder_that_the_old_rule_refuses() -> None:
    number = NumberRegister().issue(BIRTH, wish=7, is_of_2032=True)
    assert remainders(number)[0] in {1, 2, 3}
    assert remainders(number)[1] == 0


def test_the_same_wish_gives_another_number_each_time() -> None:
    register = NumberRegister()
    assert len({register.issue(BIRTH, wish=7) for _ in range(300)}) == 300


def test_a_birth_date_without_numbers_left_is_refused() -> None:
    register = NumberRegister()
    with pytest.raises(ValueError, match="no number left"):  # noqa: PT012 - which call is the last is not the point
        for _ in range(501):
            register.issue(BIRTH, wish=0)


def test_some_nine_digits_have_no_control_digits() -> None:
    assert any(with_control_digits(f"128491{individual:03}") is None for individual in range(100))
