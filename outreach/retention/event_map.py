"""The part of the data map that is about events: what the public reads, and what it read before a change."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
EVENTS: dict[str, ColumnRule] = {
    **rules_of(
        "event",
        Kept.ARCHIVE,
        "",
        (_NONE, "id slug kind state title description programme", "what the public reads"),
        (_NONE, "starts_at_utc ends_at_utc venue venue_address access_information city", "when and where"),
        (_NONE, "nearest_stop parking", "how to get there"),
        (_NONE, "series_id", "which other events one invitation is for"),
        (_NONE, "capacity answer_by", "how many, until when"),
        (_NONE, "sequence revision created_at_utc changed_at_utc", "which version"),
        (
            _NONE,
            "brings is_open_sign_up capacity_adults capacity_children capacity_wheelchairs",
            "who may sign up, and how many of which kind",
        ),
        (_NONE, "letter_languages", "in which languages its letters are"),
    ),
    **rules_of(
        "event_change",
        Kept.ARCHIVE,
        "",
        (_NONE, "id event_id revision before_json changed_at_utc", "name what changed to those who are told"),
    ),
    **rules_of(
        "series", Kept.ARCHIVE, "", (_NONE, "id title created_at_utc", "events of which a household chooses one")
    ),
}
