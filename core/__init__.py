"""The floor: settings, database, queue names, errors, log, clock.

Files here import nothing of ours and know no business noun: no user, no run, no posting. At most ten modules.
"""
