"""Where sign-in leads back to: only to a staff page of this site, whatever the address says (OWASP ASVS 5.0 3.7.2)."""

import re

START = "/admin/"
_STAFF_PATH = re.compile(r"/admin/[A-Za-z0-9_.~/%-]*(?:\?[A-Za-z0-9_.~/%=&+-]*)?")


def safe_way_back(asked: str | None) -> str:
    """Return `asked` when it is the path of a staff page, else the start page. No host, no scheme, no `..`."""
    if asked and _STAFF_PATH.fullmatch(asked) and "//" not in asked and ".." not in asked and len(asked) <= 500:
        return asked
    return START
