"""`resume_analysis`: an uploaded file becomes text, chunks, vectors and a résumé profile.

One pipeline behind three doors; the stage names are the analyzer's own states.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.queue import DEFAULT, DOCUMENTS, EMBEDDINGS
from pipelines.pipeline import Context, Done, Pipeline, Stage
from services import analyses, resume_insights, resume_readings, resume_uploads
from services.resumes.chunks import split
from services.resumes.opinion.asking import Reading
from services.resumes.text import ExtractedText
from services.runs.accepting import NewRun, accept


def extract_text(context: Context) -> Done:
    """Raises ReadingError for a file that cannot be read, Unprocessable for one with too little to read; the run ends
    with its code.
    """
    upload_id = int(context.payload["upload_id"])
    with transaction() as session:
        stored = resume_uploads.get(session, upload_id, user_id=context.owner)
    data = context.services.storage.get(stored.blob.sha256)
    text = context.services.resume_reader.extract(data, stored.upload.filename)
    analyses.require_length(context.payload, text.plain)

    def save(session: Session) -> None:
        resume_readings.save_text(
            session,
            run_id=context.run_id,
            user_id=context.owner,
            upload_id=upload_id,
            extracted=text.to_dict(),
            plain_text=text.plain,
        )

    return Done(save=save, message=f"Read {text.pages} pages", state={"filename": stored.upload.filename})


def chunk(context: Context) -> Done:
    chunks = split(_text_of(context))

    def save(session: Session) -> None:
        resume_readings.save_chunks(session, context.run_id, chunks)

    return Done(save=save, message=f"{len(chunks)} chunks")


def embed(context: Context) -> Done:
    embedder = context.services.embedder
    with transaction() as session:
        chunks = resume_readings.chunks_of(session, context.run_id)
    vectors = embedder.embed([one.text for one in chunks])

    def save(session: Session) -> None:
        numbers = [one.chunk_no for one in chunks]
        resume_readings.save_embeddings(session, context.run_id, numbers, vectors, embedder.model)

    return Done(save=save, message=f"{len(chunks)} vectors")


def analyse(context: Context) -> Done:
    """Read the profile, give the account what it lacks unless its door leaves that to the person, and have it matched:
    all in the run's last transaction.
    """
    now = utc_now()
    reading = _read(context, now.date())
    profile = reading.profile.to_dict()

    def save(session: Session) -> Mapping[str, Any]:
        reading_id = resume_readings.complete(
            session,
            context.run_id,
            profile=profile,
            insights=resume_insights.insights(profile),
            method=reading.method,
            now=now,
            opinion=reading.answer,
            opinion_key=reading.key or None,
        )
        if not analyses.only_suggests(context.payload):
            resume_readings.fill_account(
                session, context.owner, profile=profile, filename=context.state["filename"], now=now
            )
        matching = NewRun("matching", {}, user_id=context.owner, idempotency_key=f"reading:{reading_id}")
        accept(session, matching)
        return {"reading_id": reading_id, "input_tokens": reading.input_tokens, "output_tokens": reading.output_tokens}

    return Done(save=save, message="Profile ready")


def _read(context: Context, today: date) -> Reading:
    """By the rules, then by a language model where one is configured; it is asked outside of any transaction, and no
    oftener for one person than the operator pays for.
    """
    text = _text_of(context)
    profile = context.services.resume_reader.understand(text, as_of=today)
    second = context.services.second_opinion
    question = second.question(text, profile)
    if question is None:
        return second.read(text, profile, None)
    allowed = context.services.settings.second_opinions_per_day
    with transaction() as session:
        known = resume_readings.opinion_on(session, question.key)
        asked = resume_readings.opinions_since(session, context.owner, utc_now() - timedelta(days=1))
    if known is None and asked >= allowed:
        return second.read(text, profile, None)
    context.services.cache_metrics.count("cv_parse", hit=known is not None)
    return second.read(text, profile, question, known=known, idempotency_key=str(context.run_id))


def _text_of(context: Context) -> ExtractedText:
    with transaction() as session:
        return ExtractedText.from_dict(resume_readings.extracted_of(session, context.run_id))


RESUME_ANALYSIS = Pipeline(
    "resume_analysis",
    (
        Stage("extracting_text", extract_text, queue=DOCUMENTS, progress=10),
        Stage("chunking", chunk, queue=DEFAULT, progress=30),
        Stage("generating_embeddings", embed, queue=EMBEDDINGS, progress=50, time_limit=timedelta(minutes=3)),
        Stage("analyzing", analyse, queue=DOCUMENTS, progress=70, time_limit=timedelta(minutes=3)),
    ),
)
