"""The copilot's words for ours: of stages, of boards, of kinds of work."""

STAGES: dict[str, str] = {
    "not_applied": "new",
    "saved": "saved",
    "interested": "interested",
    "applied": "applied",
    "interviewing": "interviewing",
    "offer": "offer",
    "rejected": "rejected",
}
"""Each status of the copilot with the stage that it writes."""

_SHOWN = {
    **{stage: status for status, stage in STAGES.items()},
    **dict.fromkeys(("recruiter_screen", "onsite"), "interviewing"),
    "accepted": "offer",
    **dict.fromkeys(("withdrawn", "declined", "archived"), "rejected"),
}
NOT_PURSUED = ("new", "saved", "interested")
SOURCES = (
    "manual", "scraped", "api", "linkedin", "indeed", "glassdoor", "adzuna", "usajobs", "github_jobs", "remoteok",
)  # fmt: skip
_TYPES = {"permanent": "full-time", "freelance": "contract"}
_REMOTE = {"full": "remote"}


def status_of(stage: str) -> str:
    return _SHOWN[stage]


def source_of(source: str) -> str:
    """Boards that the copilot has no name for are scraped."""
    return source if source in SOURCES else "scraped"


def job_type_of(job_type: str | None) -> str | None:
    return _TYPES.get(job_type, job_type) if job_type else job_type


def remote_option_of(option: str | None) -> str | None:
    return _REMOTE.get(option, option) if option else option
