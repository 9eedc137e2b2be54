"""Addresses and profiles: written out, behind a word or an icon, or as a bare user name among the contact details."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from services.resumes.contact.emails import aligned, find_emails, follows
from services.resumes.contact.networks import NETWORKS, front_page, link_of, profile_of
from services.resumes.profile import Link
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line
from services.resumes.words import words

__all__ = ["NETWORKS", "URL", "find_links", "links_in"]

URL = re.compile(
    r"(?i)(?<![@\w.-])(?:https?://[^\s<>|,;()\"“”]+|www\.[^\s<>|,;()\"“”]+|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:"
    + "|".join(sorted(words("domains")))
    + r")(?:/[^\s<>|,;()\"“”]*)?)(?![\w@])"
)
SENTENCE = 6  # words
GRID, SAME_X = 8, 3.0  # lines of a row of labels and of the row below it, and points between a label and its value
LABELS = frozenset(NETWORKS) | frozenset(
    {"web", "website", "site", "blog", "email", "e-mail", "mail", "phone", "location"}
)
LEAST_SHARED, MOST_HANDLES, MOST_LABEL = 4, 3, 4
HANDLE = re.compile(r"@?[A-Za-z0-9][\w.-]{1,38}$")
RESEARCHER = re.compile(r"(?<![\d/-])\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?![\d-])")
TURNED = re.compile(r"(?<![\w@.])([a-z][\w.-]{2,38})@$")  # as pages written from right to left show it
FEDERATED = re.compile(r"(?<![\w@/])@(?P<user>\w[\w.-]*)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
IN = re.compile(r"(?i)^/?in/(?P<user>[\w%-]+)/?$")
MAP = re.compile(r"(?i)//(?:www\.)?(?:maps\.|google\.[a-z.]+/maps|goo\.gl/maps|openstreetmap\.)")
_LONG_NAMES = tuple(name for name in NETWORKS if name != "x")
_NAMES = "|".join(sorted(map(re.escape, _LONG_NAMES), key=len, reverse=True))
LABELLED = re.compile(
    rf"(?i)(?<!\w)(?P<name>{_NAMES})(?!\w)\s*(?:profile|id|url|user(?:name)?)?[\s:：/|\-–—]*(?P<user>@?[A-Za-z0-9][\w./-]{{1,60}})?\s*$"
)
OLD_BIRD = re.compile(r"(?<!\w)X(?:\s*[:：]\s*@?|\s+@)(?P<user>\w{2,20})\s*$")  # the letter alone names too much
AFTER = re.compile(rf"(?i)^(?P<user>@?[A-Za-z0-9][\w.-]{{1,38}})\s*[(\[]\s*(?P<name>{_NAMES})\s*[)\]]$")
PARTS = re.compile(
    r"\s+[|•·⋄◆♦∙/–—]\s+|\s*\|\s*|\s{3,}|,\s|"
    r"\s+(?!(?:[Pp]rofile|ID|id|URL|[Uu]ser(?:name)?):)(?=[^\s:/@]{2,14}:\s)"
)
FILES = re.compile(
    r"(?i)^(?:node|vue|next|nuxt|express|react|three|d3|angular|ember|backbone|moment|socket|asp|ado|vb|ml|deno|"
    r"nest)\.(?:js|io|net)$"
)
SUFFIX = re.compile(r"(?i)(?:www\.)?(?:co|com|org|net|ac|gov|edu|or|ne)\.[a-z]{2}")  # of a country, without a name
TAIL = re.compile(r"[\w.~%-]+(?:/[\w.~%-]*)*$")
NEAR = 90.0  # points, within which an icon stands beside the contact details
Found = list[tuple[Link, Line]]


def find_links(details: Sequence[Line], about: Sequence[Line], icons: Sequence[Line], person: Sequence[str]) -> Found:
    """All addresses among the contact details; elsewhere only profiles on known networks. `person` holds the name and
    the e-mail address, which tell a bare user name from other words.
    """
    found = links_in(details, person)
    known = {_key(link) for link, _ in found}
    beside = [icon for icon in icons if any(_is_near(icon, line) for line in details)]
    known_words = _known(person)
    others = [*links_in(beside), *(item for item in links_in([*about, *icons]) if _is_persons(item, known_words))]
    for link, line in others:
        if _key(link) not in known:
            known.add(_key(link))
            found.append((link, line))
    named = [_plain(link.username or link.url.rpartition("/")[2]) for link, _ in found]
    bare = _bare_handles(details, person)
    found += [item for item in bare if not any(name.endswith(_plain(item[0].username)) for name in named)]
    return _without_front_pages(found)


def linked(line: Line) -> bool:
    """It points somewhere, or is nothing but an address."""
    return bool(line.links) or (may_hold_address(line.text) and URL.fullmatch(line.text) is not None)


def _is_persons(item: tuple[Link, Line], known: Sequence[str]) -> bool:
    """A profile, or an address alone in its line that is named like the person."""
    link, line = item
    return bool(link.username) or (URL.fullmatch(line.text) is not None and any(word in _key(link) for word in known))


def _is_near(icon: Line, line: Line) -> bool:
    return icon.page == line.page and abs(icon.box.top - line.box.top) < NEAR


def links_in(lines: Sequence[Line], person: Sequence[str] = ()) -> Found:
    """Links in the order met, once each."""
    found: dict[str, tuple[Link, Line]] = {}
    emails = [email.address.lower() for email in find_emails(lines)]
    known = _known(person)
    for index, line in enumerate(lines):
        for link in _links(lines, index, known):
            key = _key(link)
            if not _is_cut_off(key, emails) and not MAP.search(link.url) and not _is_piece(key, lines, index):
                found.setdefault(key, (link, line))
    return _without_front_pages(list(found.values()))


def _key(link: Link) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", link.url.lower()).rstrip("/")


def _is_cut_off(host: str, emails: Sequence[str]) -> bool:
    """The end of an e-mail address that a narrow column broke."""
    ends = (email[-len(host) - 1] for email in emails if email.endswith(host) and len(email) > len(host))
    return any(before not in "@." for before in ends)


def _is_piece(key: str, lines: Sequence[Line], index: int) -> bool:
    """One half of an address that goes over two lines, both of which point to the whole."""
    beside = {
        address for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]) for address in line.links
    }
    whole = [_key(Link(address)) for address in lines[index].links if address in beside]
    return any(address != key and (address.startswith(key) or address.endswith(key)) for address in whole)


def _without_front_pages(found: Found) -> Found:
    """A network's bare front page is no profile when the profile is there too."""
    users = {link.network for link, _ in found if link.network and link.username}
    return [(link, line) for link, line in found if not front_page(link) or link.network not in users]


