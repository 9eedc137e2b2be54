"""Studies out of a section: degree, field and school, in whatever order, table or sentence they stand."""
