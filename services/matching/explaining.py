"""A score as it is stored and shown."""

from typing import Any

from services.matching.facts import Part
from services.matching.reasons import listed
from services.matching.score import Score

STRONG, FAIR = 75.0, 60.0


def reasoning(score: Score) -> dict[str, Any]:
    """The agent contract's `Reasoning`, JSON-safe. Part scores are 0 to 100; `parts` re-add to `overall_score`."""
    shares = {f"{_field(part.name)}_score": round(part.value * 100, 2) for part in score.parts}
    return {
        "overall_score": score.total,
        **shares,
        "matching_skills": list(score.skills.matching),
        "missing_skills": list(score.skills.missing),
        "weights": score.weights.as_dict(),
        "hard_stops": list(score.stops),
        "parts": [_part(part) for part in score.parts],
    }


def analysis_text(score: Score) -> str:
    """A few plain sentences: the verdict, then the parts, the heaviest first."""
    if score.stops:
        return " ".join(("Not a match.", *score.stops))
    verdict = "A strong match" if score.total >= STRONG else "A fair match" if score.total >= FAIR else "A weak match"
    unknown = [part.name.replace("_", " ") for part in score.parts if part.neutral]
    told = [part.reason for part in score.parts if not part.neutral]
    tail = [f"Nothing to go by for {listed(unknown)}, so {_count(unknown)} as neutral."] if unknown else []
    return " ".join((f"{verdict}: {score.total:g} of 100.", *told, *tail))


def _count(unknown: list[str]) -> str:
    return "it counts" if len(unknown) == 1 else "they count"


def _field(name: str) -> str:
    return "skill" if name == "skills" else name


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "value": part.value,
        "weight": part.weight,
        "points": part.points,
        "neutral": part.neutral,
        "reason": part.reason,
        "posting_value": part.posting,
        "resume_value": part.person,
        "evidence": [span._asdict() for span in part.evidence],
    }
