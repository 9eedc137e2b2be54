"""The reader's word lists, as data: one file a list, read when first asked for.

Files here hold common words of the trade in many languages and nothing else: no name of a person, an employer or a
product, no rule and no code. `cities` are the localities of libphonenumber's geocoding data (Apache License 2.0).
"""

from importlib.resources import files


def words(name: str) -> frozenset[str]:
    """The words of `name`.txt, which are separated by white space."""
    return frozenset(_read(f"{name}.txt").split())


def lines(name: str) -> frozenset[str]:
    """The lines of `name`.txt, for names of several words."""
    return frozenset(line.strip() for line in _read(f"{name}.txt").splitlines() if line.strip())


def table(name: str) -> list[tuple[str, str]]:
    """The rows of `name`.tsv as (first column, second column), in order; lines that begin with # are remarks."""
    rows = [line.partition("\t") for line in _read(f"{name}.tsv").splitlines() if line and not line.startswith("#")]
    return [(first, second) for first, _, second in rows]


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
