"""When something was: dates in any common form, and periods that a page breaks over rows and cells."""
