"""The part of the data map that is about what goes back and forth: letters that came back, questions and answers,
places on waiting lists."""

from outreach.retention.column_rule import ColumnRule, DataClass, Kept, rules_of

_NONE, _INTERNAL, _PERSONAL, _SPECIAL = DataClass
CORRESPONDENCE: dict[str, ColumnRule] = {
    **rules_of(
        "returned_letter",
        Kept.EVENT,
        "invitations.letters.returning.erasure:erase_event_people",
        (_INTERNAL, "id event_id message_id was_state returned_at_utc returned_by_id", "which letter came back"),
        (_PERSONAL, "invitation_id reason outcome", "reach the household in another way"),
        (_PERSONAL, "address_sealed", "send the letter to where the household lives now"),
        (_INTERNAL, "decided_at_utc decided_by_id", "when it was settled, and by which employee"),
    ),
    **rules_of(
        "letter_shipment",
        Kept.EVENT,
        "messages.erasure:erase_event_people",
        (_INTERNAL, "id event_id message_id next_look_at_utc", "which letter SvarUt is asked about, and when"),
        (_PERSONAL, "shipment_id status status_at_utc", "know whether the letter was printed, read or refused"),
    ),
    **rules_of(
        "letter_job",
        Kept.ARCHIVE,
        "",
        (
            _NONE,
            "id event_id busy_event_id batch_id kind wave stage letters_done letters_total fault_json",
            "how far it is",
        ),
        (
            _INTERNAL,
            "queued_at_utc queued_by_id worker lease_until_utc attempts",
            "who asked, which process is at it",
        ),
        (_INTERNAL, "done_at_utc fetched_at_utc confirmed_at_utc", "when the files were made, fetched, handed on"),
    ),
    **rules_of(
        "wait_place",
        Kept.EVENT,
        "rsvp.erasure:erase_event_people",
        (_INTERNAL, "id event_id number passed", "whose turn it is"),
        (_PERSONAL, "invitation_id state persons joined_at_utc closed_at_utc", "who waits for how many places"),
        (_PERSONAL, "offers told_by offered_at_utc ends_at_utc", "which places were offered, how, and until when"),
        (_PERSONAL, "freed_why freed_by_id freed_at_utc", "tell staff whose places were offered to whom"),
        (_INTERNAL, "override_reason", "why staff let a party in though there was no room"),
    ),
    **rules_of(
        "calendar_answer",
        Kept.EVENT,
        "rsvp.erasure:erase_event_people",
        (_INTERNAL, "id event_id received_at_utc settled_at_utc", "which answers from calendars staff have dealt with"),
        (_PERSONAL, "message_hash answer_hash", "take in no answer twice"),
        (_PERSONAL, "invitation_id said outcome reason", "what the household answered, and why it did not count"),
        (_PERSONAL, "sequence sequence_after stamped_at_utc", "tell a new answer from an old one"),
        (_PERSONAL, "came came_extra", "who comes after all, when a yes follows a no"),
    ),
    **rules_of(
        "calendar_feed",
        Kept.EVENT,
        # Goes with the ticket or the sign-up that it belongs to (foreign key).
        "tickets.erasure:erase_event_people",
        (_INTERNAL, "id selector generation is_on language made_at_utc", "the address of one's own calendar"),
        (_PERSONAL, "ticket_id sign_up_id", "whose calendar it is"),
    ),
    **rules_of(
        "desk_note",
        Kept.EVENT,
        "rsvp.desk.erasure:erase_event_people",
        (_INTERNAL, "id event_id noted_at_utc noted_by_id", "when something was noted, and by which employee"),
        (_PERSONAL, "invitation_id way", "whose household got in touch, and how"),
        (_SPECIAL, "text_sealed", "what was said at the front desk, which may tell anything"),
    ),
    **rules_of(
        "survey_tally",
        Kept.ARCHIVE,
        "",
        (_NONE, "id event_id question option number", "how many thought what; counts of nobody"),
    ),
    **rules_of(
        "used_ballot",
        Kept.EVENT,
        "surveys.erasure:erase_event_people",
        (_INTERNAL, "id event_id", "which survey"),
        (_PERSONAL, "ballot_hash", "let each ticket answer once; leads to nobody without the key, to no answer at all"),
    ),
    **rules_of(
        "question",
        Kept.EVENT,
        "questions.erasure:erase_event_people",
        (_INTERNAL, "id event_id status way language asked_at_utc changed_at_utc", "how far a question has come"),
        (_INTERNAL, "taken_by_id answered_by_id answered_at_utc", "which employee answers"),
        (_INTERNAL, "is_free_of_personal is_erased", "what the archive may keep"),
        (_PERSONAL, "invitation_id email_sealed mobile_sealed", "answer the one who asked"),
        (_SPECIAL, "text_sealed answer_sealed", "the question, which may tell anything, and the answer"),
    ),
}
