"""Résumé analyses: the runs of `resume_analysis` with what they read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.orm import Session, defer

from core.errors import BadRequest, NotFound, Unprocessable
from models.resume import ResumeReading
from models.run import TERMINAL, Run
from services import matches, refreshing, resume_readings, resume_uploads
from services.runs import operating
from services.runs.accepting import Accepted, NewRun, accept

PIPELINE = "resume_analysis"
TOO_SHORT = "too_short"


@dataclass(frozen=True)
class Analysis:
    """`reading` is None until the text was extracted; its profile is None until the run is complete."""

    run: Run
    reading: ResumeReading | None

    @property
    def upload_id(self) -> int:
        return int(self.run.payload["upload_id"])

    @property
    def new_skills(self) -> list[str]:
        """Of a completed analysis: what it read that the account did not name when it was asked for."""
        known = {str(skill).casefold() for skill in self.run.payload.get("skills_before", ())}
        read = self.reading.profile if self.reading else None
        return [skill for skill in (read or {}).get("skills", ()) if skill.casefold() not in known]

    @property
    def state(self) -> str:
        """`queued`, a stage of the pipeline, `completed` or `failed`; between two stages it is the one that comes next.

        A cancelled run has failed: there is no fourth end in this vocabulary.
        """
        return _state(self.run)


def start(
    session: Session,
    upload_id: int,
    *,
    user_id: int,
    idempotency_key: str | None = None,
    skills_before: Sequence[str] | None = None,
    least_characters: int = 0,
) -> Accepted:
    """Accept an analysis of an upload; several per upload are allowed. Raises NotFound for a foreign upload.

    A door that shows what a résumé would add to an account, and leaves it to the person, names `skills_before`: they
    are kept with the run, and the run does not touch the account. A file with fewer than `least_characters` of text
    fails with `TOO_SHORT`, and touches it neither.
    """
    resume_uploads.get(session, upload_id, user_id=user_id)
    payload: dict[str, Any] = {"upload_id": upload_id}
    if skills_before is not None:
        payload["skills_before"] = list(skills_before)
    if least_characters:
        payload["least_characters"] = least_characters
    return accept(session, NewRun(PIPELINE, payload, user_id, idempotency_key))


def only_suggests(payload: Mapping[str, Any]) -> bool:
    """Of a run's payload: whether the account is left as it is."""
    return "skills_before" in payload


def require_length(payload: Mapping[str, Any], text: str) -> None:
    """Raises Unprocessable for a text that is shorter than the run's door takes."""
    least = int(payload.get("least_characters", 0))
    if len(text.strip()) < least:
        raise Unprocessable(
            f"The file holds fewer than {least} characters of text. Upload a fuller one.", code=TOO_SHORT
        )


def get(session: Session, run_id: UUID, *, user_id: int) -> Analysis:
    """Raises NotFound, for a foreign id too."""
    rows = session.execute(_of_user(user_id).where(Run.id == run_id)).all()
    if not rows:
        raise _missing(run_id)
    return Analysis(*rows[0])


def of_upload(session: Session, upload_id: int, *, user_id: int) -> Sequence[Analysis]:
    """Newest first. Raises NotFound for a foreign upload."""
    resume_uploads.get(session, upload_id, user_id=user_id)
    rows: Sequence[Row[Run, ResumeReading]] = session.execute(
        _of_user(user_id)
        .where(Run.payload["upload_id"].as_integer() == upload_id)
        .order_by(Run.created_at.desc(), Run.id.desc())
    ).all()
    return [Analysis(*row) for row in rows]


def latest_of_upload(session: Session, upload_id: int, *, user_id: int) -> Analysis | None:
    """The newest analysis of an upload that is the caller's; None when there is none."""
    return next(iter(of_upload(session, upload_id, user_id=user_id)), None)


def latest_of_uploads(session: Session, upload_ids: Sequence[int], *, user_id: int) -> dict[int, UUID]:
    """The newest analysis of each upload."""
    upload_id = Run.payload["upload_id"].as_integer()
    rows = session.execute(
        select(upload_id, Run.id)
        .where(Run.user_id == user_id, Run.pipeline == PIPELINE, upload_id.in_(upload_ids))
        .order_by(Run.created_at, Run.id)
    )
    return dict(rows.all())


