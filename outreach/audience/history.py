"""What later capabilities know of a person's past, handed in through `queries.know_by`. Pure: names only."""

from enum import StrEnum


class History(StrEnum):
    """`INVITED` comes with the moment; each is about events other than the one at hand."""

    INVITED = "invited"
    ATTENDED = "attended"
    UNANSWERED = "unanswered"
    SIGNED_UP = "signed_up"
