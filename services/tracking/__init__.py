"""Tracked jobs: what people pursue, typed in or kept from the catalogue.

Files take a session first and commit nothing; ownership is in every query. `jobs` reads and writes, `searching` looks
through a person's own and the catalogue together, `insights` counts both. Doors translate stages; no file here does.
"""