def retry(session: Session, run_id: UUID, *, user_id: int, limit: int) -> None:
    """Read the stored file again from its first byte; what was read before is dropped.

    Of any number of calls at once, one does it and the others find a queued run. Raises NotFound, BadRequest.
    """
    (run,) = _locked(session, [run_id], user_id)
    if _state(run) != "failed":
        raise BadRequest(
            f"Only a failed analysis can be retried; this one is {_state(run)}.",
            title="Job has not failed",
            code="JOB_NOT_FAILED",
            context={"job_id": str(run_id), "status": _state(run)},
        )
    if run.retries >= limit:
        raise BadRequest(
            f"This analysis was already retried {limit} times. Upload another copy of the file.",
            title="Retry limit reached",
            code="RETRY_LIMIT",
            context={"job_id": str(run_id), "status": _state(run)},
        )
    session.execute(delete(ResumeReading).where(ResumeReading.run_id == run_id))
    session.execute(update(Run).where(Run.id == run_id).values(stage=None, state={}))
    operating.retry(session, run_id, user_id=user_id)


def forget(session: Session, run_ids: Sequence[UUID], *, user_id: int) -> None:
    """Delete analyses with all that they read: every one of them or none.

    Raises NotFound, BadRequest when one of them is at work.
    """
    for run in _locked(session, run_ids, user_id):
        if run.status not in TERMINAL:
            raise BadRequest(
                f"This analysis is {_state(run)}. Wait until it is completed or failed, then delete it.",
                title="Job is still running",
                code="JOB_RUNNING",
                context={"job_id": str(run.id), "status": _state(run)},
            )
    _forget(session, run_ids, user_id)


def forget_upload(session: Session, upload_id: int, *, user_id: int) -> str:
    """Delete an upload, its analyses and what they read. Answers the key of its bytes, for `free_bytes`.

    A person may take back a file at any time, so an analysis at work is ended first: its worker loses the lease and
    writes nothing. Raises NotFound.
    """
    resume_uploads.get(session, upload_id, user_id=user_id)
    # Runs before the upload: a worker that stores a reading locks the two in this order.
    ids = [one.run.id for one in of_upload(session, upload_id, user_id=user_id)]
    for run in _locked(session, ids, user_id):
        if run.status not in TERMINAL:
            operating.cancel(session, run.id, user_id=user_id)
    _forget(session, ids, user_id)
    return resume_uploads.delete_row(session, upload_id, user_id=user_id)


def _forget(session: Session, run_ids: Sequence[UUID], user_id: int) -> None:
    """The runs, what they read, and what was scored with it; the person is matched again with a résumé that is left."""
    # Locked first: a matching that is at its last write is waited for, and one that comes later finds no reading.
    of_runs = select(ResumeReading.id).where(ResumeReading.run_id.in_(run_ids)).order_by(ResumeReading.id)
    reading_ids = session.scalars(of_runs.with_for_update()).all()
    matches.forget_scored_with(session, reading_ids)
    session.execute(delete(Run).where(Run.id.in_(run_ids)))
    resume_readings.tell_account_what_is_left(session, user_id)
    if reading_ids and resume_readings.latest(session, user_id) is not None:
        refreshing.start(session, user_id)


def _locked(session: Session, run_ids: Sequence[UUID], user_id: int) -> Sequence[Run]:
    """The runs, locked in the order of their ids. Raises NotFound when one of them is not there."""
    found = session.scalars(
        select(Run)
        .where(Run.id.in_(run_ids), Run.user_id == user_id, Run.pipeline == PIPELINE)
        .order_by(Run.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for missing in set(run_ids) - {run.id for run in found}:
        raise _missing(missing)
    return found


def _state(run: Run) -> str:
    if run.status == "completed":
        return "completed"
    return "failed" if run.status in TERMINAL else run.stage or "queued"


def _missing(run_id: UUID) -> NotFound:
    return NotFound("There is no such analysis.", title="Job not found", context={"job_id": str(run_id)})


def _of_user(user_id: int) -> Select[Run, ResumeReading]:
    return (
        select(Run, ResumeReading)
        .outerjoin(ResumeReading, ResumeReading.run_id == Run.id)
        .where(Run.user_id == user_id, Run.pipeline == PIPELINE)
        .options(defer(ResumeReading.extracted))
    )
