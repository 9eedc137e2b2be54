"""Reading résumés: bytes in, a `ResumeProfile` out, no model and no network.

Files here may not touch the database, the settings or the clock (dates are passed in). Only `jail_server` and what it
loads (`formats/`) may import a library that parses foreign bytes, and only the jail's own process may load those: a
worker imports `reader`, `understanding`, `chunks`, `profile` and `text`, which are cheap. Nothing here trusts a file
name, follows a link found in a file, or treats a sentence in a résumé as an instruction.
"""
