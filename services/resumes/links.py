"""Addresses and profiles: written out, behind a word, or as a bare user name beside the network's name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from services.resumes.profile import Link
from services.resumes.text import Line
from services.resumes.words import words

NETWORKS = {
    "linkedin": ("LinkedIn", "linkedin.com/in/"),
    "github": ("GitHub", "github.com/"),
    "gitlab": ("GitLab", "gitlab.com/"),
    "twitter": ("Twitter", "twitter.com/"),
    "stackoverflow": ("StackOverflow", "stackoverflow.com/users/"),
    "stack overflow": ("StackOverflow", "stackoverflow.com/users/"),
    "facebook": ("Facebook", "facebook.com/"),
    "instagram": ("Instagram", "instagram.com/"),
    "medium": ("Medium", "medium.com/@"),
    "dribbble": ("Dribbble", "dribbble.com/"),
    "behance": ("Behance", "behance.net/"),
    "youtube": ("YouTube", "youtube.com/@"),
    "kaggle": ("Kaggle", "kaggle.com/"),
    "xing": ("Xing", "xing.com/profile/"),
    "quora": ("Quora", "quora.com/profile/"),
    "mastodon": ("Mastodon", ""),
    "soundcloud": ("SoundCloud", "soundcloud.com/"),
    "orcid": ("ORCID", "orcid.org/"),
    "bitbucket": ("Bitbucket", "bitbucket.org/"),
    "google scholar": ("Google Scholar", ""),
    "researchgate": ("ResearchGate", "researchgate.net/profile/"),
    "x": ("X", "x.com/"),
    "leetcode": ("LeetCode", "leetcode.com/"),
    "codepen": ("CodePen", "codepen.io/"),
    "skype": ("Skype", ""),
    "telegram": ("Telegram", "t.me/"),
    "hackerrank": ("HackerRank", "hackerrank.com/"),
    "pinterest": ("Pinterest", "pinterest.com/"),
    "vimeo": ("Vimeo", "vimeo.com/"),
    "dev.to": ("DEV", "dev.to/"),
    "hackernews": ("Hacker News", ""),
    "bluesky": ("Bluesky", "bsky.app/profile/"),
    "threads": ("Threads", "threads.net/@"),
    "qiita": ("Qiita", "qiita.com/"),
    "zenn": ("Zenn", "zenn.dev/"),
    "note": ("note", "note.com/"),
    "wantedly": ("Wantedly", ""),
    "reddit": ("Reddit", "reddit.com/user/"),
    "tumblr": ("Tumblr", "tumblr.com/"),
    "flickr": ("Flickr", "flickr.com/people/"),
    "spotify": ("Spotify", ""),
    "keybase": ("Keybase", "keybase.io/"),
    "angellist": ("AngelList", "angel.co/u/"),
}
_CASED = {name: key for key, (name, _) in reversed(NETWORKS.items())}
_HOSTS = {place.split("/")[0]: name for name, place in NETWORKS.values() if place}
URL = re.compile(
    r"(?i)(?<![@\w.-])(?:https?://[^\s<>|,;()\"“”]+|www\.[^\s<>|,;()\"“”]+|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:"
    + "|".join(sorted(words("domains")))
    + r")(?:/[^\s<>|,;()\"“”]*)?)(?![\w@])"
)
SENTENCE = 6  # words
LEAST_SHARED, MOST_HANDLES = 4, 3
HANDLE = re.compile(r"@?[A-Za-z0-9][\w.-]{1,38}$")
_NAMES = "|".join(sorted((re.escape(name) for name in NETWORKS if name != "x"), key=len, reverse=True))
LABELLED = re.compile(
    rf"(?i)(?<!\w)(?P<name>{_NAMES})(?!\w)\s*(?:profile|id)?\s*[:：/|\-–]*\s*(?P<user>@?[A-Za-z0-9][\w./-]{{1,60}})?\s*$"
)
AFTER = re.compile(rf"(?i)^(?P<user>@?[A-Za-z0-9][\w.-]{{1,38}})\s*[(\[]\s*(?P<name>{_NAMES})\s*[)\]]$")
FILES = re.compile(
    r"(?i)^(?:node|vue|next|nuxt|express|react|three|d3|angular|ember|backbone|moment|socket|asp|ado|vb|ml|deno|"
    r"nest)\.(?:js|io|net)$"
)


def links_in(lines: Sequence[Line]) -> list[tuple[Link, Line]]:
    """Links in the order met, once each."""
    found: dict[str, tuple[Link, Line]] = {}
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        for link in _links(line, lines[index - 1] if index else None, following):
            key = link.url.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
            found.setdefault(key, (link, line))
    return _without_prefixes(list(found.values()))


def _without_prefixes(found: list[tuple[Link, Line]]) -> list[tuple[Link, Line]]:
    """A network's bare front page is no profile when the profile is there too."""
    users = {link.network for link, _ in found if link.network and link.username}
    return [(link, line) for link, line in found if link.username or link.network not in users or not link.network]


