"""An analysis with a language model beside the rules: asked once for a text, and never the reason for a failure."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from core.db import engine, transaction
from models.credit import CreditAccount
from models.resume import ResumeReading
from models.run import Run
from services import analyses, resume_uploads
from services.llm.openai_api import OpenAIModel
from services.resume_uploads import UploadPolicy
from services.resumes.opinion.asking import SecondOpinion
from services.resumes.opinion.schema import Opinion
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.services.llm.conftest import Answer, ModelServer, server  # noqa: F401 — the fixture and its script

POLICY = UploadPolicy("agent", (".txt",), 10_000_000)
RESUME = b"""Ada Byron
ada@example.org

Experience
Acme GmbH
March 2020 - Present

I speak Esperanto with clients in Berlin.
"""
ANSWER = json.dumps(Opinion(location="Berlin", headline="Not in the text").model_dump())


@pytest.fixture
def hearing(quick_services: Services, server: ModelServer) -> Services:  # noqa: F811
    """Services with a model that the local server plays."""
    model = OpenAIModel("m", api_key="k", base_url=f"{server.url}/v1")
    return replace(quick_services, second_opinion=SecondOpinion(model))


def _read(services: Services, user_id: int, data: bytes = RESUME) -> tuple[Run, ResumeReading]:
    with transaction() as session:
        stored = resume_uploads.store(session, services.storage, POLICY, user_id=user_id, filename="cv.txt", data=data)
        run_id: UUID = analyses.start(session, stored.upload.id, user_id=user_id).run_id
    drain(services)
    with transaction() as session:
        reading = session.scalars(select(ResumeReading).where(ResumeReading.run_id == run_id)).one()
        return session.get_one(Run, run_id), reading


@pytest.mark.usefixtures("clean_db")
class TestASecondOpinion:
    def test_it_is_in_the_reading_and_says_whose_it_is(self, hearing: Services, server: ModelServer) -> None:  # noqa: F811
        server.script.append(Answer(text=ANSWER))
        run, reading = _read(hearing, person())
        assert run.status == "completed"
        assert reading.method == "local+openai:m"
        assert reading.profile is not None
        assert (reading.profile["location"], reading.profile["headline"]) == ("Berlin", "")
        assert {"model:location", "second_opinion_dropped:1"} <= set(reading.profile["flags"])
        (sent,) = server.seen
        headers = {name.lower(): value for name, value in sent["headers"].items()}
        assert headers["idempotency-key"] == str(run.id)

    def test_the_same_text_is_asked_about_once(self, hearing: Services, server: ModelServer) -> None:  # noqa: F811
        server.script += [Answer(text=ANSWER)] * 2
        _, first = _read(hearing, person())
        _, second = _read(hearing, person())
        assert len(server.seen) == 1
        assert (second.method, second.profile) == (first.method, first.profile)
        _read(hearing, person(), RESUME + b"\nOne line more.\n")
        assert len(server.seen) == 2

    def test_the_answer_goes_with_the_upload(self, hearing: Services, server: ModelServer) -> None:  # noqa: F811
        server.script += [Answer(text=ANSWER)] * 2
        _, first = _read(hearing, person())
        with transaction() as session:
            session.delete(session.get_one(ResumeReading, first.id))
        _read(hearing, person())
        assert len(server.seen) == 2

    def test_one_person_hears_so_many_a_day_and_the_house_pays(
        self,
        hearing: Services,
        server: ModelServer,  # noqa: F811
    ) -> None:
        """An attempt that came to nothing counts, an earlier answer does not; the next person has their own."""
        settings = hearing.settings.model_copy(update={"second_opinions_per_day": 2})
        services, user_id = replace(hearing, settings=settings), person(grant=50)
        server.script += [Answer(text=ANSWER), Answer(status=503), Answer(text=ANSWER)]
        first, _ = _read(services, user_id)
        assert first.result is not None
        assert (first.result["input_tokens"], first.result["output_tokens"]) == (100, 20)
        _read(services, user_id, RESUME + b"\nTwo\n")
        run, third = _read(services, user_id, RESUME + b"\nThree\n")
        assert (run.status, third.method, len(server.seen)) == ("completed", "local", 2)
        _, again = _read(services, user_id)
        assert (again.method, len(server.seen)) == ("local+openai:m", 2)
        _read(services, person(), RESUME + b"\nThree\n")
        assert len(server.seen) == 3
        with transaction() as session:
            assert session.get_one(CreditAccount, user_id).available == 50

    def test_a_failing_provider_does_not_fail_the_analysis(self, hearing: Services, server: ModelServer) -> None:  # noqa: F811
        server.script.append(Answer(status=503))
        run, reading = _read(hearing, person())
        assert run.status == "completed"
        assert reading.method == "local"
        assert reading.profile is not None
        assert "second_opinion_failed" in reading.profile["flags"]
        assert reading.opinion is None

    def test_no_transaction_is_open_while_the_model_thinks(
        self,
        hearing: Services,
        server: ModelServer,  # noqa: F811
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        open_then: list[int] = []
        ask = SecondOpinion._heard

        def watched(*given: object) -> object:
            open_then.append(engine().pool.checkedout())  # type: ignore[attr-defined]
            return ask(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(SecondOpinion, "_heard", watched)
        server.script.append(Answer(text=ANSWER))
        _read(hearing, person())
        assert open_then == [0]