def _links(lines: Sequence[Line], index: int, known: Sequence[str]) -> Iterator[Link]:
    line = lines[index]
    text = FEDERATED.sub(" ", line.text)
    for match in FEDERATED.finditer(line.text):
        yield Link(f"https://{match['host']}/@{match['user']}", "Mastodon", match["user"])
    for match in RESEARCHER.finditer(text):
        if "orcid" not in text.casefold():
            yield profile_of("orcid", match.group())
    if index and re.search(r"@[\w.-]*[-.]?$", lines[index - 1].text) and URL.match(text):
        text = URL.sub(" ", text, count=1) if _is_rest(lines, index) else text
    yield from _written(text, lines, index, known)
    hidden = [address for address in line.links if address.lower().startswith("http")]
    yield from _behind(text, hidden)
    following = _following(lines, index)
    parts = [re.sub(r"^[^\w@/]+", "", part).strip() for part in PARTS.split(text)]
    if re.search(r"[\w.][-_]$", parts[-1]):
        parts[-1] = _completed(parts[-1], lines, index, known)
    for part in parts:
        yield from _handles(part, following, bool(hidden) or bool(URL.search(part)) or _ends_address(lines, index))
    if not hidden:
        yield from _above_its_network(lines, index, known)
    yield from _beside_front_page(text)


