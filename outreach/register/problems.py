"""What can be wrong with an extract: with a row (collected, never raised) or with the file as a whole (raised).

A problem names row and column and never a value, since the row may be a protected person's.
"""

from dataclasses import dataclass
from enum import StrEnum

from outreach.errors import N_, OutreachError


class Code(StrEnum):
    """The kinds of problem of a row."""

    NOT_A_PERSON = "not_a_person"
    LOOKUP_ERROR = "lookup_error"
    NOT_AN_EVENT = "not_an_event"
    NATIONAL_ID_MISSING = "national_id_missing"
    NATIONAL_ID_INVALID = "national_id_invalid"
    NATIONAL_ID_SYNTHETIC = "national_id_synthetic"
    NATIONAL_ID_ROUNDED = "national_id_rounded"
    DUPLICATE_NUMBER = "duplicate_number"
    DUPLICATE_NAME = "duplicate_name"
    NAME_MISSING = "name_missing"
    TEXT_TOO_LONG = "text_too_long"
    DATE_INVALID = "date_invalid"
    DATE_IN_FUTURE = "date_in_future"
    POSTCODE_INVALID = "postcode_invalid"
    GRADING_MISSING = "grading_missing"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    LOSSY_CHARACTER = "lossy_character"
    POSTCODE_UNKNOWN = "postcode_unknown"
    STATUS_UNKNOWN = "status_unknown"
    NAMESAKE = "namesake"


