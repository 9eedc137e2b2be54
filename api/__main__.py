"""`python -m api`: serve the application."""

import uvicorn

from core.log import configure_logging
from core.settings import get_settings


def main(application: str = "api.app:create_app") -> None:
    """Serve what `application` (module:factory) makes."""
    configure_logging()
    settings = get_settings()
    uvicorn.run(
        application,
        factory=True,
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        access_log=False,
        ws_max_size=512 * 1024,
        timeout_graceful_shutdown=10,
        server_header=False,
        proxy_headers=False,  # TRUSTED_PROXIES decides whose word counts, see api/clients.py
    )


if __name__ == "__main__":
    main()
