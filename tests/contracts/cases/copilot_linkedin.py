"""The copilot: LinkedIn's guest pages, turned on at a server of this machine's, and off."""

from tests.api.test_agent_door import working
from tests.api.test_copilot_linkedin import BASE, PAGE, QUESTION, turned_on
from tests.contracts.cases.world import Response, World, case, refusal
from tests.scrapers.boards import example


@case("copilot.linkedin.scrape")
def _search(world: World) -> Response:
    with turned_on(world.services, example("linkedin")[0]) as (client, _, _):
        return client.post(f"{BASE}/scrape", headers=world.ada(), json=QUESTION)


@refusal("copilot.linkedin.scrape", 503)
def _search_while_off(world: World) -> Response:
    return world.post(f"{BASE}/scrape", world.ada(), QUESTION)


@case("copilot.linkedin.description")
def _text(world: World) -> list[Response]:
    page = b'<div class="description__text"><p>We build boats.</p></div>'
    with turned_on(world.services, {PAGE: page}) as (client, services, url), working(services):
        body = {"job_url": f"{url}/jobs/view/4900000001"}
        return [client.post(f"{BASE}/{name}", headers=world.ada(), json=body) for name in ("description", "details")]


@refusal("copilot.linkedin.description", 400)
def _text_of_another_host(world: World) -> Response:
    return world.post(f"{BASE}/description", world.ada(), {"job_url": "https://example.org/jobs/view/4900000001"})


@refusal("copilot.linkedin.description", 502)
def _text_of_nothing(world: World) -> Response:
    with turned_on(world.services, {}) as (client, services, url), working(services):
        body = {"job_url": f"{url}/jobs/view/4900000001"}
        return client.post(f"{BASE}/description", headers=world.ada(), json=body)
