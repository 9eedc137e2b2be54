"""Skills by name: which names mean the same skill, and where a text mentions one.

Files here are pure: no database, no settings, no network. The words are data under `words/`, one skill a line; a name
belongs to one skill only, and loading fails when two skills claim it.
"""