WARNINGS = frozenset({Code.LOSSY_CHARACTER, Code.POSTCODE_UNKNOWN, Code.STATUS_UNKNOWN, Code.NAMESAKE})
TEXTS: dict[Code, str] = {
    Code.NOT_A_PERSON: N_("Raden er ikke et persondokument fra Folkeregisteret."),
    Code.LOOKUP_ERROR: N_("Folkeregisteret svarte med en feil for denne personen."),
    Code.NOT_AN_EVENT: N_("Raden er ikke en hendelse fra Folkeregisteret."),
    Code.NATIONAL_ID_MISSING: N_("Fødselsnummeret mangler. Vi trenger det, eller både navn og fødselsdato."),
    Code.NATIONAL_ID_INVALID: N_("Fødselsnummeret er ikke gyldig. Se etter skrivefeil."),
    Code.NATIONAL_ID_SYNTHETIC: N_("Fødselsnummeret er et testnummer, og testnumre er slått av."),
    Code.NATIONAL_ID_ROUNDED: N_("Regnearket har rundet av fødselsnummeret. Gjør kolonnen om til tekst."),
    Code.DUPLICATE_NUMBER: N_("Fødselsnummeret står også på rad %(first_row)s. Bare den første raden er brukt."),
    Code.DUPLICATE_NAME: N_(
        "Samme navn, fødselsdato og adresse står også på rad %(first_row)s, og ingen av radene har fødselsnummer. "
        "Bare den første er brukt."
    ),
    Code.NAME_MISSING: N_("Navnet mangler."),
    Code.TEXT_TOO_LONG: N_("Teksten er for lang. Et navn eller en adresselinje kan ha 200 tegn."),
    Code.DATE_INVALID: N_("Datoen finnes ikke, eller den er skrevet på en måte vi ikke kjenner. Skriv 31.12.2026."),
    Code.DATE_IN_FUTURE: N_("Datoen ligger fram i tid."),
    Code.POSTCODE_INVALID: N_("Postnummeret må ha fire siffer."),
    Code.GRADING_MISSING: N_("Adressen mangler gradering, så vi vet ikke om den er beskyttet."),
    Code.TOO_MANY_CELLS: N_("Raden har flere felt enn overskriften. Se etter skilletegn inne i en tekst."),
    Code.TOO_FEW_CELLS: N_("Raden stopper før graderingen, så vi vet ikke om adressen er beskyttet."),
    Code.FORMULA: N_("Feltet inneholder en formel. Lagre filen med verdier i stedet for formler."),
    Code.CELL_ERROR: N_(
        "Regnearket viser en feil i feltet, for eksempel #I/T, eller en formel uten svar. Skriv verdien inn i stedet."
    ),
    Code.LOSSY_CHARACTER: N_("Et tegn kunne ikke leses. Se om navnet og adressen er riktige."),
    Code.POSTCODE_UNKNOWN: N_("Vi kjenner ikke postnummeret. Se om det er riktig."),
    Code.STATUS_UNKNOWN: N_("Vi kjenner ikke personstatusen. Personen regnes ikke som bosatt."),
    Code.NAMESAKE: N_(
        "Samme navn og fødselsdato står på rad %(first_row)s også, med en annen adresse og uten fødselsnummer. "
        "Er det én person, så slå dem sammen under Mulige dobbeltføringer."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: row as counted in the file (from 1, header included), column as the file names it."""

    row: int
    column: str
    code: Code
    first_row: int = 0

    @property
    def is_warning(self) -> bool:
        """Say whether the row is used all the same."""
        return self.code in WARNINGS

    @property
    def message(self) -> str:
        """Return the untranslated text; `first_row` fills its place."""
        return TEXTS[self.code]


class UnusableFileError(OutreachError):
    """The file as a whole cannot be used, so nothing is stored."""

    message = N_("Filen kan ikke brukes.")


class EmptyFileError(UnusableFileError):
    """There is nothing in the file."""

    message = N_("Filen er tom. Ingenting er lagret.")


class NoRowsError(UnusableFileError):
    """There is a header, or an empty list, and no person."""

    message = N_("Det er ingen personer i filen. Ingenting er lagret.")


class NoRowAcceptedError(UnusableFileError):
    """Every row has a problem."""

    message = N_("Ingen av radene i filen kan brukes, så ingenting er lagret. Se problemene for hver rad.")


class WrongFileTypeError(UnusableFileError):
    """Neither JSON, CSV nor XLSX."""

    message = N_("Vi kan ikke lese denne filtypen. Bruk JSON, NDJSON, CSV eller XLSX.")


class OldWorkbookError(UnusableFileError):
    """An .xls file or a workbook with a password: the magic bytes are the same."""

    message = N_("Dette er et gammelt eller passordbeskyttet regneark. Lagre det som .xlsx uten passord.")


class BrokenWorkbookError(UnusableFileError):
    """A zip file that is no workbook, or a damaged one."""

    message = N_("Regnearket er skadet eller ikke et regneark. Lagre det på nytt som .xlsx.")


class OversizedWorkbookError(UnusableFileError):
    """A workbook that unpacks to more than it may: a zip bomb, or far too many cells."""

    message = N_("Regnearket er for stort når det pakkes ut. Lagre bare radene du trenger, eller bruk CSV.")


class ScatteredSheetError(UnusableFileError):
    """A sheet with a cell far away from all others: a reader would make room for everything between."""

    message = N_(
        "Regnearket har noe skrevet langt utenfor tabellen. Slett radene og kolonnene utenfor tabellen, "
        "eller lagre arket som CSV."
    )


class UnplacedErrorError(UnusableFileError):
    """A cell shows an error or has a formula without an answer, and the sheet does not say which cell it is."""

    message = N_(
        "Regnearket har felt med feil, for eksempel #I/T, eller formler uten svar. "
        "Skriv verdiene inn i stedet, og lagre det på nytt."
    )


class UnreadableTextError(UnusableFileError):
    """The bytes are no text in an encoding that we know."""

    message = N_("Vi kan ikke lese tegnene i filen. Lagre den på nytt som UTF-8.")


class UnknownEncodingError(UnusableFileError):
    """An encoding was chosen that we do not know."""

    message = N_("Vi kjenner ikke tegnsettet %(name)s. Velg et av dem i listen.")


class UnknownSheetError(UnusableFileError):
    """A sheet was chosen that is not in the workbook, or is hidden."""

    message = N_("Arket %(name)s finnes ikke i regnearket, eller det er skjult.")


class BrokenJsonError(UnusableFileError):
    """JSON that ends or breaks in the middle."""

    message = N_("Filen er ikke hel: JSON-teksten stopper eller er feil ved rad %(row)s. Hent filen på nytt.")


class BrokenTableError(UnusableFileError):
    """A CSV file that breaks in the middle, such as a quotation that never ends."""

    message = N_("Filen er ikke hel: tabellen er feil ved rad %(row)s. Hent filen på nytt.")


class NotPersonsError(UnusableFileError):
    """JSON of another kind: a feed, a batch of numbers, something else."""

    message = N_("Filen inneholder ikke persondokumenter fra Folkeregisteret.")


class OnlyNumbersError(UnusableFileError):
    """A batch of an extract: identifiers without persons."""

    message = N_("Filen inneholder bare fødselsnumre. Slå opp personene med bulkoppslag og bruk svaret.")


class EventFeedError(UnusableFileError):
    """A feed of events where persons are needed: it says that something changed, not what."""

    message = N_("Filen er en hendelsesliste. Den sier ikke hvem personene er. Bruk et uttrekk.")


class NoEventAcceptedError(UnusableFileError):
    """Every event of a feed has a problem."""

    message = N_("Ingen av hendelsene i filen kan brukes, så ingenting er endret. Se problemene for hver rad.")


class UnknownColumnsError(UnusableFileError):
    """No header that we know."""

    message = N_("Vi kjenner ikke igjen kolonnene i filen. Første rad må ha overskrifter som fødselsnummer og navn.")


class MissingColumnsError(UnusableFileError):
    """Columns that we cannot do without are missing."""

    message = N_("Filen mangler kolonner vi må ha: %(columns)s.")


class MissingGradingError(UnusableFileError):
    """A table that does not say who is protected."""

    message = N_(
        "Filen mangler kolonnen gradering, som sier hvem som har beskyttet adresse. "
        "Hent filen på nytt med gradering, eller oppgi hvem som har sjekket det."
    )


class TooManyColumnsError(UnusableFileError):
    """More columns than any extract has."""

    message = N_("Tabellen har for mange kolonner. Den kan ha høyst %(most)s.")


class MappingError(UnusableFileError):
    """The mapping file names a field or a column that is not there."""

    message = N_("Kolonnevalget passer ikke til filen: %(name)s finnes ikke.")
