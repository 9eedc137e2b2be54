"""The use cases, each a tuple of stages, and `runner.py`, the only loop that executes them."""
