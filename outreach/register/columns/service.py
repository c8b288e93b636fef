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
    hashes = _hashes(look.shape)
    kept = queries.mapping_by_shape(hashes)
    if kept is None:
        kept = RegisterMapping()
        db.session.add(kept)
    kept.shape_hash = hashes[0]
    hashed = {field: header and _hashes(folded(header))[0] for field, header in choice.mapping.items()}
    kept.fields_json, kept.encoding = json.dumps(hashed), choice.encoding
    kept.chosen_at_utc, kept.chosen_by_id = now, actor_id
    db.session.flush()


def recall(look: FileLook) -> Choice | None:
    """Return what was chosen for tables like this one, or None."""
    kept = queries.mapping_by_shape(_hashes(look.shape)) if look.shape else None
    if kept is None:
        return None
    # A change of keys wraps the shape's hash, not those within the JSON: they are found by every generation.
    names = {hashed: header for header in look.header for hashed in _hashes(folded(header))}
    fields: Mapping[str, str] = json.loads(kept.fields_json)
    # An old key is gone: the file is recognised as if it were new.
    if any(found and found not in names for found in fields.values()):
        return None
    return Choice({field: found and names[found] for field, found in fields.items()}, kept.encoding)


def _hashes(text: str) -> tuple[str, ...]:
    return key_ring().keyed_candidates("column", text)
