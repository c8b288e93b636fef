"""The house holds: pure modules stay pure, imports go one way, nothing grows past its size."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "outreach"
ORDER = (
    "errors", "clock", "national_services", "settings", "formats", "database", "printing", "web", "audit", "outbox",
    "accounts", "people", "register", "events", "partners", "audience", "messages", "invitations", "tickets", "rsvp",
    "questions", "contact_point", "feeds", "checkin", "surveys", "mailings", "reports", "partner_page", "hosts",
    "retention", "operation", "demo", "tables", "capabilities", "factory",
)  # fmt: skip
RESERVED = {
    "routes", "public_routes", "device_routes", "access", "forms", "service", "queries", "models", "commands",
    "erasure", "blueprint",
}  # fmt: skip
# Whole folders whose business is the framework or the outside world.
GLUE = {
    "database", "web", "transports", "tables", "capabilities", "factory", "settings", "national_services", "clock",
    "errors",
}  # fmt: skip
FRAMEWORKS = {"flask", "sqlalchemy", "flask_sqlalchemy", "flask_wtf", "wtforms", "flask_babel", "click", "werkzeug"}
OUTSIDE = {"socket", "smtplib", "urllib.request", "http", "subprocess", "requests"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_pure(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return path.stem not in RESERVED and not GLUE.intersection(parts)


PURE_MODULES = [path for path in MODULES if _is_pure(path)]


def _own_parts(name: str) -> list[str]:
    return name.split(".")[1:] if name.startswith("outreach.") else []


@pytest.mark.parametrize("path", PURE_MODULES, ids=_name)
def test_a_pure_module_knows_no_framework_and_no_outside(path: Path) -> None:
    for name in _imports(path):
        assert name.split(".")[0] not in FRAMEWORKS, name
        assert not any(name == outside or name.startswith(outside + ".") for outside in OUTSIDE), name
        assert not RESERVED.intersection(_own_parts(name)), name
        assert not name.startswith(("outreach.clock", "outreach.database", "outreach.web")), name


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_its_own_folder_or_an_earlier_one(path: Path) -> None:
    own = ORDER.index(path.relative_to(PACKAGE).with_suffix("").parts[0])
    for name in _imports(path):
        if (parts := _own_parts(name)) and parts[0] in ORDER:
            assert ORDER.index(parts[0]) <= own, name


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    for function in _functions(path):
        inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not inner, f"{function.name}, line {function.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_functions_and_views_keep_their_size(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    most = 25 if path.stem.endswith("routes") else 40
    for function in _functions(path):
        assert (function.end_lineno or 0) - function.lineno < most, f"{function.name}, line {function.lineno}"


def test_the_order_names_each_folder_of_the_house() -> None:
    folders = {path.stem for path in PACKAGE.iterdir() if path.stem not in ("__init__", "__pycache__", "translations")}
    assert folders == set(ORDER)


def test_routes_neither_commit_nor_query() -> None:
    for path in MODULES:
        if path.stem.endswith("routes"):
            text = path.read_text(encoding="utf-8")
            assert "db.session" not in text, _name(path)
            assert "select(" not in text, _name(path)


def test_services_and_queries_never_commit() -> None:
    for path in MODULES:
        if path.stem in ("service", "queries", "erasure"):
            assert ".commit()" not in path.read_text(encoding="utf-8"), _name(path)


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
