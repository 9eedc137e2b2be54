"""Typefaces for PDFs, from packages: no file of the host is needed, and any two hosts draw the same page.

FiraGO sets Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai and Georgian; Noto Sans and symbol fonts stand in
for the rest; Noto Sans SC, JP, KR and TC set Han, kana and Hangul. Those hold megabytes and every weight at once, so
each document gets a font of its own characters alone, cut out before its weight is fixed: in the other order it takes
seconds.
"""

import atexit
import logging
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from pymupdf_fonts import myfont

# Both tell the log which characters they keep or miss: that is what the résumé says, and no line of it may be there.
for _talker in ("fontTools", "fpdf"):
    logging.getLogger(_talker).setLevel(logging.ERROR)

BASE = "FiraGO"
_BASE_STYLES = {"": "figo", "B": "figbo", "I": "figit"}
_STAND_INS = {"Noto": "notos", "Symbols": "symbol1", "MoreSymbols": "symbol2", "Math": "math"}
_WEIGHTS = {"": 400, "B": 700}
_KANA, _HANGUL = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")


@dataclass(frozen=True)
class Face:
    """One font file. `style` is empty, B or I; `is_fallback` says that it only sets what `BASE` cannot."""

    family: str
    style: str
    path: Path
    is_fallback: bool = True


@dataclass(frozen=True)
class Faces:
    """What one document needs, and the characters that nobody can draw."""

    faces: tuple[Face, ...]
    missing: frozenset[str]


def faces_for(text: str, folder: Path) -> Faces:
    """Choose fonts for `text`; those made for it alone are written to `folder`, which must outlive their use."""
    wanted = {char for char in text if _is_drawn(char)}
    chosen = [Face(BASE, style, _unpacked(name), is_fallback=False) for style, name in _BASE_STYLES.items()]
    wanted -= _covered(_unpacked(_BASE_STYLES[""]))
    for family, name in _STAND_INS.items():
        if hits := wanted & _covered(_unpacked(name)):
            chosen.append(Face(family, "", _unpacked(name)))
            wanted -= hits
    for language in _east_asian_order(text) if wanted else ():
        if hits := wanted & _covered(_east_asian(language)):
            chosen += _cut(language, hits, folder)
            wanted -= hits
    return Faces(tuple(chosen), frozenset(wanted))


def _is_drawn(char: str) -> bool:
    """Spaces, joiners, direction marks and variation selectors have no shape to miss."""
    return unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn")


def _east_asian_order(text: str) -> Iterator[str]:
    """Han characters look different in each language: the other characters of a text say which one it is."""
    first = "JP" if _KANA.search(text) else "KR" if _HANGUL.search(text) else "SC"
    yield first
    yield from (language for language in ("SC", "TC", "JP", "KR") if language != first)


def _cut(language: str, chars: Iterable[str], folder: Path) -> Iterator[Face]:
    for style, weight in _WEIGHTS.items():
        path = folder / f"{language}{style}.ttf"
        cutter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
        cutter.populate(unicodes=[ord(char) for char in chars])
        with TTFont(_east_asian(language), lazy=True) as font:
            cutter.subset(font)
            instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.save(path)
        yield Face(f"NotoSans{language}", style, path)


def _east_asian(language: str) -> Path:
    name = f"fonts/ofl/notosans{language.lower()}/NotoSans{language}[wght].ttf"
    return Path(str(files("justmytype_intl_cjk") / name))


@lru_cache(maxsize=16)
def _covered(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap())


@lru_cache(maxsize=16)
def _unpacked(name: str) -> Path:
    """The package keeps its fonts in modules, and the PDF writer wants files. They go with the process."""
    path = Path(_folder()) / f"{name}.ttf"
    handle, draft = tempfile.mkstemp(dir=path.parent)  # renamed when whole: threads may be at it together
    with os.fdopen(handle, "wb") as file:
        file.write(myfont(name))
    Path(draft).replace(path)
    return path


@lru_cache(maxsize=1)
def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="offerline-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
