"""The part of the data map that is about hosts: who receives guests at an event, and what they are told."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
HOSTS: dict[str, ColumnRule] = {
    **rules_of(
        "event_host",
        Kept.EVENT,
        "hosts.erasure:erase_event_people",
        (_INTERNAL, "id event_id channel language", "of which event, and how to write"),
        (_INTERNAL, "selector generation", "find the host's page; opens nothing by itself"),
        (_PERSONAL, "name_sealed contact_sealed contact_hash", "send the link to the host's page, to each host once"),
        (_PERSONAL, "wording agreed_at_utc no_at_utc", "show what was said yes to, from when to when"),
        (_INTERNAL, "withdrawn_at_utc sends sent_at_utc", "whether the link is in force, and how often it was sent"),
    ),
    **rules_of(
        "host_notes",
        Kept.EVENT,
        "hosts.erasure:erase_event_people",
        (_INTERNAL, "id event_id changed_at_utc", "of which event"),
        (_PERSONAL, "text_sealed", "what hosts must know, in words that may name somebody to call"),
    ),
}
