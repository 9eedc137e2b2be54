"""The house keeps its shape: ceilings, promises in every folder, no import hidden in a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "models", "services", "scrapers", "pipelines", "workers", "api", "cli")
FILE_CEILING = 400
FUNCTION_CEILING = 40
SOURCE_CEILING = 60
MODEL_CEILING = 120
CORE_MODULES = 10


def _files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_rooms_are_found() -> None:
    assert all(_files(room) for room in ROOMS)


def test_no_file_passes_the_ceiling() -> None:
    assert [_named(path) for path in _files(*ROOMS, "tests") if _lines(path) > FILE_CEILING] == []


def test_no_function_passes_the_ceiling() -> None:
    long = [
        f"{_named(path)}:{node.name}"
        for path in _files(*ROOMS)
        for node in _functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_CEILING
    ]
    assert long == []


def test_a_source_fits_on_a_page() -> None:
    assert [_named(path) for path in _files("scrapers/sources") if _lines(path) > SOURCE_CEILING] == []


def test_a_table_file_stays_small() -> None:
    assert [_named(path) for path in _files("models") if _lines(path) > MODEL_CEILING] == []


def test_the_floor_stays_small() -> None:
    assert len([path for path in _files("core") if path.name != "__init__.py"]) <= CORE_MODULES


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{_named(path)}:{inner.lineno}"
        for path in _files(*ROOMS)
        for node in _functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nobody_escapes_with_type_checking() -> None:
    escaped = [_named(path) for path in _files(*ROOMS) if "TYPE_CHECKING" in path.read_text(encoding="utf-8")]
    assert [name for name in escaped if not name.startswith("models/")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_says_what_it_promises(room: str) -> None:
    silent = [
        _named(path)
        for path in (ROOT / room).rglob("__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_handlers_stay_thin() -> None:
    """A handler is at most ten statements; the work is behind it."""
    thick = [
        f"{_named(path)}:{node.name}"
        for path in _files("api")
        for node in _functions(path)
        if any("router." in ast.unparse(one) for one in node.decorator_list) and len(node.body) > 10
    ]
    assert thick == []
