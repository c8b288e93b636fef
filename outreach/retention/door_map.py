"""The part of the data map that is about doors, the phones at them, and what they scanned."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
DOORS: dict[str, ColumnRule] = {
    **rules_of(
        "door_pairing",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (
            _INTERNAL,
            "id event_id door secret_hash created_at_utc expires_at_utc is_revoked is_rehearsal",
            "one shift at one door",
        ),
    ),
    **rules_of(
        "door_choices",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (
            _INTERNAL,
            "event_id has_names pin_generation told_needs revision in_charge_revision",
            "what phones at an event's doors are told",
        ),
        (
            _PERSONAL,
            "in_charge_name_sealed in_charge_phone_sealed",
            "whom a volunteer at the door shall fetch or ring this evening",
        ),
    ),
    **rules_of(
        "paper_sheet",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (_INTERNAL, "id event_id number made_at_utc others_came brought_at_utc", "the guest list on paper"),
    ),
    **rules_of(
        "paper_line",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (_INTERNAL, "id sheet_id number", "a line of the guest list on paper"),
        (_PERSONAL, "ticket_id came", "who came, as it was written on paper"),
    ),
    **rules_of(
        "door_device",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (
            _INTERNAL,
            "id pairing_id event_id door token_hash paired_at_utc expires_at_utc is_revoked is_rehearsal",
            "one paired phone",
        ),
        (_PERSONAL, "name", "which phone, as the volunteer named it"),
        (_INTERNAL, "last_seen_at_utc clock_offset_ms", "order scans by a common clock"),
        (_INTERNAL, "waiting_scans", "tell the door lead what is not sent yet"),
    ),
    **rules_of(
        "scan",
        Kept.EVENT,
        "checkin.erasure:erase_event_people",
        (
            _INTERNAL,
            "scan_id event_id device_id door counter roster_version undoes",
            "which phone said what, in which order",
        ),
        (
            _PERSONAL,
            "ticket_id ticket_hash ticket_generation kind persons phone_verdict",
            "who came, and whether twice",
        ),
        (_PERSONAL, "phone_at_utc at_utc received_at_utc", "when"),
    ),
}
