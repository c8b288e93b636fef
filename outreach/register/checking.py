"""Reads and checks an extract row by row, collecting problems and what the file as a whole makes one wonder. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.errors import N_
from outreach.register.formats.detect import Kind
from outreach.register.formats.extract import Extract
from outreach.register.person_record import PersonRecord
from outreach.register.problems import Code, NoRowAcceptedError, Problem
from outreach.register.register_row import ExtractContext
from outreach.register.row_checks import RowChecker

MOST_PROBLEMS = 10_000


class FileWarning(StrEnum):
    """What one should know about a file that is used all the same."""

    SAME_FILE = "same_file"
    OLDER = "older"
    MUCH_SMALLER = "much_smaller"
    NO_RESIDENTS = "no_residents"
    FEW_RESIDENTS = "few_residents"
    GUESSED_COLUMNS = "guessed_columns"
    REPEATED_COLUMNS = "repeated_columns"
    LOSSY = "lossy"
    NO_MOVE_DATES = "no_move_dates"
    NO_ORIGIN = "no_origin"
    NO_GRADING = "no_grading"


FILE_WARNINGS: dict[FileWarning, str] = {
    FileWarning.SAME_FILE: N_("Denne filen er lest inn før. Det gjør ikke noe."),
    FileWarning.OLDER: N_("Uttrekket er eldre enn det forrige. Nyere opplysninger og beskyttelse beholdes."),
    FileWarning.MUCH_SMALLER: N_("Uttrekket har mye færre personer enn vi har. De som mangler i filen, beholdes."),
    FileWarning.NO_RESIDENTS: N_("Ingen i filen bor i kommunen. Er det riktig uttrekk?"),
    FileWarning.FEW_RESIDENTS: N_("Under halvparten av personene i filen bor i kommunen. Er det riktig uttrekk?"),
    FileWarning.GUESSED_COLUMNS: N_("Noen kolonner er funnet ut fra innholdet. Se om de er riktige."),
    FileWarning.REPEATED_COLUMNS: N_(
        "To kolonner heter det samme. Bare den første er brukt. Se om det er den riktige."
    ),
    FileWarning.LOSSY: N_("Noen tegn i filen kunne ikke leses. Se om du har valgt riktig tegnsett."),
    FileWarning.NO_MOVE_DATES: N_("Filen har ingen flyttedato, så vi finner ingen innflyttere i den."),
    FileWarning.NO_ORIGIN: N_(
        "Filen sier ikke hvor folk flyttet fra. Alle med flyttedato regnes som innflyttet fra utlandet."
    ),
    FileWarning.NO_GRADING: N_("Filen har ingen gradering. Den du oppga, svarer for at ingen i den er beskyttet."),
}


@dataclass(frozen=True)
class FileFacts:
    """What is known of a file: keyed hash, kind, encoding ("" for a workbook), and its columns, field to header."""

    file_hash: str
    kind: str
    encoding: str
    columns: Mapping[str, str]

    @property
    def has_grading(self) -> bool:
        """Say whether the file itself tells who is protected."""
        return self.kind == Kind.FREG or "grading" in self.columns


@dataclass
class CheckSummary:
    """What was found while checking. Problems past MOST_PROBLEMS are counted and not kept.

    `residents` of the `accepted` live in the municipality; `guessed` and `is_repeated` are those of the Extract.
    """

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    residents: int = 0
    problems: list[Problem] = field(default_factory=list)
    problems_left_out: int = 0
    guessed: frozenset[str] = frozenset()
    is_repeated: bool = False

    def refuse_fruitless(self) -> None:
        """Raise NoRowAcceptedError when no row can be used."""
        if not self.accepted:
            raise NoRowAcceptedError


def check(extract: Extract, context: ExtractContext, summary: CheckSummary) -> Iterator[PersonRecord]:
    """Yield the record of each row that has one, and fill `summary` on the way. Raises UnusableFileError."""
    checker = RowChecker(context)
    summary.guessed, summary.is_repeated = extract.guessed, extract.is_repeated
    for row in extract.rows:
        checked = checker.check(row)
        summary.rows += 1
        summary.accepted += checked.is_accepted
        summary.rejected += not checked.is_accepted
        if checked.problems:
            _collect(summary, checked.problems)
        if checked.record is not None:
            summary.residents += checked.record.is_resident
            yield checked.record


def warnings_of(file: FileFacts, summary: CheckSummary) -> list[FileWarning]:
    """Return the warnings that the file itself gives rise to."""
    found = []
    if summary.accepted and not summary.residents:
        found.append(FileWarning.NO_RESIDENTS)
    elif summary.residents * 2 < summary.accepted:
        found.append(FileWarning.FEW_RESIDENTS)
    if any(problem.code is Code.LOSSY_CHARACTER for problem in summary.problems):
        found.append(FileWarning.LOSSY)
    if not file.has_grading:
        found.append(FileWarning.NO_GRADING)
    return found + (_of_columns(file, summary) if file.kind != Kind.FREG else [])


def _of_columns(table: FileFacts, summary: CheckSummary) -> list[FileWarning]:
    found = []
    if summary.guessed:
        found.append(FileWarning.GUESSED_COLUMNS)
    if summary.is_repeated:
        found.append(FileWarning.REPEATED_COLUMNS)
    if "moved_on" not in table.columns:
        found.append(FileWarning.NO_MOVE_DATES)
    elif not {"previous_municipality", "previous_country"} & table.columns.keys():
        found.append(FileWarning.NO_ORIGIN)
    return found


def _collect(summary: CheckSummary, problems: tuple[Problem, ...]) -> None:
    room = MOST_PROBLEMS - len(summary.problems)
    summary.problems.extend(problems[:room] if room > 0 else ())
    summary.problems_left_out += max(0, len(problems) - max(room, 0))
