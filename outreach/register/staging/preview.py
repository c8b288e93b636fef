"""What the reader of an upload is shown before accepting it. Pure; written and read as JSON.

No value of any row is in it: row numbers, columns, codes and counts, and the names of the file's own columns.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from outreach.register.changes import Counts
from outreach.register.checking import CheckSummary, FileFacts, FileWarning
from outreach.register.diff import Change, Diff
from outreach.register.problems import Code, Problem


class Comparison(Protocol):
    """What came of comparing an extract with what we hold."""

    counts: Counts
    diff: Diff


@dataclass(frozen=True)
class Preview:
    """Facts, counts and problems of a waiting upload."""

    columns: Mapping[str, str]
    counts: Counts
    changes: Mapping[Change, int]
    problems: list[Problem]
    problems_left_out: int
    warnings: list[FileWarning]

    @classmethod
    def of(cls, file: FileFacts, found: Comparison, summary: CheckSummary, warnings: list[FileWarning]) -> "Preview":
        """Return the preview of a file that was checked."""
        changes = dict(found.diff.counts)
        return cls(file.columns, found.counts, changes, summary.problems, summary.problems_left_out, warnings)

    def to_json(self) -> str:
        """Return the preview as JSON."""
        values: dict[str, Any] = {
            "columns": dict(self.columns),
            "counts": asdict(self.counts),
            "changes": self.changes,
            "problems": [(one.row, one.column, one.code, one.first_row) for one in self.problems],
            "problems_left_out": self.problems_left_out,
            "warnings": self.warnings,
        }
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Preview":
        """Return the preview that `to_json` wrote."""
        values = json.loads(text)
        return cls(
            columns=values["columns"],
            counts=Counts(**values["counts"]),
            changes={Change(change): number for change, number in values["changes"].items()},
            problems=[Problem(row, column, Code(code), first) for row, column, code, first in values["problems"]],
            problems_left_out=values["problems_left_out"],
            warnings=[FileWarning(warning) for warning in values["warnings"]],
        )


def counts_of(text: str) -> Counts:
    """Return the counts that an import kept as JSON."""
    return Counts(**json.loads(text))
