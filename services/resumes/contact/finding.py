"""Who the résumé is about: name, headline, e-mail, phone, place, links, out of its head and its contact sections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.resumes.contact.emails import EMAIL, find_emails, follows
from services.resumes.contact.links import NETWORKS, URL
from services.resumes.contact.location import LABEL_ONLY, SURE, find_location
from services.resumes.contact.names import confirmed, find_name, named_anywhere
from services.resumes.contact.phones import DIGITS as PHONE
from services.resumes.contact.phones import find_phone
from services.resumes.contact.places import address_score, place_score
from services.resumes.entries.lexicon import title_score
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Line

__all__ = ["EMAIL", "Contact", "contact", "tells_contact"]

LABEL = re.compile(r"^\W*[^\W\d][^:：]{1,24}[:：]\s*\S")
MOST_LINES = 80  # of a head or a contact section
AROUND = 3
MOST_PROFILES = 8  # lines of a list of them
MOST_WORDS = 14  # of a headline


@dataclass(frozen=True)
class Contact:
    """Values with the line each stood on; None where nothing was found."""

    name: tuple[str, Line] | None
    headline: tuple[str, Line] | None
    email: tuple[str, Line] | None
    phone: tuple[str, Line] | None
    location: tuple[str, Line] | None


def contact(head: Sequence[Line], rest: Sequence[Line], everything: Sequence[Line], region: str) -> Contact:
    """`head` stands before the first section, `rest` in contact sections, `everything` is the whole text in order."""
    head, rest = head[:MOST_LINES], rest[:MOST_LINES]
    near = [*head, *rest]
    email = next(find_emails(near), None) or next(find_emails(everything), None)
    address = email.address if email else ""
    small = min((line.style.size for line in everything), default=0.0)
    name = find_name(head or everything[:12], address, small) or find_name(everything[:12], address, small)
    if name is None or not confirmed(name[0], address):
        name = named_anywhere(everything, address) or name
    phone = find_phone(near, region) or find_phone(everything, region, strict=True)
    around = _around([email.line if email else None, phone[1] if phone else None], near, everything)
    return Contact(
        name=name,
        headline=_headline(head, name),
        email=(address, email.line) if email else None,
        phone=phone,
        location=find_location(head, [*rest, *around], name),
    )


def tells_contact(part: Section) -> bool:
    """An "About", a "Location" or an unknown title that holds the address and the phone instead of a text."""
    if part.kind not in {Kind.SUMMARY, Kind.OTHER}:
        return False
    if LABEL_ONLY.match(part.title) or next(find_emails(part.lines), None) is not None:
        return True
    texts = [line.text.casefold() for line in part.lines]
    return len(texts) <= MOST_PROFILES and any(text in NETWORKS and len(text) > 1 for text in texts)


def details_of(part: Section) -> list[Line]:
    """The lines of a part that tells contact details, with its title where that is an address in large letters."""
    titled = part.heading.lines if part.heading is not None and address_score(part.title) >= SURE else ()
    return [*titled, *part.lines]


def at_foot(who: Contact, near: Sequence[Line], everything: Sequence[Line]) -> list[Line]:
    """The line of the e-mail address and those that touch it, where it stands neither in the head nor in a contact
    section.
    """
    own = who.email[1] if who.email else None
    if own is None or any(line is own for line in near):
        return []
    return [line for line in everything if line is own or follows(line, own) or follows(own, line)]


def _around(details: Sequence[Line | None], near: Sequence[Line], everything: Sequence[Line]) -> list[Line]:
    """The lines right above and below a contact detail that stands neither in the head nor in a contact section."""
    known = {id(line) for line in near}
    found: list[Line] = []
    for detail in details:
        if detail is None or id(detail) in known:
            continue
        at = next(index for index, line in enumerate(everything) if line is detail)
        found += [line for line in everything[max(at - AROUND, 0) : at + AROUND + 1] if id(line) not in known]
        known |= {id(line) for line in found}
    return found


def _headline(head: Sequence[Line], name: tuple[str, Line] | None) -> tuple[str, Line] | None:
    """A short line beside the name that is not a contact detail."""
    if name is None or name[1] not in head:
        return None
    at = list(head).index(name[1])
    around = [*head[at + 1 : at + 5], *head[max(at - 2, 0) : at]]
    plain = [line for line in around if _could_be_headline(line)]
    titled = [line for line in plain if title_score(line.text) > 0]
    chosen = (titled or [line for line in plain if line in head[at + 1 : at + 2]])[:1]
    return (chosen[0].text.strip(" |•·"), chosen[0]) if chosen else None


def _could_be_headline(line: Line) -> bool:
    text = line.text
    if "@" in text or URL.search(text) or PHONE.search(text) or heading_kind(text) or LABEL.match(text):
        return False
    if place_score(text) >= 1.5 and title_score(text) == 0:  # noqa: PLR2004
        return False
    return 1 <= len(text.split()) <= MOST_WORDS and len(text) > 3 and not text.endswith(".")  # noqa: PLR2004
