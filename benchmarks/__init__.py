"""Throughput against plain Celery, as ratios measured in one run: `python -m benchmarks`. Writes nothing."""
