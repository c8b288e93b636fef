"""What stays of an event when its people are gone: figures and goals. See `data_map.py`."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE = DataClass.NONE
FIGURES: dict[str, ColumnRule] = {
    **rules_of(
        "event_figure",
        Kept.ARCHIVE,
        "",
        (_NONE, "id event_id name value", "a funnel that adds up when people are gone"),
    ),
    **rules_of(
        "event_breakdown",
        Kept.ARCHIVE,
        "",
        (_NONE, "id event_id dimension bucket measure value", "compare years when people are gone; counts of nobody"),
    ),
    **rules_of(
        "settled_event",
        Kept.ARCHIVE,
        "",
        (_NONE, "id event_id settled_at_utc", "two reports of an event tell the same"),
    ),
    **rules_of(
        "yearly_goal",
        Kept.ARCHIVE,
        "",
        (_NONE, "id year kind event_kind measure wanted due_on words", "what the municipality wants of a year"),
    ),
}
