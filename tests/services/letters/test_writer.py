"""The writer with a model that lies."""

from typing import Any

import pytest

from core.errors import Transient
from core.settings import Settings
from services.letters.facts import LetterFacts
from services.letters.generated import LetterBody
from services.letters.writer import LetterWriter, letter_writer_from
from services.llm.model import Completion, Prompt

from .people import FACTS, POSTING, PROFILE

TRUE = """\
I am applying for the position of Backend Developer at Acme GmbH. My ten years in software were spent on shops \
and services like yours, and checkout is the part I know best.
At Globex I reduced checkout latency by 40% by rewriting the pricing service in Python. I also led a team \
of 4 engineers through a move from one server to Docker containers, and cut incidents from 12 to 3 a month.
Before that, at Initech, I built a Django shop for 30,000 customers and was responsible for PostgreSQL backups \
and upgrades. I have not worked with Kubernetes yet, and I would be glad to learn it with your team.
I would be glad to talk about the work and where I could be of use to you. Thank you for your time.""".splitlines()
LIES = "I was CTO at Hooli. In 2013 I won an award. I know Rust. I grew revenue by 300%."


class Model:
    """Answers with the paragraphs it is given and remembers what it was asked."""

    method = "openai:fake"

    def __init__(self, paragraphs: list[str]) -> None:
        self.paragraphs = paragraphs
        self.asked: list[tuple[Prompt, int, str]] = []

    def complete(self, prompt: Prompt, *, schema: Any, max_tokens: int, idempotency_key: str) -> Completion[Any]:
        self.asked.append((prompt, max_tokens, idempotency_key))
        return Completion(schema(paragraphs=self.paragraphs), "fake-1", 900, 300, self.method)


def test_true_letters_stay_whole() -> None:
    model = Model(TRUE)
    letter = LetterWriter(model, max_tokens=700).write(FACTS, "warm", idempotency_key="run-1")
    assert letter.dropped == ()
    assert all(paragraph in letter.text for paragraph in TRUE)
    assert (letter.method, letter.model, letter.input_tokens, letter.output_tokens) == (
        "openai:fake",
        "fake-1",
        900,
        300,
    )
    ((prompt, max_tokens, key),) = model.asked
    assert (max_tokens, key) == (700, "run-1")
    assert "Globex" not in prompt.system + prompt.instructions
    assert "Globex" in prompt.data["resume"]
    assert "anna@weber.example" not in prompt.user_message, "no letter needs the address to be sent to a provider"


def test_lies_are_dropped_and_told() -> None:
    letter = LetterWriter(Model([*TRUE[:3], f"{LIES} {TRUE[3]}"])).write(FACTS)
    assert TRUE[3] in letter.text
    for lie in LIES.split(". "):
        assert lie.rstrip(".") not in letter.text
    assert {"Hooli", "2013", "award", "Rust", "300%"} <= {claim.text for claim in letter.dropped}
    assert letter.method == "openai:fake"


def test_a_letter_of_lies_is_replaced() -> None:
    letter = LetterWriter(Model([LIES, LIES])).write(FACTS)
    assert letter.method.startswith("local: too little")
    assert "openai:fake" in letter.method
    assert "Hooli" not in letter.text
    assert "Globex" in letter.text
    assert letter.output_tokens == 300, "the tokens were used all the same"
    assert letter.dropped


def test_without_a_model_the_rules_write() -> None:
    letter = letter_writer_from(Settings(llm_provider="local")).write(FACTS, "no such tone")
    assert (letter.method, letter.model, letter.input_tokens, letter.output_tokens) == ("local", "", 0, 0)
    assert letter.dropped == ()


def test_a_posting_in_another_language_is_said() -> None:
    german = "Wir suchen eine Person, die mit uns die Zukunft der Logistik baut und für die Kunden da ist. " * 3
    facts = LetterFacts.of(PROFILE, {**POSTING, "description": german})
    assert LetterWriter(None).write(facts).method == "local (English; the posting is in German)"


def test_trouble_with_the_provider_is_the_runners() -> None:
    class Busy(Model):
        def complete(self, prompt: Prompt, **_: Any) -> Completion[Any]:
            raise Transient("later", retry_after=3)

    with pytest.raises(Transient):
        LetterWriter(Busy([])).write(FACTS)


def test_what_the_model_may_answer() -> None:
    with pytest.raises(ValueError, match="paragraphs"):
        LetterBody(paragraphs=["only one"])
