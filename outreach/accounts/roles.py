"""Which role may do what: the one table of staff rights. Default deny: what is not listed is refused.

The number of protected persons is shown to the role privacy alone, not even to an administrator (promises.md 5).
"""

from enum import StrEnum

from outreach.errors import N_


class Role(StrEnum):
    """What a member of staff is in Treffpunkt; the values are those of `flask staff create --role`."""

    ADMIN = "admin"
    ORGANISER = "organiser"
    DOOR_LEAD = "door-lead"
    PRIVACY = "privacy"
    READER = "reader"


class Permission(StrEnum):
    """One thing that a role may be allowed to do."""

    REGISTER_IMPORT = "register.import"
    REGISTER_SEE = "register.see"
    REGISTER_SEE_PROTECTED = "register.see_protected"
    PEOPLE_SEE = "people.see"
    PEOPLE_EDIT = "people.edit"
    EVENT_SEE = "event.see"
    EVENT_EDIT = "event.edit"
    AUDIENCE_USE = "audience.use"
    INVITATION_MAKE = "invitation.make"
    LETTER_BUILD = "letter.build"
    MAILING_WRITE = "mailing.write"
    MAILING_RELEASE = "mailing.release"
    MESSAGE_DECIDE = "message.decide"
    SUPPRESSION_EDIT = "suppression.edit"
    QUESTION_ANSWER = "question.answer"
    PARTNER_SEE = "partner.see"
    PARTNER_EDIT = "partner.edit"
    DOOR_MANAGE = "door.manage"
    REPORT_SEE = "report.see"
    RETENTION_RUN = "retention.run"
    PRIVACY_ERASE = "privacy.erase"
    AUDIT_SEE = "audit.see"
    STAFF_MANAGE = "staff.manage"


_LOOK = frozenset({Permission.EVENT_SEE, Permission.REPORT_SEE})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission) - {Permission.REGISTER_SEE_PROTECTED},
    Role.ORGANISER: _LOOK
    | {
        Permission.REGISTER_IMPORT,
        Permission.REGISTER_SEE,
        Permission.PEOPLE_SEE,
        Permission.PEOPLE_EDIT,
        Permission.EVENT_EDIT,
        Permission.AUDIENCE_USE,
        Permission.INVITATION_MAKE,
        Permission.LETTER_BUILD,
        Permission.MAILING_WRITE,
        Permission.MAILING_RELEASE,
        Permission.MESSAGE_DECIDE,
        Permission.SUPPRESSION_EDIT,
        Permission.QUESTION_ANSWER,
        Permission.PARTNER_SEE,
        Permission.PARTNER_EDIT,
        Permission.DOOR_MANAGE,
    },
    Role.DOOR_LEAD: _LOOK | {Permission.DOOR_MANAGE},
    Role.PRIVACY: _LOOK
    | {
        Permission.REGISTER_SEE,
        Permission.REGISTER_SEE_PROTECTED,
        Permission.PEOPLE_SEE,
        Permission.PARTNER_SEE,
        Permission.SUPPRESSION_EDIT,
        Permission.RETENTION_RUN,
        Permission.PRIVACY_ERASE,
        Permission.AUDIT_SEE,
    },
    Role.READER: _LOOK,
}


ROLE_WORDS = {
    Role.ADMIN: N_("Administrator"),
    Role.ORGANISER: N_("Arrangør"),
    Role.DOOR_LEAD: N_("Døransvarlig"),
    Role.PRIVACY: N_("Personvern"),
    Role.READER: N_("Leser"),
}


def may(role: str, permission: Permission) -> bool:
    """Say whether `role` has `permission`. An unknown role has none."""
    return any(permission in PERMISSIONS[known] for known in Role if known.value == role)
