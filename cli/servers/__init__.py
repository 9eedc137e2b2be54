"""PostgreSQL and Redis: the embedded ones, and the checks on an operator's own. Nothing here knows the platform."""