def _following(lines: Sequence[Line], index: int) -> Line | None:
    """The line that a label speaks of: the next one; below it where labels and values are two rows of one grid."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or aligned(following, line):
        return following
    beside = following.page == line.page and following.box.top == line.box.top
    if beside and following.text.strip(" :").casefold() not in LABELS:
        return following
    below = (other for other in lines[index + 1 : index + 1 + GRID] if follows(other, line))
    return next((other for other in below if abs(other.box.x0 - line.box.x0) < SAME_X), None)


def _is_rest(lines: Sequence[Line], index: int) -> bool:
    """The second half of an e-mail address."""
    return lines[index - 1].text.endswith(("@", "-", ".")) and "@" in lines[index - 1].text.split()[-1]


def may_hold_address(text: str) -> bool:
    """A quick look before the long pattern."""
    return "." in text or "://" in text


def _written(text: str, lines: Sequence[Line], index: int, known: Sequence[str]) -> Iterator[Link]:
    if not may_hold_address(text):
        return
    for match in URL.finditer(text):
        written = match.group().rstrip(".,:;/")
        host = re.sub(r"^https?://", "", written).partition("/")[0]
        if (
            "@" in host
            or text[: match.start()].rstrip().endswith("@")
            or SUFFIX.fullmatch(host)
            or FILES.match(written)
            or text[match.end() : match.end() + 1] == "@"
        ):
            continue
        if text.endswith(match.group()):
            written = _completed(match.group(), lines, index, known).rstrip(".,:;/")
        yield link_of(written)


def _completed(written: str, lines: Sequence[Line], index: int, known: Sequence[str]) -> str:
    """An address with the lines that go on with it: after a hyphen or a slash, or where a word of the name breaks."""
    last = lines[index]
    for line in lines[index + 1 : index + 4]:
        named = AFTER.match(line.text) if "/" in written else None
        if named and link_of(written).network.casefold() == named["name"].casefold() and not line.links:
            return written + named["user"]
        tail = TAIL.match(line.text)
        if tail is None or line.page != last.page or line.links or "." in line.text.rpartition(" ")[2][1:]:
            break
        if not aligned(line, last) and line.box.top <= last.box.top:
            continue
        joint = _joined(written, tail.group(), known)
        if not joint or line.text != line.text.lower():
            break
        written, last = joint, line
    return written


def _joined(head: str, tail: str, known: Sequence[str]) -> str:
    """Both halves of a user name, without the hyphen where it only breaks a word; empty where they do not belong."""
    between = any(_plain(head[:-1]).endswith(word) or _plain(tail).startswith(word) for word in known)
    if head.endswith("-") and not between and _breaks(head[:-1], tail, known):
        return head[:-1] + tail
    if head.endswith(("/", "-", "_")) or (head.rpartition("/")[2] and _breaks(head, tail, known)):
        return head + tail
    return ""


def _ends_address(lines: Sequence[Line], index: int) -> bool:
    """The second half of an address that the line above begins: "linkedin.com/in/jane" and "roe (LinkedIn)"."""
    above = lines[index - 1] if index else None
    after = AFTER.match(lines[index].text)
    found = list(URL.finditer(above.text)) if above is not None and after else []
    return bool(found and after) and link_of(found[-1].group()).network.casefold() == after["name"].casefold()  # type: ignore[index]


def _breaks(head: str, tail: str, known: Sequence[str]) -> bool:
    """A word of the person's name begins in one half and ends in the other."""
    whole, cut = _plain(head + tail), len(_plain(head))
    return any(
        whole[at : at + len(word)] == word and at < cut < at + len(word)
        for word in known
        for at in range(max(cut - len(word), 0), cut)
    )


def _behind(text: str, addresses: Sequence[str]) -> Iterator[Link]:
    for address in addresses:
        link = link_of(address)
        if link.network == "" and "." not in urlsplit(link.url).netloc:
            continue  # a page on the writer's own computer
        if not link.network and text.endswith(".") and len(text.split()) > SENTENCE:
            continue  # a source quoted in prose
        named = AFTER.match(text)
        handle = named["user"] if named else text
        if front_page(link) and HANDLE.match(handle) and "." not in handle:
            link = profile_of(link.network, handle)
        yield link


