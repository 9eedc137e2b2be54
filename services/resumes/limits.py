"""How much of a file is read. A résumé never meets these; a bomb always does. Sizes are bytes."""

FILE_BYTES = 25 * 1024 * 1024
PAGES = 40
OCR_PAGES = 6
OCR_SECONDS = 14.0  # for all pages together; the jail ends a file at 20
PDF_PAGES_REFUSED = 2_000
CHARACTERS = 200_000
PAGE_CHARACTERS = 30_000
LINES = 12_000
LINE_CHARACTERS = 2_000
ZIP_ENTRIES = 2_000
ZIP_TOTAL = 120 * 1024 * 1024
ZIP_RATIO = 250
XML_BYTES = 12 * 1024 * 1024
