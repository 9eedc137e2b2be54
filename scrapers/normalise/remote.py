"""Full remote, hybrid or on site."""

from scrapers.normalise.words import pattern
from scrapers.posting import RemoteType

_HYBRID = pattern("""
    hybrid; hybride; hybrides arbeiten; híbrido; híbrida; ibrido; hybrydowo; partially remote; part remote; semi remote;
    teilweise remote; télétravail partiel; remote optional
""")
_NOT_REMOTE = pattern(
    "no remote; not remote; non remote; no wfh; kein home ?office; pas de télétravail; not eligible for remote"
)
_FULL = pattern("""
    fully remote; remote only; remote; remoto; remota; remotely; distributed; anywhere; world wide; globally; wfh;
    work from home; home office; home based; telecommute; telework; telecommuting; teletrabajo; télétravail; à distance;
    ortsunabhängig; zdalnie; zdalna; distans
""")
_ONSITE = pattern("""
    on site; in office; office based; in person; vor ort; sur site; présentiel; presencial; in sede; stacjonarnie
""")
# What a field named "remote" or "workplace" may hold, and no title or place would mean so.
_FIELD_HYBRID = pattern("flexible; flexibel; partial; temporary; some")
_FIELD_FULL = pattern("full; true; yes; fulltime; 100%")
_FIELD_ONSITE = pattern("office; onsite; site; none; no; false; local")


def remote_type(said: str, location: str, title: str) -> RemoteType | None:
    """Decide by the board's own field, then by location, then by title; None when none of them speaks of it."""
    return _reading(said) or _of_field(said) or _reading(location) or _reading(title)


def _reading(text: str) -> RemoteType | None:
    if _HYBRID.search(text):
        return "hybrid"
    if _NOT_REMOTE.search(text):
        return "onsite"
    if _FULL.search(text):
        return "full"
    return "onsite" if _ONSITE.search(text) else None


def _of_field(text: str) -> RemoteType | None:
    if _FIELD_HYBRID.search(text):
        return "hybrid"
    if _FIELD_FULL.search(text):
        return "full"
    return "onsite" if _FIELD_ONSITE.search(text) else None
