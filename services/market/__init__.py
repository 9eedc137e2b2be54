"""What the catalogue says of the market: what is asked for, where, by whom, and for what pay.

Files take a session first and only read. Every figure is one pass of SQL over a bounded window of time. Pay is in whole
US dollars a year at the fixed rates of `services.matching.money`: good enough to compare, and no better.
"""
