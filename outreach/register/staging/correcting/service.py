"""What an upload looks like with the columns, encoding and sheet that a person chose, and reading it so."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.register.columns.choice import Choice, fault_in, mapping_of, with_fields
from outreach.register.formats.looking import FileLook, look_at
from outreach.register.models import StagedExtract
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act
from outreach.register.staging import service as staging
from outreach.register.uploads import service as uploads


@dataclass(frozen=True)
class Said:
    """What a person says of a file: the field of each column in order ("" for none), encoding and sheet or "".

    `shown_sheet` is the one whose columns were seen when the fields were chosen.
    """

    fields: Sequence[str]
    encoding: str
    sheet: str
    shown_sheet: str

    @property
    def is_of_another_sheet(self) -> bool:
        """Say whether the fields were chosen for the columns of another sheet."""
        return self.sheet != self.shown_sheet


def seen_by(staged: StagedExtract, look: FileLook, said: Said, *, context: ExtractContext) -> FileLook:
    """Return what is seen of the upload by what is `said`; `look` is what was seen before.

    On another sheet the columns are others, and recognised anew. Raises UnusableFileError.
    """
    if (said.encoding, said.sheet) != (look.encoding, look.sheet):
        options = Choice(encoding=said.encoding, sheet=said.sheet).options(protection_is_checked=False)
        with uploads.opened(staged.id) as stream:
            found = look_at(stream, options, context)
        look = found
    fits = not said.is_of_another_sheet and len(look.columns) == len(said.fields)
    return with_fields(look, said.fields) if fits else look


def read_anew(staged: StagedExtract, seen: FileLook, said: Said, *, context: ExtractContext, act: Act) -> None:
    """Read the upload as `seen` and remember the choice; a worker reads large ones.

    Raises UnusableFileError, BusyError.
    """
    fault = fault_in(seen, protection_is_checked=bool(act.checked_by))
    if fault:
        raise fault
    with uploads.opened(staged.id) as stream:
        staging.choose(staged, Choice(mapping_of(seen), said.encoding, said.sheet), seen, act=act)
        staging.go_on(staged, stream, context=context, act=act)
