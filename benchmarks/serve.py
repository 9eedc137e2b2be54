"""`python -m benchmarks.serve`: the API with the plain endpoint, started as `python -m api` starts it."""

import uvicorn

from core.log import configure_logging
from core.settings import get_settings

if __name__ == "__main__":
    configure_logging()
    settings = get_settings()
    uvicorn.run(
        "benchmarks.plain:create_app",
        factory=True,
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        access_log=False,
        ws_max_size=512 * 1024,
        server_header=False,
    )
