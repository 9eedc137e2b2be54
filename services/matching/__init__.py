"""How well one person fits one posting: arithmetic on facts, and sentences about the arithmetic.

Files here are pure. No database, no model, no clock and no chance: the same facts and the same date give the same
score, and a language model may explain a score but never makes one.
"""
