"""The analyzer's door, in its own words: uploads, analysis jobs, results."""
