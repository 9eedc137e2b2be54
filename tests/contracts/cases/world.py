"""What a case stands on.

    @case("agent.auth.me")
    def _(world: World) -> Response:
        return world.get("/auth/me", world.ada())

A case prepares what it needs, asks, and hands back the answer; the test holds it against the statement: method and path
are the entry's, the status is one of success, the body fits. An entry with several operations hands back a list with
an answer for each. `refusal("agent.auth.login", 401)` is the same for a published refusal.

A new entry: write its case into a file of this folder (each is found by itself), and take its name out of
`not_built.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi.testclient import TestClient

from services.wiring import Services
from tests.people import bearer_of, person
from tests.pipelines.draining import drain

Response = Any  # of whichever HTTP library the test client is made of
Case = Callable[["World"], Response]
CASES: dict[str, Case] = {}
REFUSALS: dict[tuple[str, int], Case] = {}


def case(name: str) -> Callable[[Case], Case]:
    def keep(function: Case) -> Case:
        assert name not in CASES, f"{name} has a case already"
        CASES[name] = function
        return function

    return keep


def refusal(name: str, status: int) -> Callable[[Case], Case]:
    def keep(function: Case) -> Case:
        assert (name, status) not in REFUSALS, f"{name} has a case for {status} already"
        REFUSALS[name, status] = function
        return function

    return keep


@dataclass
class World:
    """A running application of the test's own. `services` are a worker's: `work()` does all that waits."""

    client: TestClient
    services: Services
    people: dict[str, int] = field(default_factory=dict)

    def ada(self) -> dict[str, str]:
        return bearer_of(self.ada_id())

    def ada_id(self) -> int:
        return self._known("ada")

    def boss(self) -> dict[str, str]:
        """An administrator."""
        return bearer_of(self._known("boss", admin=True))

    def ask(self, method: str, path: str, proof: dict[str, str] | None = None, **sent: Any) -> Response:
        return self.client.request(method, path, headers=proof, follow_redirects=False, **sent)

    def get(self, path: str, proof: dict[str, str] | None = None, **query: Any) -> Response:
        return self.ask("GET", path, proof, params=query)

    def post(self, path: str, proof: dict[str, str] | None = None, body: Any = None) -> Response:
        return self.ask("POST", path, proof, json=body)

    def put(self, path: str, proof: dict[str, str] | None = None, body: Any = None) -> Response:
        return self.ask("PUT", path, proof, json=body)

    def replace(self, **parts: Any) -> None:
        """Other parts of the outside world, for the application of this test."""
        self.client.app.state.services = replace(self.services, **parts)  # type: ignore[attr-defined]

    def _known(self, name: str, *, admin: bool = False) -> int:
        if name not in self.people:
            self.people[name] = person(admin=admin)
        return self.people[name]

    def work(self) -> None:
        drain(self.services)
