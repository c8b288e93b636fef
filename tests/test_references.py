"""What code and documents refer to is there: documents by name, and the numbered promises."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROMISES = ROOT / "docs" / "promises.md"
FOLDERS = ("outreach", "templates", "static", "migrations", "benchmarks", "tests", "docs")
KINDS = frozenset({".py", ".html", ".js", ".css", ".md", ".typ", ".tsv", ".txt", ".sh", ".service"})
# Files of Skatteetaten's manual, cited as the source of a rule.
ELSEWHERE = frozenset(
    {"nyttfnr2032.md", "sos-adresser.md", "sos-spesreg.md", "hendelsesliste.md", "dataminimering.md", "context.md"}
)
_NAMED = re.compile(r"(?<![\w/.-])(?:[\w.-]+/)*([\w-]+\.md)\b")
_NUMBERED = re.compile(r"promises\.md (\d+)(?: and (\d+))?")


def our_texts() -> Iterator[tuple[str, str]]:
    """Yield each text file of the project with its path, vendored ones too."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in KINDS]
    for path in [*paths, *ROOT.glob("*.md")]:
        if "node_modules" not in path.parts and path != Path(__file__):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def missing_documents(text: str) -> set[str]:
    """Return the documents that `text` names and that neither we nor the register's manual have."""
    return {named[1] for named in _NAMED.finditer(text) if named[1] not in ours() | ELSEWHERE}


def missing_promises(text: str) -> set[str]:
    """Return the numbers of promises that `text` cites and that are not made."""
    made = set(re.findall(r"^## (\d+)\b", PROMISES.read_text("utf-8"), re.MULTILINE))
    return {number for cited in _NUMBERED.findall(text) for number in cited if number and number not in made}


@functools.cache
def ours() -> set[str]:
    found = {path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.md")}
    return found | {path.name for path in ROOT.glob("*.md")}


def test_every_document_that_is_named_exists():
    assert {path: missing for path, text in our_texts() if (missing := missing_documents(text))} == {}


def test_every_promise_that_is_cited_is_made():
    assert {path: missing for path, text in our_texts() if (missing := missing_promises(text))} == {}


@pytest.mark.parametrize("text", ["See docs/adr/0999-nothing.md.", "Rule: contracts.md 5.", "[a](../handbok/dor.md)"])
def test_the_control_a_document_that_is_not_there_is_found(text):
    assert missing_documents(text)


def test_the_control_a_promise_that_is_not_made_is_found():
    assert missing_promises("(promises.md 99)") == {"99"}
    assert missing_promises("(promises.md 3 and 98)") == {"98"}
    assert missing_promises("(promises.md 3)") == set()
