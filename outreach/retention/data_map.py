"""What each stored column is, why it is kept, how long, and what erases it (GDPR art. 5(1)(b), (c), (e) and art. 30).

In: nothing. Out: DATA_MAP, by "table.column". A column that is missing here, or a row here without a column, makes
`tests/test_personal_data.py` red. Special categories are those of GDPR art. 9: needs tell of health and belief.
"""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of
from outreach.retention.contact_point_map import CONTACT_POINT
from outreach.retention.correspondence_map import CORRESPONDENCE
from outreach.retention.door_map import DOORS
from outreach.retention.event_map import EVENTS
from outreach.retention.figures_map import FIGURES
from outreach.retention.host_map import HOSTS
from outreach.retention.partner_map import PARTNERS

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
DATA_MAP: dict[str, ColumnRule] = {
    **DOORS, **EVENTS, **CORRESPONDENCE, **CONTACT_POINT, **FIGURES, **PARTNERS, **HOSTS,
}  # fmt: skip


def _table(table: str, kept: Kept, eraser: str, *groups: tuple[DataClass, str, str]) -> None:
    """Enter the columns of `table`; each group is (class, columns with blanks between, purpose)."""
    DATA_MAP.update(rules_of(table, kept, eraser, *groups))


_table(
    "person",
    Kept.REGISTER,
    "people.erasure:erase_persons",
    (_INTERNAL, "id", "record number"),
    (_PERSONAL, "identity_hash weak_hash is_known_by_name", "recognise the person in the next extract"),
    (_PERSONAL, "given_name_sealed middle_name_sealed family_name_sealed", "address the letter"),
    (_PERSONAL, "address_sealed", "send the letter"),
    (_PERSONAL, "birth_date_sealed birth_year", "tell adults from children, and age segments"),
    (_PERSONAL, "status is_resident is_held_back", "write to nobody who has died or left, or must be left out"),
    (_PERSONAL, "postcode municipality has_postal_address study_city", "segments by place"),
    (_PERSONAL, "moved_in_on moved_on moved_from move_verdict", "know who has moved in, and say why"),
    (
        _PERSONAL,
        "dwelling_hash has_dwelling_number household_id placed_household_id is_grouped",
        "one letter per household",
    ),
    (
        _INTERNAL,
        "content_hash seen_as_of seen_import_id",
        "see what changed since the last extract, and who was added by hand",
    ),
)
_table(
    "national_number",
    Kept.REGISTER,
    "people.numbers.erasure:erase_all",
    (_INTERNAL, "id", "record number"),
    (_PERSONAL, "person_id number_sealed", "ask KRR, or reach a digital mailbox: only while such a service is on"),
)
_table(
    "household",
    Kept.REGISTER,
    "people.erasure:erase_persons",
    (_INTERNAL, "id", "record number"),
    (_PERSONAL, "dwelling_hash", "one letter per household"),
    (_INTERNAL, "set_aside_reason decision", "households that a person must look at, and what was decided"),
)
_table(
    "kept_apart",
    Kept.REGISTER,
    "people.erasure:erase_persons",
    (_INTERNAL, "id", "record number"),
    (_PERSONAL, "first_id second_id", "not to ask twice whether two people of one name and birth date are the same"),
)
_table(
    "protected_identity",
    Kept.MARK,
    "register.protecting.service:Protecting.finish",
    (_INTERNAL, "id marked_at_utc", "record number and date"),
    (_SPECIAL, "identity_hash", "keep a protected person out of every list"),
)
_table(
    "register_import",
    Kept.ARCHIVE,
    "",
    (_INTERNAL, "id as_of imported_at_utc imported_by_id", "which extract is in force, and who read it"),
    (_NONE, "file_hash format encoding row_count counts_json", "what was read; counts only"),
    (_INTERNAL, "protection_checked_by", "which employee answered for the protection in a table without grading"),
)
_table(
    "staged_extract",
    Kept.STAGING,
    "register.erasure:erase_expired_staging",
    (_INTERNAL, "id staged_at_utc staged_by_id as_of file_hash format encoding", "an extract that waits for a yes"),
    (_INTERNAL, "summary_json", "what the reader shall see before accepting; row numbers and codes"),
    (_INTERNAL, "stage size_bytes fault_json options_json mapping_origin", "how far it has come, and how it is read"),
    (_PERSONAL, "look_sealed examples_sealed", "some cells and some people, for choosing columns and for a yes by eye"),
    (_INTERNAL, "protection_checked_by", "which employee answered for the protection in a table without grading"),
)
_table(
    "staged_chunk",
    Kept.STAGING,
    "register.erasure:erase_expired_staging",
    (_INTERNAL, "id extract_id position", "order of the rows"),
    (_PERSONAL, "rows_sealed", "allow-listed rows of the extract that waits"),
)
_table(
    "upload_chunk",
    Kept.UPLOAD,
    "register.erasure:erase_expired_staging",
    (_INTERNAL, "id extract_id position", "order of the bytes"),
    (_PERSONAL, "bytes_sealed", "the uploaded file, until its columns are right"),
)
_table(
    "register_job",
    Kept.STAGING,
    "",
    (_INTERNAL, "id extract_id kind queued_at_utc queued_by_id", "work on an extract that waits"),
    (_INTERNAL, "attempts worker lease_until_utc rows_done percent", "which process works on it, and how far"),
)
_table(
    "register_mapping",
    Kept.ARCHIVE,
    "",
    (_NONE, "id shape_hash fields_json encoding", "which column was which field in tables of this shape; no cell"),
    (_INTERNAL, "chosen_at_utc chosen_by_id", "when, and by which employee"),
)
_table(
    "seat_count",
    Kept.ARCHIVE,
    "",
    (_NONE, "event_id held held_children held_wheelchairs waiting last_number", "never more than seats"),
)
_table(
    "segment",
    Kept.ARCHIVE,
    "",
    (_NONE, "id slug name rule_json revision", "rules that staff saved, for use again"),
    (_INTERNAL, "created_at_utc created_by_id changed_at_utc changed_by_id archived_at_utc", "who made the rule, when"),
)
_table(
    "audience_list",
    Kept.ARCHIVE,
    "",
    (_NONE, "id event_id segment since until frozen_at_utc", "by which rule people were chosen"),
    (_NONE, "name rule_json rule_text as_of", "what the rule said when it was used"),
)
_table(
    "audience_member",
    Kept.EVENT,
    "audience.erasure:erase_event_people",
    (_INTERNAL, "id list_id", "record number"),
    (_PERSONAL, "person_id is_included reason known_json", "why each person was chosen or left out"),
)
_table(
    "invitation",
    Kept.EVENT,
    "invitations.erasure:erase_event_people",
    (_INTERNAL, "id event_id created_at_utc state language", "what was sent, and in which language"),
    (_INTERNAL, "is_signed_up", "tell those who signed up themselves from those who were asked"),
    (_PERSONAL, "household_id", "to which household"),
    (_PERSONAL, "lives_in", "remind nobody at home of a letter to somebody who has moved"),
    (_PERSONAL, "selector generation", "find the invitation when its code is typed; opens nothing by itself"),
)
_table(
    "invitee",
    Kept.EVENT,
    "invitations.erasure:erase_event_people",
    (_INTERNAL, "id invitation_id event_id position", "order in the letter"),
    (_PERSONAL, "person_id", "whom the letter asks"),
    (_PERSONAL, "name_sealed", "what those who signed up themselves are called on their own page"),
)
_table(
    "rsvp",
    Kept.EVENT,
    "rsvp.erasure:erase_event_people",
    (_INTERNAL, "id event_id revision language", "which answer, and in which language"),
    (
        _PERSONAL,
        "invitation_id state persons children extra_children extra_small extra_teens extra_adults",
        "how many come",
    ),
    (_SPECIAL, "wheelchairs", "how many wheelchair places they hold, as a number that stays with the seats"),
    (_PERSONAL, "answered_at_utc changed_at_utc", "which answer came first"),
    (_PERSONAL, "email_sealed mobile_sealed", "send the confirmation that the guest asked for"),
)
_table(
    "person_answer",
    Kept.EVENT,
    "rsvp.erasure:erase_event_people",
    (_INTERNAL, "id rsvp_id position", "order on the form"),
    (_PERSONAL, "invitee_id is_coming", "who of the household comes"),
)
_table(
    "need",
    Kept.NEEDS,
    "rsvp.erasure:erase_needs",
    (_INTERNAL, "id rsvp_id", "which answer it belongs to"),
    (_SPECIAL, "position kind text_sealed", "food, interpreter and access for those who come, and whose of the party"),
)
_table(
    "ticket",
    Kept.EVENT,
    "tickets.erasure:erase_event_people",
    (_INTERNAL, "id event_id version issued_at_utc changed_at_utc", "which tickets doors must know"),
    (_PERSONAL, "invitation_id persons state", "let the party in"),
    (_PERSONAL, "selector generation", "find the ticket when its code is read; opens nothing by itself"),
)
_table(
    "outbox_message",
    Kept.EVENT,
    "messages.erasure:erase_event_people",
    (_INTERNAL, "id purpose channel kind language event_id", "send each message exactly once"),
    (_PERSONAL, "recipient references_json", "record numbers of whom it is for"),
    (_INTERNAL, "state reason created_at_utc due_at_utc claimed_by lease_until_utc", "how far it has come"),
    (_INTERNAL, "attempts attempted_at_utc handed_over_at_utc", "whether it may have left"),
    (_PERSONAL, "subject_hash", "when it comes back, write no more to that address"),
)
_table(
    "letter_batch",
    Kept.ARCHIVE,
    "",
    (_NONE, "id event_id release_reference content_hash letter_count folder is_reprint wave", "which files were made"),
    (_INTERNAL, "made_by_id released_by_id", "who made and who released them"),
    (_NONE, "made_at_utc released_at_utc attempted_at_utc handed_over_at_utc", "when"),
)
_table(
    "mailing",
    Kept.ARCHIVE,
    "",
    (_NONE, "id event_id kind wave state note reference channels survey_url content_hash", "what was sent and how"),
    (_NONE, "cities interests", "whom of the contact point a newsletter was for"),
    (_INTERNAL, "made_by_id asked_by_id released_by_id", "who made, asked for and released it"),
    (_NONE, "household_count counts_json", "to how many"),
    (_NONE, "scheduled_at_utc made_at_utc asked_at_utc released_at_utc started_at_utc finished_at_utc", "when"),
)
_table("mailing_text", Kept.ARCHIVE, "", (_NONE, "id mailing_id position language subject body sms", "what was said"))
_table(
    "suppression",
    Kept.WITHDRAWN,
    "messages.erasure:erase_suppressions",
    (_INTERNAL, "id purpose source since_utc", "what was asked for, where and when"),
    (_PERSONAL, "subject_hash", "do not write to those who asked us not to"),
)
_table("sending_permit", Kept.ARCHIVE, "", (_NONE, "id instance_id confirmed_at_utc", "a restored copy sends nothing"))
_table(
    "contact_memory",
    Kept.MEMORY,
    "retention.erasure:erase_memories",
    (_INTERNAL, "id event_id year", "which year"),
    (_PERSONAL, "identity_hash has_attended", "not to ask the same people again"),
)
_table(
    "erasure_receipt",
    Kept.ARCHIVE,
    "",
    (_NONE, "id erased_at_utc rule event_id counts_json", "show that erasure ran; counts only"),
)
_table(
    "audit_entry",
    Kept.AUDIT,
    "",
    (
        _INTERNAL,
        "id at_utc actor_kind actor_id act subject_kind subject_id details mac",
        "who did what to which record",
    ),
)
_table("audit_link", Kept.AUDIT, "", (_NONE, "sequence entry_id mac", "show tampering"))
_table(
    "staff_user",
    Kept.EMPLOYED,
    "accounts.erasure:erase_staff",
    (_INTERNAL, "id role is_disabled created_at_utc", "what a member of staff may do"),
    (_PERSONAL, "email display_name password_hash", "sign in, and name who did it"),
)
_table(
    "staff_session",
    Kept.SESSION,
    "accounts.erasure:erase_expired",
    (_INTERNAL, "id token_hash created_at_utc expires_at_utc", "one signed-in browser"),
    (_PERSONAL, "user_id last_seen_at_utc", "whose it is"),
)
_table(
    "attempt_counter",
    Kept.COUNTING,
    "accounts.erasure:erase_expired",
    (_INTERNAL, "scope window_utc count last_at_utc", "slow guessing down"),
    (_PERSONAL, "subject_hash", "from where, as a keyed hash"),
)
