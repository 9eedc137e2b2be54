"""The wall around extraction: a fork server with limits, and the one thing it is asked."""
