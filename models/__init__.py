"""Tables, and nothing else: columns, constraints and indexes. No queries, no rules, no settings."""
