"""Skills, names and addresses that a sentence mentions."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from services.letters.context import Sentence, Sources
from services.letters.support import Source, plain
from services.skills.mention import Mention
from services.skills.vocabulary import canonical, find


def skills(sentence: Sentence, sources: Sources) -> Iterator[str]:
    known = _vouching(sentence, sources)
    for mention in find(sentence.masked):
        if mention.kind != "soft" and not _borne_out(mention, known):
            yield mention.surface


def _borne_out(mention: Mention, known: tuple[Source, ...]) -> bool:
    return any(mention.skill in source.skills or source.says(mention.surface) for source in known)


def _vouching(sentence: Sentence, sources: Sources) -> tuple[Source, ...]:
    return (sources.resume, sources.posting) if sentence.may_cite_posting else (sources.resume,)


_CAPITALISED = re.compile(r"(?<!\w)(?:[A-ZÀ-Þ][\w&+#’'.-]*|[a-z]+[A-Z]\w*)(?:\s+(?:[A-ZÀ-Þ0-9][\w&+#’'.-]*))*")


def proper_names(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """Words with capitals are names; a name must stand in the résumé, or in the posting when it may be repeated."""
    known = _vouching(sentence, sources)
    proven = [(one.start, one.end) for one in find(sentence.masked) if _borne_out(one, known)]
    for run, start in _runs(sentence.masked):
        inside = any(begin <= start and start + len(run) <= end for begin, end in proven)
        if not (inside or any(source.says(run) or canonical(run) in source.skills for source in known)):
            yield run


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Words with capitals that stand together, and where they start; without what opens a sentence and names nobody."""
    first = len(text) - len(text.lstrip("\"“‘'( "))
    for match in _CAPITALISED.finditer(text):
        words = match[0].split()
        if match.start() == first and _may_open(words[0]):
            words = words[1:]
        while words and _names_nobody(words[0]):
            words = words[1:]
        while words and _names_nobody(words[-1]):
            words = words[:-1]
        if words:
            run = re.sub(r"['’]s?$|[.,'’-]+$", "", " ".join(words))
            yield run, text.find(words[0], match.start())


def _names_nobody(word: str) -> bool:
    """`March`, `Dear`, `I'm`, `&`."""
    return set(plain(word).split()) <= _words("addressing.txt")


def _may_open(word: str) -> bool:
    bare = word.lower().strip(".,!?;:’'\"")
    return bare in _words("openers.txt") or bool(re.search(r"(?:ing|ed|ly)$", bare))


@cache
def _words(name: str) -> frozenset[str]:
    lines = (files("services.letters") / "words" / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+")


def contacts(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """Addresses are copied or they are invented."""
    facts = sources.facts
    known = f"{facts.contact}\n{facts.resume_text}\n{facts.posting.text}".lower()
    for match in _ADDRESS.finditer(sentence.text):
        if match[0].lower().rstrip(".,;)") not in known:
            yield match[0]
