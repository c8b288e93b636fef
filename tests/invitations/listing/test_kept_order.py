"""Orders are made again when a row has changed, and hold nothing but ids."""

from outreach.invitations.listing.kept_order import KeptOrders

ROWS = [[(1, b"sealed", None), (2, b"other", b"name")]]


def test_the_same_rows_are_ordered_once_and_changed_rows_again() -> None:
    orders, made = KeptOrders(), []

    def make() -> list[int]:
        made.append(len(made))
        return [2, 1]

    assert orders.order("evening", ROWS, make) == orders.order("evening", [list(ROWS[0])], make) == [2, 1]
    assert made == [0]
    orders.order("evening", [[(1, b"sealed", None), (2, b"other", b"changed")]], make)
    orders.order("another evening", ROWS, make)
    assert made == [0, 1, 2]


def test_who_changes_the_order_that_was_returned_changes_none_that_is_kept() -> None:
    orders = KeptOrders()
    orders.order("evening", ROWS, lambda: [2, 1]).clear()
    assert orders.order("evening", ROWS, lambda: [9]) == [2, 1]


def test_only_the_latest_lists_are_kept() -> None:
    orders, made = KeptOrders(), []
    for name in [*range(40), 39, 0]:
        orders.order(name, ROWS, lambda: made.append(1) or [])  # type: ignore[func-returns-value]
    assert len(made) == 41
