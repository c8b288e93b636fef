"""Where young people from here study: the cities that have meetups of their own, or elsewhere. Pure."""

from enum import StrEnum

from outreach.errors import N_


class StudyPlace(StrEnum):
    """Where they study; the values are part of addresses."""

    OSLO = "oslo"
    BERGEN = "bergen"
    TRONDHEIM = "trondheim"
    OTHER = "other"


PLACE_WORDS = {
    StudyPlace.OSLO: "Oslo",
    StudyPlace.BERGEN: "Bergen",
    StudyPlace.TRONDHEIM: "Trondheim",
    StudyPlace.OTHER: N_("Et annet sted"),
}
