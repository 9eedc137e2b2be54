"""The commands and the embedded stack, with real processes."""
