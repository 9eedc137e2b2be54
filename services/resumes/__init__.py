"""Reading résumés: bytes in, a `ResumeProfile` out, no model and no network.

Files here may not touch the database, the settings or the clock (dates are passed in). Only `jail.server` and what it
loads (`formats/`) may import a library that parses foreign bytes, and only the jail's own process may load those: a
worker imports `reader`, `understanding`, `chunks`, `profile` and `text`, which are cheap. Nothing here trusts a file
name, follows a link found in a file, or treats a sentence in a résumé as an instruction.

The way of a file: `jail` and `formats` make it lines with places, `page` brings them into reading order, `sections`,
`entries`, `contact` and `skills` read what they say, `understanding` puts the profile together, `opinion` lets a model
fill gaps. `words` are the tables they share, `scoring` tells how right they are.
"""
