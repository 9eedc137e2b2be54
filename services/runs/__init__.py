"""Runs: accepting, dispatching, claiming, advancing, ending, sweeping.

Every function takes the session first and never commits. Nothing here knows what a pipeline does: stages and their
queues are passed in. No file here publishes to a broker or calls outside.
"""
