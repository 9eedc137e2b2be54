"""One file a board, at most 60 lines: where it is, and how its words become a `Posting`."""
