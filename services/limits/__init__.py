"""How often somebody may ask. Counts live in Redis, exact under any number of processes; rules are settings.

Files here know no route and no door: a subject and a rule's name come in, a verdict goes out.
"""
