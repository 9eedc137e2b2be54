"""What the code imports, `pip install` brings: a package that only a developer has would break a fresh clone."""

import ast
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "models", "services", "scrapers", "pipelines", "workers", "api", "cli", "migrations")
OPTIONAL = {"boto3", "stripe", "botocore"}  # behind an extra, imported by the provider that needs them


def _imported() -> dict[str, str]:
    """Each foreign top-level package, and one file that imports it."""
    found: dict[str, str] = {}
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], str(path.relative_to(ROOT)))
    return {name: path for name, path in found.items() if name not in {*sys.stdlib_module_names, *ROOMS}}


def _installed_for_everybody() -> set[str]:
    """The declared dependencies and all that they bring along."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    waiting, seen = [Requirement(one) for one in declared], set[tuple[str, str]]()
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            key = (canonicalize_name(wanted.name), extra)
            if key not in seen:
                seen.add(key)
                waiting += _needs(wanted.name, extra)
    return {name for name, _ in seen}


def _needs(name: str, extra: str) -> list[Requirement]:
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    needs = [Requirement(line) for line in lines]
    return [one for one in needs if one.marker is None or one.marker.evaluate({"extra": extra})]


def test_every_imported_package_is_declared() -> None:
    providers, declared = packages_distributions(), _installed_for_everybody()
    missing = {
        name: path
        for name, path in _imported().items()
        if name not in OPTIONAL and not {canonicalize_name(one) for one in providers.get(name, [name])} & declared
    }
    assert missing == {}, "add them to [project.dependencies] and constraints.txt"


def test_every_declared_package_has_its_version_fixed() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    fixed = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {canonicalize_name(Requirement(one).name) for one in declared} - fixed == set()
