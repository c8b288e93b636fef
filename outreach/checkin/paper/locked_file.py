"""The guest list as one HTML file that opens with the shift's PIN and without network (ADR 0019).

In: lines, key material, words. Out: the file. AES-256-GCM (NIST SP 800-38D); the key as in names/shift_pin.py.
"""

import html
import json
from collections.abc import Mapping, Sequence

from outreach.checkin.names.shift_pin import STRETCHED
from outreach.checkin.paper.guest_list import ListLine
from outreach.checkin.roster import encoded, sealed

LABEL = "treffpunkt guest list"


def locked_file(
    template: str,
    lines: Sequence[ListLine],
    *,
    key: bytes,
    salt: bytes,
    words: Mapping[str, str],
    told: Mapping[str, str],
) -> str:
    """Return `template` with `lines` sealed by `key`, `words` in its places, and `told`, what its script says."""
    content = json.dumps(
        {"lines": [[line.number, line.names, line.persons] for line in lines]}, ensure_ascii=False
    ).encode()
    box = {
        "salt": encoded(salt),
        "iterations": STRETCHED,
        "sealed": sealed(content, key, LABEL.encode()),
        "label": LABEL,
    }
    filled = template
    for name, text in words.items():
        filled = filled.replace(f"@{name}@", html.escape(text))
    return filled.replace("@sealed@", _in_script(box)).replace("@words@", _in_script(told))


def _in_script(value: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
