from hypothesis import given
from hypothesis import strategies as st

from outreach.register.seen_numbers import SeenNumbers

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
