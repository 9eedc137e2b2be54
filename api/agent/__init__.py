"""The agent's door, in its own words: registration, profile and CV, jobs, matches, cover letters."""
