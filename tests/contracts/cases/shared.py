"""What several doors answer, and the pages about the doors."""

from tests.contracts.cases.world import Response, World, case


@case("tracker.health")
@case("copilot.health")
@case("agent.health")
def _health(world: World) -> Response:
    return world.get("/health")


@case("agent.health_db")
def _database(world: World) -> Response:
    return world.get("/health/db")


@case("GET /docs")
def _docs(world: World) -> Response:
    return world.get("/docs")


@case("GET /redoc")
def _redoc(world: World) -> Response:
    return world.get("/redoc")
