"""What is wrong with one field of a guest's answer. Pure."""

import dataclasses
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True)
class FieldFault:
    """A fault at one field: `message` is the untranslated text, `values` fill its places."""

    field: str
    message: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
