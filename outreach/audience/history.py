"""What later capabilities know of a person's past, handed in through `queries.know_by`. Pure: names only."""

from enum import StrEnum


class History(StrEnum):
    """`INVITED` comes with the moment, `EVER_INVITED` tells of the same people without it, which is less to look up.

    `INTERESTED` has a second column, `interest`, and a row for each. Each is about events other than the one at hand.
    """

    INVITED = "invited"
    EVER_INVITED = "ever_invited"
    ATTENDED = "attended"
    UNANSWERED = "unanswered"
    SIGNED_UP = "signed_up"
    INTERESTED = "interested"
