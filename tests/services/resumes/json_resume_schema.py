"""What JSON Resume 1.0.0 demands, in JSON Schema; narrower where the standard allows anything: nothing else is sent."""

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_DAY = {"type": "string", "pattern": r"^([1-2]\d{3}-[0-1]\d-[0-3]\d|[1-2]\d{3}-[0-1]\d|[1-2]\d{3})$"}
_URL = {"type": "string", "format": "uri", "pattern": r"^https?://[^\s]+$"}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1}
_SPAN = {"startDate": _DAY, "endDate": _DAY}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def _rows(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**properties), "minItems": 1}


_WORK = {"position": _TEXT, "url": _URL, "summary": _TEXT, "highlights": _TEXTS, **_SPAN}
SCHEMA = _object(
    basics=_object(
        name=_TEXT,
        label=_TEXT,
        email={"type": "string", "format": "email"},
        phone=_TEXT,
        url=_URL,
        summary=_TEXT,
        location=_object(address=_TEXT, postalCode=_TEXT, city=_TEXT, countryCode=_TEXT, region=_TEXT),
        profiles=_rows(network=_TEXT, username=_TEXT, url=_URL),
    ),
    work=_rows(name=_TEXT, location=_TEXT, **_WORK),
    volunteer=_rows(organization=_TEXT, **_WORK),
    education=_rows(institution=_TEXT, url=_URL, area=_TEXT, studyType=_TEXT, score=_TEXT, courses=_TEXTS, **_SPAN),
    certificates=_rows(name=_TEXT, date=_DAY, url=_URL, issuer=_TEXT),
    publications=_rows(name=_TEXT, publisher=_TEXT, releaseDate=_DAY, url=_URL, summary=_TEXT),
    skills=_rows(name=_TEXT, level=_TEXT, keywords=_TEXTS),
    languages=_rows(language=_TEXT, fluency=_TEXT),
    projects=_rows(name=_TEXT, description=_TEXT, highlights=_TEXTS, url=_URL, **_SPAN),
)
