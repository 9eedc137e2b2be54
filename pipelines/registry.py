"""Every pipeline of the platform, by name. A new one is one tuple and one line here."""

from pipelines.board_search import BOARD_SEARCH, BOARD_SEARCH_SOURCE
from pipelines.cover_letter import COVER_LETTER
from pipelines.harvest import HARVEST, HARVEST_SOURCE
from pipelines.matching import MATCHING
from pipelines.pipeline import Pipeline
from pipelines.posting_import import POSTING_IMPORT
from pipelines.posting_page import POSTING_PAGE
from pipelines.resume_analysis import RESUME_ANALYSIS
from pipelines.selfcheck import SELFCHECK
from pipelines.user_posting import USER_POSTING

_ALL = (
    RESUME_ANALYSIS,
    HARVEST,
    HARVEST_SOURCE,
    BOARD_SEARCH,
    BOARD_SEARCH_SOURCE,
    POSTING_PAGE,
    MATCHING,
    COVER_LETTER,
    USER_POSTING,
    POSTING_IMPORT,
    SELFCHECK,
)

PIPELINES: dict[str, Pipeline] = {pipeline.name: pipeline for pipeline in _ALL}


def attempts_allowed(pipeline: str, stage: str) -> int:
    """For the sweeper. A pipeline or stage that this release no longer knows gets no further attempt."""
    try:
        return PIPELINES[pipeline].stage(stage).attempts
    except LookupError:
        return 0
