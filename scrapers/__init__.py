"""Job boards. A source turns a board's answer into frozen `Posting`s; it knows no database and no settings."""
