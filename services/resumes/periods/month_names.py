"""The names of months in many languages, and one expression that finds any of them quickly."""

import re

from services.resumes.words import table

Tree = dict[str, "Tree"]
NAMES = [names.split() for _, names in table("months")]  # of January first; two words are joined by "_"


def _folded(name: str) -> str:
    """One key for all that `re.IGNORECASE` takes for the same: "NİSAN" and "nisan", "ΜΆΙΟΣ" and "μάιος"."""
    return re.sub(r"\s+", "_", name.casefold().replace("i\u0307", "i").replace("ı", "i"))


_NUMBER = {_folded(name): number for number, names in enumerate(NAMES, 1) for name in names}


def month_number(name: str) -> int:
    """1 to 12. Raises `KeyError` for what `MONTH` does not match."""
    return _NUMBER[_folded(name)]


def _expression(tree: Tree) -> str:
    """Letters that several names begin with are tried once, not once a name."""
    branches = [_letter(letter) + _expression(rest) for letter, rest in tree.items() if letter]
    if not branches:
        return ""
    inner = "|".join(branches)
    return f"(?:{inner})?" if "" in tree else inner if len(branches) == 1 else f"(?:{inner})"


def _letter(letter: str) -> str:
    return r"\s+" if letter == "_" else re.escape(letter)


def _tree() -> Tree:
    root: Tree = {}
    for name in sorted({name for names in NAMES for name in names}):
        node = root
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = {}
    return root


MONTH = _expression(_tree())
