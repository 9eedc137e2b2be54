"""Tags as a board gives them, made comparable."""

_MOST = 30
_LONGEST = 60
# Boards hang these on nearly everything; the fields of a posting say the same better.
_EMPTY_WORDS = frozenset({"other", "non tech", "full time", "full-time", "digital nomad", "remote", ""})


def tags(said: tuple[str, ...]) -> tuple[str, ...]:
    """Lower case, each once, in the board's order, at most thirty."""
    each = (" ".join(tag.replace("_", " ").lower().split()) for tag in said)
    return tuple(dict.fromkeys(tag for tag in each if tag not in _EMPTY_WORDS and len(tag) <= _LONGEST))[:_MOST]
