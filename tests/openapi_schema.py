"""Holds JSON up against a schema of an OpenAPI 3.0 document: the keywords that KS's documents use, and no others.

A keyword that this does not know is refused, so that no rule of a document is passed over in silence.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

EXTRACTS = Path(__file__).parent / "extracts"
_TYPES = {"string": str, "boolean": bool, "array": list, "object": dict, "integer": int}
_SAYS_NOTHING = {"description", "default", "example"}


class Document:
    """The OpenAPI document `name` of tests/extracts."""

    def __init__(self, name: str) -> None:
        self._schemas = json.loads((EXTRACTS / name).read_text(encoding="utf-8"))["components"]["schemas"]

    def faults(self, schema: str, value: Any) -> list[str]:
        """Return what is wrong with `value` as a `schema`, each with where; also fields that the schema lacks."""
        return list(self._faults(self._schemas[schema], value, schema))

    def _faults(self, schema: dict[str, Any], value: Any, at: str) -> list[str]:
        if "$ref" in schema:
            return self._faults(self._schemas[schema["$ref"].rpartition("/")[2]], value, at)
        if not isinstance(value, _TYPES[schema["type"]]):
            return [f"{at}: no {schema['type']}"]
        found: list[str] = []
        for keyword, wanted in schema.items():
            if keyword not in _SAYS_NOTHING and keyword != "type":
                found += getattr(self, f"_{keyword}")(wanted, value, at)
        return found

    def _required(self, names: list[str], value: dict[str, Any], at: str) -> list[str]:
        return [f"{at}: {name} is missing" for name in names if name not in value]

    def _properties(self, known: dict[str, Any], value: dict[str, Any], at: str) -> list[str]:
        found = [f"{at}: {name} is unknown" for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += self._faults(known[name], value[name], f"{at}.{name}")
        return found

    def _items(self, schema: dict[str, Any], value: list[Any], at: str) -> list[str]:
        return [fault for number, one in enumerate(value) for fault in self._faults(schema, one, f"{at}[{number}]")]

    def _maxItems(self, most: int, value: list[Any], at: str) -> list[str]:
        return [f"{at}: more than {most}"] if len(value) > most else []

    def _uniqueItems(self, wanted: bool, value: list[Any], at: str) -> list[str]:
        return [f"{at}: one twice"] if wanted and len({json.dumps(one) for one in value}) < len(value) else []

    def _maxLength(self, most: int, value: str, at: str) -> list[str]:
        return [f"{at}: longer than {most}"] if len(value) > most else []

    def _pattern(self, pattern: str, value: str, at: str) -> list[str]:
        return [] if re.search(pattern, value) else [f"{at}: not like {pattern}"]

    def _enum(self, values: list[str], value: str, at: str) -> list[str]:
        return [] if value in values else [f"{at}: none of {values}"]

    def _format(self, name: str, value: Any, at: str) -> list[str]:
        readers = {"uuid": UUID, "date-time": datetime.fromisoformat, "int32": int, "int64": int}
        try:
            readers[name](value)
        except ValueError:
            return [f"{at}: no {name}"]
        return []
