"""Previews a feed of events before a yes, and applies it after one. In the caller's transaction.

What it says of each number waits sealed and is judged anew when it is accepted, since an extract may have come between.
Protected people are in no kind of change, so that neither counts nor examples tell of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from outreach.audit import service as audit
from outreach.register import erasure
from outreach.register.changes import Counts
from outreach.register.diff import KEPT_EXAMPLES, Change, Example, shown
from outreach.register.feed import service as feed
from outreach.register.feed.meaning import Meaning, PersonNews, Told
from outreach.register.feed.service import FeedResult, Judged
from outreach.register.formats.extract import ReadOptions
from outreach.register.models import StagedExtract
from outreach.register.problems import NoEventAcceptedError
from outreach.register.register_row import ExtractContext
from outreach.register.service import Act
from outreach.register.staging.contents import service as contents
from outreach.register.staging.pace import Pace
from outreach.register.staging.preview import Preview


def check(
    staged: StagedExtract, stream: BinaryIO, *, options: ReadOptions, context: ExtractContext, act: Act, pace: Pace
) -> None:
    """Read the feed in `stream`, and keep what it says, counts, problems and examples for the preview.

    Raises UnusableFileError.
    """
    extract_id, size_bytes = staged.id, staged.size_bytes
    read = FeedResult()

    def progress() -> None:
        pace.checkpoint(read.rows, min(99, 100 * stream.tell() // size_bytes))

    news = feed.read_news(stream, options=options, context=context, into=read, progress=progress)
    meaningful = [Told(number, said) for number, said in news.items() if said.means_something]
    contents.write_rows(meaningful, extract_id, 0)
    pace.checkpoint(read.rows, 99)
    preview, examples = pace.apart(partial(_previewed, news, read, replace(act, is_dry_run=True)))
    staged.summary_json = preview.to_json()
    contents.keep_examples(staged, examples)


def accept(staged: StagedExtract, *, act: Act) -> None:
    """Mark those whom the feed that waits concerns, and erase it from waiting. Raises NoEventAcceptedError."""
    counts = Preview.from_json(staged.summary_json).counts
    if not counts.accepted:
        raise NoEventAcceptedError
    judged = feed.judge({told.number: told.news for told in contents.rows_of(staged.id, Told.from_list)}, act)
    judged.write()
    erasure.erase_staged(staged.id)
    told = {change.value: len(ids) for change, ids in _ids_by_change(judged).items() if change is not Change.UNCHANGED}
    audit.record(
        "register.feed",
        subject_kind="register_feed",
        subject_id=staged.id,
        actor=act.actor,
        now=act.now,
        rejected=counts.rejected,
        **told,
    )


def _previewed(
    news: Mapping[str, PersonNews], read: FeedResult, act: Act
) -> tuple[Preview, dict[Change, list[Example]]]:
    judged = feed.judge(news, act)
    changed = _ids_by_change(judged)
    counts = Counts(
        rows=read.rows,
        accepted=read.accepted,
        rejected=read.rejected,
        protected=judged.protected,
        newly_protected=judged.newly_protected,
        deceased=len(changed[Change.DIED]),
        moved_out=len(changed[Change.EMIGRATED]),
        unchanged=len(changed[Change.UNCHANGED]),
        left_out=judged.strangers,
    )
    changes = {change: len(ids) for change, ids in changed.items()}
    examples = {change: contents.examples_of_held(ids[:KEPT_EXAMPLES]) for change, ids in changed.items()}
    preview = Preview({}, counts, changes, read.problems, read.problems_left_out, [])
    return preview, shown(examples, judged.marks())


def _ids_by_change(judged: Judged) -> dict[Change, list[int]]:
    """Return the ids of those whom we hold, in the one kind of change that each is in."""
    gone = {Change.DIED: judged.told[Meaning.DIED], Change.EMIGRATED: judged.told[Meaning.EMIGRATED]}
    return {
        **{change: sorted(ids) for change, ids in gone.items()},
        Change.WAITS: sorted(judged.told[Meaning.STALE].keys() - gone[Change.EMIGRATED].keys()),
        Change.UNCHANGED: sorted(judged.unchanged_ids),
    }
