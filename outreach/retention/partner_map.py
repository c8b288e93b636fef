"""The part of the data map that is about partners: organisations, who speaks for them, what they do and offer."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
PARTNERS: dict[str, ColumnRule] = {
    **rules_of(
        "partner_organisation",
        Kept.PARTNER,
        "partners.erasure:erase_idle",
        (_NONE, "id number kind about website logo logo_mark", "show guests who takes part"),
        (_PERSONAL, "name register_name", "the same; a sole trader's firm has the person's name"),
        (_INTERNAL, "standing register_asked_at_utc", "what Enhetsregisteret said, and when"),
        (_INTERNAL, "created_at_utc changed_at_utc", "when it was made, and changed last"),
    ),
    **rules_of(
        "partner_contact",
        Kept.PARTNER,
        "partners.erasure:erase_idle",
        (_INTERNAL, "id organisation_id language created_at_utc", "whom a contact speaks for"),
        (_PERSONAL, "name_sealed role_sealed email_sealed phone_sealed", "reach the partner"),
        (_PERSONAL, "wording agreed_at_utc no_at_utc", "show what was said yes to, from when to when"),
    ),
    **rules_of(
        "participation",
        Kept.PARTNER,
        "partners.erasure:erase_idle",
        (_NONE, "id organisation_id event_id role state place slot_title slot_at_utc", "who does what at an event"),
        (_INTERNAL, "needs_power needs_screen tables", "set up the stand"),
        (_PERSONAL, "note_sealed", "the same, in the partner's own words, which may tell anything"),
        (_PERSONAL, "contact_id", "whom we write to about it"),
        (_INTERNAL, "selector generation", "find the partner's page; opens nothing by itself"),
        (_INTERNAL, "asked_at_utc reminded_at_utc answered_at_utc", "ask once, remind once"),
        (_INTERNAL, "created_at_utc changed_at_utc", "when it was made, and changed last"),
    ),
    **rules_of(
        "partner_task",
        Kept.PARTNER,
        "partners.erasure:erase_idle",
        (
            _INTERNAL,
            "id participation_id text due_on done_at_utc reminded_for",
            "what the partner does before the event",
        ),
    ),
    **rules_of(
        "opportunity",
        Kept.PARTNER,
        "partners.erasure:erase_idle",
        (_NONE, "id organisation_id kind place apply_by link", "show guests what a partner offers"),
        (_PERSONAL, "title text why", "the same, in words that may name somebody to call"),
        (_INTERNAL, "state made_at_utc changed_at_utc decided_at_utc decided_by_id", "who has read it before guests"),
    ),
    **rules_of(
        "stand_interest",
        Kept.EVENT,
        "partner_page.erasure:erase_interests",
        (_INTERNAL, "id participation_id left_at_utc language channel", "for which partner, and how to answer"),
        (_INTERNAL, "selector generation", "find the guest's own page; opens nothing by itself"),
        (_PERSONAL, "name_sealed contact_sealed contact_hash", "have the partner answer the guest"),
        (_SPECIAL, "message_sealed", "what the guest wrote, which may tell anything"),
        (_PERSONAL, "purpose wording", "what the guest said yes to"),
    ),
    **rules_of(
        "stand_answer",
        Kept.EVENT,
        "partner_page.erasure:erase_interests",
        (_INTERNAL, "id interest_id answered_at_utc", "when a partner answered"),
        (_SPECIAL, "text_sealed", "what it answered, which may tell anything"),
    ),
}
