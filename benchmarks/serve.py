"""`python -m benchmarks.serve`: the API with the plain endpoint, started as `python -m api` starts it."""

from api.__main__ import main

if __name__ == "__main__":
    main("benchmarks.plain:create_app")
