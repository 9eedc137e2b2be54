"""Language models behind one protocol: a prompt goes in, a value that fits a schema comes out.

Files here call the provider and nothing else: no database, no transaction held open, no retry loop (the runner
retries), no tool use. Text from résumés and postings enters a prompt only through its data channel.
"""