def _links(line: Line, before: Line | None, following: Line | None) -> Iterator[Link]:
    text = line.text
    if before is not None and before.text.endswith("@"):
        return  # the second half of an e-mail address
    hidden = [address for address in line.links if address.lower().startswith("http")]
    for match in URL.finditer(text):
        written = match.group().rstrip(".,:;/")
        if "@" in written or FILES.match(written) or text[match.end() : match.end() + 1] == "@":
            continue
        if text.endswith(match.group()) and match.group().endswith(("/", "-")) and following is not None:
            tail = re.match(r"[\w.~%-]+(?:/[\w.~%-]*)*$", following.text)
            written = match.group() + tail.group() if tail else written
        yield link_of(written)
    for address in hidden:
        link = link_of(address)
        if not link.network and text.endswith(".") and len(text.split()) > SENTENCE:
            continue  # a source quoted in prose
        named = AFTER.match(text)
        handle = named["user"] if named else text
        if link.network and not link.username and HANDLE.match(handle) and "." not in handle:
            link = _profile(link.network, handle)
        yield link
    for part in re.split(r"\s+[|•·⋄]\s+|\s{3,}|,\s", text):
        yield from _handles(part.strip(), following, bool(hidden) or bool(URL.search(part)))


def _handles(part: str, following: Line | None, known: bool) -> Iterator[Link]:
    if known:
        return
    if match := AFTER.match(part):
        yield _profile(match["name"], match["user"])
    elif match := LABELLED.search(part):
        if match["user"] and len(part.split()) <= 4 and "@" not in match["user"][1:]:  # noqa: PLR2004 — "LinkedIn profile: x"
            yield _profile(match["name"], match["user"].rsplit("/", 1)[-1] or match["user"])
        elif not match["user"] and _names_only(part, match["name"]) and _is_handle(following):
            yield _profile(match["name"], following.text if following else "")


def _names_only(part: str, name: str) -> bool:
    return part.strip(" :").casefold() == name.casefold()


def bare_handles(lines: Sequence[Line], person: Iterable[str]) -> list[tuple[Link, Line]]:
    """User names that stand alone among the contact details, where an icon tells the network to the eye: words that
    begin like the person's name or address, such as "jroe" beside "jane.roe@example.org".
    """
    known = [word for text in person for word in re.split(r"[^a-z0-9]+", _ascii(text)) if len(word) >= LEAST_SHARED]
    found = []
    for line in lines:
        tokens = line.text.split()
        if line.links or len(tokens) > MOST_HANDLES:
            continue
        for token in tokens:
            plain = re.sub(r"[^a-z0-9]", "", token.casefold())
            own = token.isascii() and token == token.lower() and bool(HANDLE.match(token)) and "." not in token
            if own and any(word[:LEAST_SHARED] in plain for word in known):
                found.append((Link(token.lstrip("@"), "", token.lstrip("@")), line))
    return found


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def _is_handle(line: Line | None) -> bool:
    return line is not None and bool(HANDLE.match(line.text)) and not line.links


def _profile(name: str, user: str) -> Link:
    network, place = NETWORKS[_CASED.get(name, name).casefold()]
    user = user.strip("@/ ")
    return Link(f"https://{place}{user}" if place else user, network, user)


def link_of(address: str) -> Link:
    """A link as written, with a scheme; the network and the user name by its host and path."""
    url = address if re.match(r"(?i)https?://", address) else f"https://{address}"
    rest = re.sub(r"(?i)^https?://(?:www\.|[a-z]{2}\.)?", "", url)
    host, _, path = rest.partition("/")
    network = _HOSTS.get(host.lower(), "")
    parts = [part for part in path.split("?")[0].split("/") if part]
    user = parts[-1].strip("@~") if network and parts else ""
    return Link(url, network, user)
