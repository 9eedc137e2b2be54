"""What a skill is called, and where a text mentions skills.

The word lists are read once, at the first question (about 30 ms).
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter

from services.skills import evidence
from services.skills.mention import Mention as Mention
from services.skills.mention import Target
from services.skills.tokens import Tokens, key, squashed, tokenise
from services.skills.words import Care, Skill, read_skills

VERSION = re.compile(r"\s+v?\d+(?:\.\w+)*\+?$", re.IGNORECASE)
ASIDE = re.compile(r"\s*\([^)]*\)")
SHORTEST_PLURAL = 5


class Node:
    __slots__ = ("children", "target")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.target: Target | None = None


class Vocabulary:
    """Every name of every skill: a dictionary for whole names, a trie of tokens for running text."""

    def __init__(self, skills: tuple[Skill, ...]) -> None:
        self.skills: Mapping[str, Skill] = {skill.canonical: skill for skill in skills}
        self.names: dict[str, Target] = {}
        for skill in skills:
            self._add(skill)
        self.root = Node()
        for name, target in self.names.items():
            self._plant(name, target)
        self.squashed = self._squash()

    def _add(self, skill: Skill) -> None:
        for name in skill.names:
            spelled = key(name.text)
            known = self.names.get(spelled)
            if known is not None and known.skill != skill.canonical:
                raise ValueError(f"{name.text!r} is claimed by {known.skill!r} and {skill.canonical!r}")
            if known is None or name.care > known.care:
                self.names[spelled] = Target(skill.canonical, skill.kind, name.care, name.text)

    def _plant(self, name: str, target: Target) -> None:
        node = self.root
        for word in name.split():
            node = node.children.setdefault(word, Node())
        node.target = target

    def _squash(self) -> dict[str, str]:
        """Only names that stay unambiguous when their spaces go."""
        found: dict[str, set[str]] = {}
        for name, target in self.names.items():
            found.setdefault(name.replace(" ", ""), set()).add(target.skill)
        return {name: skills.pop() for name, skills in found.items() if len(skills) == 1}

    def canonical(self, name: str) -> str | None:
        for form in (name, ASIDE.sub("", name), VERSION.sub("", ASIDE.sub("", name).strip())):
            target = self.names.get(key(form))
            if target is not None:
                return target.skill
            squeezed = self.squashed.get(squashed(form))
            if squeezed is not None:
                return squeezed
        return None

    def find(self, text: str) -> list[Mention]:
        sure: list[Mention] = []
        doubtful: list[tuple[Mention, Target]] = []
        for target, start, end in self._walk(tokenise(text)):
            if "@" in (text[start - 1 : start], text[end : end + 1]):
                continue  # part of an e-mail address
            mention = Mention(target.skill, target.kind, start, end, text[start:end])
            if target.care is Care.PLAIN or (
                target.care is Care.CAPITALS and evidence.spelled_as(mention.surface, target.spelling)
            ):
                sure.append(mention)
            else:
                doubtful.append((mention, target))
        technical = [mention.start for mention in sure if mention.kind in evidence.TECHNICAL]
        kept = [mention for mention, target in doubtful if evidence.holds(mention, target, text, technical)]
        return sorted(sure + kept, key=attrgetter("start")) if kept else sure

    def _walk(self, tokens: Tokens) -> Iterator[tuple[Target, int, int]]:
        """Every name in the text with where it starts and ends, the longest first, none overlapping."""
        words, children = tokens.words, self.root.children
        index, count = 0, len(words)
        while index < count:
            word = words[index]
            stop, target = index, None
            if word is not None and (word in children or word[:-1] in children):
                stop, target = self._longest(words, index)
            if target is not None:
                yield target, tokens.starts[index], tokens.ends[stop - 1]
            index = max(stop, index + 1)

    def _longest(self, words: list[str | None], first: int) -> tuple[int, Target | None]:
        """Where the longest name starting at token `first` stops, and what it means."""
        node = self.root
        best: tuple[int, Target | None] = (first, None)
        for index in range(first, len(words)):
            word = words[index]
            if word is None:
                break
            child = node.children.get(word)
            if child is None or child.target is None:
                plural = _plural_of(node, word)
                if plural is not None:
                    best = (index + 1, plural)
            if child is None:
                break
            node = child
            if node.target is not None:
                best = (index + 1, node.target)
        return best


def _plural_of(node: Node, word: str) -> Target | None:
    if len(word) < SHORTEST_PLURAL or not word.endswith("s"):
        return None
    child = node.children.get(word[:-1])
    plain = child is not None and child.target is not None and child.target.care is Care.PLAIN
    return child.target if child is not None and plain else None


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return Vocabulary(tuple(read_skills()))


def canonical(name: str) -> str | None:
    """The one name of a skill (`k8s` → `Kubernetes`), or None when the vocabulary does not know it.

    Case, punctuation, an aside in brackets and a version number at the end do not matter.
    """
    return vocabulary().canonical(name)


def find(text: str) -> list[Mention]:
    """Every mention, in order, not overlapping; the longest name wins. Time is linear in the text."""
    return vocabulary().find(text)


def kind(skill: str) -> str | None:
    """The kind of a canonical skill: `language`, `framework`, `soft`, `domain` and so on."""
    known = vocabulary().skills.get(skill)
    return known.kind if known else None


def related(skill: str) -> tuple[str, ...]:
    """What knowing this canonical skill implies, directly: Django → Python."""
    known = vocabulary().skills.get(skill)
    return known.implied if known else ()
