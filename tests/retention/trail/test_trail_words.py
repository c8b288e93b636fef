"""Every act and record kind that the code writes into the audit trail has words on its page."""

import ast
from collections.abc import Iterator
from pathlib import Path

from outreach.retention.trail.acts import ACT_WORDS
from outreach.retention.trail.trail_words import SUBJECT_WORDS

PACKAGE = Path(__file__).parent.parent.parent.parent / "outreach"


def _calls() -> Iterator[ast.Call]:
    """Yield each call that records an act, or prepares one by `partial`."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [_name(part) for part in (node.func, *node.args[:1])] if isinstance(node, ast.Call) else []
            if names[:1] == ["record"] or names == ["partial", "record"]:
                yield node


def _name(part: ast.expr) -> str:
    return getattr(part, "attr", "") or getattr(part, "id", "")


def _texts(part: ast.expr) -> set[str]:
    branches = (part.body, part.orelse) if isinstance(part, ast.IfExp) else (part,)
    return {branch.value for branch in branches if isinstance(branch, ast.Constant)}


def _acts() -> set[str]:
    return {text for call in _calls() for part in call.args[:2] for text in _texts(part)}


def _subjects() -> set[str]:
    keywords = [keyword for call in _calls() for keyword in call.keywords if keyword.arg == "subject_kind"]
    return {text for keyword in keywords for text in _texts(keyword.value)}


def test_the_code_is_read() -> None:
    """The control of the tests below: what is known to be recorded is found."""
    assert {"event.create", "event.cancel", "staff.sign_in_refused", "register.look"} <= _acts()
    assert {"event", "staff_user"} <= _subjects()


def test_every_act_has_words() -> None:
    assert _acts() - set(ACT_WORDS) == set()


def test_every_kind_of_record_has_words() -> None:
    assert _subjects() - set(SUBJECT_WORDS) == set()
