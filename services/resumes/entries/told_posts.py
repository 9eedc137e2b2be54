"""Headers told as sentences, "Presently working as Engraver in Lowther Plates, Exeter": their post and house."""

import re

VERB = (
    r"(?:work(?:ing|ed|s)?|employed|engaged|serv(?:ing|ed|es?)|join(?:ed|ing)|appointed|hired|tätig|beschäftigt|angestellt|"
    r"employée?|engagée?|embauchée?|travaill(?:e|é|ais)|trabaj(?:o|é|ando|aba)|trabalh(?:o|ei|ando|ava)|lavor(?:o|ato|avo)|"
    r"impiegat[oa]|werkzaam)"
)
AS = r"(?:as|als|comme|en tant que|como|come|in qualità di)"
ARTICLE = r"(?:(?:an?|the|eine?|une?|una|uno|um|uma|een)\s+)?"
JOINT = r"(?:in|with|at|for|under|bei|chez|en|em|na|no|presso|per|pour|para|bij)"
OPENING = re.compile(rf"(?i)^\W*(?:[^\W\d_’']+\s+){{0,3}}?{VERB}\b")
POST_FIRST = re.compile(
    rf"(?i)^\W*(?:[^\W\d_’']+\s+){{0,3}}?{VERB}\s+(?:\w+ly\s+)?{AS}\s+{ARTICLE}(?P<post>\S.*?)"
    rf"(?:\s+{JOINT}\s+(?:m/s\.?\s*)?(?-i:(?=[^\W\d_a-z]))(?P<house>\S.*))?$"
)
HOUSE_FIRST = re.compile(
    rf"(?i)^\W*(?:[^\W\d_’']+\s+){{0,3}}?{VERB}\s+(?:\w+ly\s+)?{JOINT}\s+(?:m/s\.?\s*)?(?P<house>\S.*?)\s+{AS}\s+"
    rf"{ARTICLE}(?P<post>\S.*)$"
)
LEAD = re.compile(
    rf"(?i)^\W*(?:[^\W\d_’']+\s+){{0,3}}?{VERB}\s+(?:\w+ly\s+)?(?:{AS}|{JOINT})\s*{ARTICLE}\s*$|^\s*{AS}\s*$"
)
HOUSE = re.compile(rf"(?i)^\s*{JOINT}\s+(?:m/s\.?\s*)?(?-i:(?=[^\W\d_a-z]))")
UNTIL = re.compile(r"(?i)[\s,]+(?:from|since|during|between|von|vom|seit|ab|depuis|desde|dal|da|sinds)\s*$")


def is_told(line: str) -> bool:
    """Whether such a sentence may open the line."""
    return OPENING.match(line) is not None


def post_and_house(part: str) -> tuple[str, str] | None:
    """Of a stretch in one style of such a line; either may stand in another stretch, and is empty then. None where the
    stretch is a name alone.
    """
    if LEAD.match(part):
        return "", ""
    if house := HOUSE.match(part):
        return "", UNTIL.sub("", part[house.end() :]).strip(" ,.;")
    found = HOUSE_FIRST.match(part) or POST_FIRST.match(part)
    if found is None:
        return None
    return UNTIL.sub("", found["post"]).strip(" ,.;"), UNTIL.sub("", found["house"] or "").strip(" ,.;")
