"""What the reader of an upload is shown before accepting it. Pure; written and read as JSON.

No value of any row is in it: row numbers, columns, codes and counts, and the names of the file's own columns.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from outreach.register.changes import Counts
from outreach.register.checking import CheckSummary, FileFacts, FileWarning
from outreach.register.problems import Code, Problem


@dataclass(frozen=True)
class Preview:
    """Facts, counts and problems of a waiting upload."""

    columns: Mapping[str, str]
    counts: Counts
    problems: list[Problem]
    problems_left_out: int
    warnings: list[FileWarning]

    @property
    def rejections(self) -> list[Problem]:
        """Return the problems for which a row is left out."""
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def doubts(self) -> list[Problem]:
        """Return the problems in spite of which the row is used."""
        return [problem for problem in self.problems if problem.is_warning]

    @classmethod
    def of(cls, file: FileFacts, counts: Counts, summary: CheckSummary, warnings: list[FileWarning]) -> "Preview":
        """Return the preview of a file that was checked."""
        return cls(file.columns, counts, summary.problems, summary.problems_left_out, warnings)

    def to_json(self) -> str:
        """Return the preview as JSON."""
        values: dict[str, Any] = {
            "columns": dict(self.columns),
            "counts": asdict(self.counts),
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
            problems=[Problem(row, column, Code(code), first) for row, column, code, first in values["problems"]],
            problems_left_out=values["problems_left_out"],
            warnings=[FileWarning(warning) for warning in values["warnings"]],
        )


def counts_of(text: str) -> Counts:
    """Return the counts that an import kept as JSON."""
    return Counts(**json.loads(text))