def _handles(part: str, following: Line | None, known: bool) -> Iterator[Link]:
    if known:
        return
    if match := AFTER.match(part):
        yield profile_of(match["name"], match["user"])
    elif match := OLD_BIRD.search(part):
        yield profile_of("x", match["user"])
    elif match := IN.match(part):
        yield profile_of("linkedin", match["user"].lower() if part.isupper() else match["user"])
    elif match := labelled_profile(part):
        if match["user"] and match["user"].casefold() in LABELS:
            return  # two networks, side by side
        if match["user"] and len(part.split()) <= MOST_LABEL and "@" not in match["user"][1:]:
            yield profile_of(match["name"], match["user"].rstrip("/").rsplit("/", 1)[-1])
        elif not match["user"] and _names_only(part, match["name"]) and _is_handle(following):
            yield profile_of(match["name"], following.text if following else "")


@lru_cache(maxsize=2048)
def labelled_profile(text: str) -> re.Match[str] | None:
    """A network's name and what is behind it, at the end of a text."""
    plain = text.casefold()
    return LABELLED.search(text) if any(map(plain.__contains__, _LONG_NAMES)) else None


def _above_its_network(lines: Sequence[Line], index: int, known: Sequence[str]) -> Iterator[Link]:
    """Thus "jane.roe" with "LinkedIn" in the next line, unless the line above is the network it belongs to."""
    name = lines[index].text.strip(" :()").casefold()
    if index == 0 or name not in NETWORKS or name == "x" or not _is_handle(lines[index - 1]):
        return
    above = lines[index - 1]
    own = any(word[:LEAST_SHARED] in _plain(above.text) for word in known) and not URL.search(above.text)
    if own and aligned(lines[index], above) and not (index > 1 and lines[index - 2].text.casefold() in NETWORKS):
        yield profile_of(name, above.text)


def _beside_front_page(text: str) -> Iterator[Link]:
    """Thus "janeroe · https://twitter.com": a user name beside the bare address of its network."""
    if not may_hold_address(text):
        return
    parts = [part.strip() for part in PARTS.split(text)]
    for one, other in itertools.pairwise(parts):
        for user, address in ((one, other), (other, one)):
            if URL.fullmatch(address) and HANDLE.match(user) and not URL.match(user) and front_page(link_of(address)):
                yield profile_of(link_of(address).network, user)


def _names_only(part: str, name: str) -> bool:
    return part.strip(" :").casefold() == name.casefold()


def _is_handle(line: Line | None) -> bool:
    return (
        line is not None
        and bool(HANDLE.match(line.text))
        and not (line.links or URL.fullmatch(line.text) or heading_kind(line.text))
        and line.text.casefold() not in LABELS
    )


def _bare_handles(lines: Sequence[Line], person: Sequence[str]) -> Found:
    """User names that stand alone among the contact details, where an icon tells the network to the eye: words that
    begin like the person's name or address, such as "jroe" beside "jane.roe@example.org".
    """
    known = _known(person)
    found = []
    for index, line in enumerate(lines):
        if line.links or (index and lines[index - 1].text.endswith("-") and lines[index - 1].text.islower()):
            continue
        parts = PARTS.split(TURNED.sub(r"@\1", line.text))
        for number, part in enumerate(parts):
            tokens = part.split()
            if len(tokens) > MOST_HANDLES or any(not HANDLE.match(t) or t != t.lower() for t in tokens):
                continue
            for token in tokens:
                whole = _completed(token, lines, index, known) if number == len(parts) - 1 else token
                if _is_own(whole, known):
                    found.append((Link(whole.lstrip("@"), "", whole.lstrip("@")), line))
    return found


def _is_own(token: str, known: Sequence[str]) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", token.casefold())
    form = token.isascii() and token == token.lower() and bool(HANDLE.match(token)) and "." not in token
    return form and any(word[:LEAST_SHARED] in plain for word in known)


def _known(person: Iterable[str]) -> list[str]:
    """The longer words of the name and the address."""
    own = [text.partition("@")[0] for text in person]
    return [word for text in own for word in re.split(r"[^a-z0-9]+", _ascii(text)) if len(word) >= LEAST_SHARED]


def _plain(text: str) -> str:
    return text.casefold().lstrip("@")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
