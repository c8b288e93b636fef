"""A new register key: the same file is still known as the same, and so is what was chosen for its columns."""

import io
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.audit.actor import Actor
from outreach.database import db
from outreach.database.sealed import key_ring
from outreach.people.rotating import queries as rotating
from outreach.people.rotating.service import Renewing
from outreach.register import queries
from outreach.register.checking import FileWarning
from outreach.register.columns import service as columns
from outreach.register.columns.choice import Choice
from outreach.register.formats.extract import ReadOptions
from outreach.register.formats.looking import FileLook, look_at
from outreach.register.models import RegisterImport, RegisterMapping, StagedExtract
from outreach.register.service import Act, context_for, hashes_of
from outreach.register.staging import service as staging
from outreach.register.staging.preview import Preview
from tests.factories.people import table
from tests.people.rotating.extracts import NOW, extract, load, rotate

pytestmark = pytest.mark.own_database
ACT = Act(as_of=date(2026, 11, 3), actor=Actor("staff", 1), now=NOW)
HEADER = "Fnr;Hvem;Hvor;PNR;Hemmelig\r\n"
OTHER_HEADER = "Fnr;Hvem;Hvor;PNR;Hemmelig;Mer\r\n"
ROWS = "".join(f"1284902249{n};Lien, Anne;Storgata {n};3370;\r\n" for n in range(4))
CHOICE = Choice({"national_id": "Fnr", "name": "Hvem", "street_address": "Hvor", "care_of": ""}, "utf-8")


def file() -> io.BytesIO:
    return io.BytesIO(table(extract(), header=[*extract()[0]]).encode())


def staged_anew(app: Flask, *, rotated_meanwhile: bool = False) -> StagedExtract:
    """Return the same file as it waits for a yes, brought as an upload; the key may change on the way."""
    staged = staging.bring(file(), act=ACT)
    db.session.commit()
    if rotated_meanwhile:
        rotate(app)
    context = context_for(app.extensions["treffpunkt.settings"], as_of=ACT.as_of, today=ACT.as_of)
    staging.read(staged, file(), context=context, act=ACT, pace=staging.AtOnce())
    db.session.commit()
    return staged


def warned_of(staged: StagedExtract) -> list[FileWarning]:
    return list(Preview.from_json(staged.summary_json).warnings)


def look(app: Flask, header: str) -> FileLook:
    context = context_for(app.extensions["treffpunkt.settings"], as_of=ACT.as_of, today=ACT.as_of)
    return look_at(io.BytesIO((header + ROWS).encode()), ReadOptions(), context)


def test_the_same_file_is_known_by_every_generation_of_keys(app: Flask) -> None:
    load(app, extract())
    for generation in range(3):
        assert FileWarning.SAME_FILE in load(app, extract(), is_dry_run=True).warnings
        assert FileWarning.SAME_FILE not in load(app, extract()[:3], is_dry_run=True).warnings
        # The control: what is made by the newest key alone is another text, and finds nothing.
        assert queries.is_imported(hashes_of(file())[:1]) == (generation == 0)
        rotate(app)
        assert rotating.stale_counts(key_ring()) == {}


def test_an_upload_that_waited_through_a_change_of_keys_is_known(app: Flask) -> None:
    load(app, extract())
    staged = staged_anew(app, rotated_meanwhile=True)
    assert FileWarning.SAME_FILE in warned_of(staged)
    rotate(app)
    staging.accept(staged, act=ACT)
    db.session.commit()
    kept = db.session.scalars(select(RegisterImport.file_hash).order_by(RegisterImport.as_of)).all()
    assert [value.partition(":")[0] for value in kept] == ["1.2.3", "1.2.3"]
    assert FileWarning.SAME_FILE in warned_of(staged_anew(app))


def test_an_accepted_file_alone_tells_that_it_is_brought_again(app: Flask) -> None:
    """The control of the test before: there the first of the two imports could have been the one that was found."""
    staged = staged_anew(app, rotated_meanwhile=True)
    assert FileWarning.SAME_FILE not in warned_of(staged)
    staging.accept(staged, act=ACT)
    db.session.commit()
    rotate(app)
    assert FileWarning.SAME_FILE in warned_of(staged_anew(app))


def test_what_was_chosen_for_columns_is_recalled_after_a_change_of_keys(app: Flask) -> None:
    columns.remember(look(app, HEADER), CHOICE, actor_id=1, now=NOW)
    db.session.commit()
    for _ in range(3):
        assert columns.recall(look(app, HEADER)) == CHOICE
        assert columns.recall(look(app, OTHER_HEADER)) is None
        rotate(app)


def test_a_new_choice_takes_the_place_of_one_by_an_older_key(app: Flask) -> None:
    columns.remember(look(app, HEADER), CHOICE, actor_id=1, now=NOW)
    db.session.commit()
    rotate(app)
    changed = Choice({**CHOICE.mapping, "street_address": "", "care_of": "Hvor"}, "utf-8")
    columns.remember(look(app, HEADER), changed, actor_id=1, now=NOW + timedelta(hours=1))
    db.session.commit()
    (kept,) = db.session.scalars(select(RegisterMapping))
    assert kept.shape_hash == key_ring().keyed_hash("column", look(app, HEADER).shape)
    assert columns.recall(look(app, HEADER)) == changed


def test_wrapped_hashes_of_files_do_not_slow_every_later_import_down(app: Flask) -> None:
    load(app, extract())
    rotate(app)
    assert Renewing(key_ring()).is_needed
    load(app, extract())
    assert not Renewing(key_ring()).is_needed
