"""The part of the data map that is about the contact point: what those who signed up told us, and their consents."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL = DataClass.NONE, DataClass.INTERNAL, DataClass.PERSONAL
_ERASER = "contact_point.erasure:erase_sign_ups"
CONTACT_POINT: dict[str, ColumnRule] = {
    **rules_of(
        "sign_up",
        Kept.SIGNED_UP,
        _ERASER,
        (_INTERNAL, "id channel language", "write in the way and the language that were chosen"),
        (_INTERNAL, "selector generation", "find the person's own page; opens nothing by itself"),
        (_PERSONAL, "contact_hash contact_sealed", "write to the person, once, and see when they say no"),
        (_PERSONAL, "name_sealed school_sealed programme_sealed", "know who it is, and greet them"),
        (_PERSONAL, "birth_year", "tell people of one name apart, and recognise them in the register"),
        (_PERSONAL, "city finishing_year heard_by", "choose what is of use to them; how many are where"),
        (
            _PERSONAL,
            "person_id is_matched_by_hand is_unlisted",
            "invite by letter, and name nobody who is protected",
        ),
        (_INTERNAL, "confirmed_at_utc changed_at_utc", "when they signed up, and changed something last"),
        (_PERSONAL, "came_home_on home_at_utc", "thank whoever moves home, once, and let go of them"),
        (_INTERNAL, "renewed_at_utc asked_at_utc asks", "ask once a year, remind twice, and let go"),
    ),
    **rules_of(
        "sign_up_interest",
        Kept.SIGNED_UP,
        _ERASER,
        (_INTERNAL, "id", "record number"),
        (_PERSONAL, "sign_up_id interest", "what they want to hear of"),
    ),
    **rules_of(
        "sign_up_consent",
        Kept.SIGNED_UP,
        _ERASER,
        (_INTERNAL, "id wording", "which words they said yes to"),
        (_PERSONAL, "sign_up_id purpose given_at_utc withdrawn_at_utc", "show what was said yes to, from when to when"),
    ),
    **rules_of(
        "sign_up_request",
        Kept.UNCONFIRMED,
        "contact_point.erasure:erase_requests",
        (_INTERNAL, "id channel language made_at_utc token_hash", "a form that waits to be confirmed"),
        (_PERSONAL, "sign_up_id contact_hash details_sealed", "what was filled in"),
    ),
    **rules_of(
        "social_group",
        Kept.ARCHIVE,
        "",
        (_NONE, "id city name url short created_at_utc changed_at_utc", "lead to a group in social media"),
    ),
    **rules_of(
        "group_click",
        Kept.ARCHIVE,
        "",
        (_NONE, "id group_id day clicks", "how often a link was followed on a day, of nobody"),
    ),
}
