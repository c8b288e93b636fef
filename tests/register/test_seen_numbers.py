from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from outreach.register.seen_numbers import SeenNames, SeenNumbers

numbers = st.lists(st.tuples(st.sampled_from(["010190", "020290"]), st.integers(0, 30), st.integers()), max_size=60)


@given(numbers)
def test_remembers_where_each_number_stood_first(rows: list[tuple[str, int, int]]) -> None:
    seen = SeenNumbers()
    first: dict[str, tuple[int, int]] = {}
    for row, (day, suffix, mark) in enumerate(rows, start=1):
        number = f"{day}{suffix:05}"
        found = seen.add(number, row, mark)
        if number in first:
            earlier, said = first[number]
            assert found == (earlier, said & 0xFFFFFFFF == mark & 0xFFFFFFFF)
        else:
            assert found is None
            first[number] = (row, mark)


names = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abcæ"), st.integers()), max_size=60)


@given(names)
def test_remembers_where_each_name_with_its_birth_date_stood_first(rows: list[tuple[int, str, int]]) -> None:
    seen = SeenNames()
    first: dict[tuple[int, str], tuple[int, int]] = {}
    for row, (days, name, mark) in enumerate(rows, start=1):
        found = seen.add(name, date(1990, 4, 12) + timedelta(days), row, mark)
        earlier, said = first.setdefault((days, name), (row, mark))
        assert found == (None if earlier == row else (earlier, said & 0xFFFFFFFF == mark & 0xFFFFFFFF))
