"""One case an entry: what makes the entry answer as published. `world.py` says how to write one."""
