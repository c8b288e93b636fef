"""Remembers a person's choice of columns for the next file with the same header, and recalls it.

Of header and columns only keyed hashes are kept: a table without a header has somebody's data in its first row.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.register.columns import queries
from outreach.register.columns.choice import Choice
from outreach.register.formats.headers import folded
from outreach.register.formats.looking import FileLook
from outreach.register.models import RegisterMapping


def remember(look: FileLook, choice: Choice, *, actor_id: int | None, now: datetime) -> None:
    """Keep `choice` for tables whose header has the shape of `look`; the latest choice counts."""
    if not look.shape:
        return
    kept = queries.mapping_by_shape(_hash(look.shape))
    if kept is None:
        kept = RegisterMapping(shape_hash=_hash(look.shape))
        db.session.add(kept)
    hashed = {field: header and _hash(folded(header)) for field, header in choice.mapping.items()}
    kept.fields_json, kept.encoding = json.dumps(hashed), choice.encoding
    kept.chosen_at_utc, kept.chosen_by_id = now, actor_id
    db.session.flush()


def recall(look: FileLook) -> Choice | None:
    """Return what was chosen for tables like this one, or None."""
    kept = queries.mapping_by_shape(_hash(look.shape)) if look.shape else None
    if kept is None:
        return None
    names = {_hash(folded(header)): header for header in look.header}
    fields: Mapping[str, str] = json.loads(kept.fields_json)
    # After a change of keys the hashes are others, and nothing is known: the file is recognised as if it were new.
    if any(found and found not in names for found in fields.values()):
        return None
    return Choice({field: found and names[found] for field, found in fields.items()}, kept.encoding)


def _hash(text: str) -> str:
    return key_ring().keyed_hash("column", text)
