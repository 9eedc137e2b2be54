"""One posting's page, as LinkedIn shows it to guests: its text, from the markup or from its JSON-LD."""

from selectolax.lexbor import LexborHTMLParser

from scrapers.formats import jsonld
from scrapers.formats.fields import text
from scrapers.normalise.markup import plain, sanitised

_TEXT = ".show-more-less-html__markup, .description__text"


def description(html: str) -> str:
    """Plain text; "" when the page has none."""
    node = LexborHTMLParser(html).css_first(_TEXT)
    markup = node.html if node is not None else next((text(one, "description") for one in jsonld.in_page(html)), "")
    return plain(sanitised(markup or "")).strip()
