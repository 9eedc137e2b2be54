"""Reads the word lists under `words/`: `[section]` lines, then one entry a line; `#` starts a comment."""

from importlib.resources import files


def lines(name: str) -> dict[str, list[str]]:
    """Section → its lines."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (files("services.matching") / "words" / name).read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace(" ", "").isalpha():
            section = line[1:-1]
            found[section] = []
        elif line and not line.startswith("#"):
            found[section].append(line)
    return found


def sections(name: str) -> dict[str, dict[str, str]]:
    """Section → key → the words after its ` = `."""
    return {section: dict(line.split(" = ", 1) for line in entries) for section, entries in lines(name).items()}
