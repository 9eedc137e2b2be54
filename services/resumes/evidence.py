"""Collects how sure each value is and where it stood."""

from services.resumes.profile import Evidence
from services.resumes.text import ExtractedText, Line

MATTERS = (
    "name",
    "email",
    "phone",
    "experience[0].company",
    "experience[0].title",
    "experience[0].start",
    "education[0].institution",
    "skills[0]",
)


class Evidences:
    def __init__(self, text: ExtractedText) -> None:
        self.text = text
        self.found: dict[str, Evidence] = {}

    def add(self, path: str, line: Line, confidence: float) -> None:
        x0, top, x1, bottom = (round(value, 1) for value in self.text.shown(line))
        self.found[path] = Evidence(confidence, line.page, (x0, top, x1, bottom))

    def overall(self) -> float:
        """The mean over what every résumé should have; what is missing counts as nothing."""
        values = [self.found[path].confidence if path in self.found else 0.0 for path in MATTERS]
        return round(sum(values) / len(values), 3)
