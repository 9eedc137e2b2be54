"""Mirrors the tree of the code; the fixtures of `conftest.py` serve real servers."""
