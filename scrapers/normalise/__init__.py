"""Board words into our words. Small pure functions in a fixed order (`steps.py`): no network, no clock, no board."""
