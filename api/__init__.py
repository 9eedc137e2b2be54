"""HTTP and sockets. A door (`tracker`, `copilot`, `agent`, `analyzer`) holds its routers and its schemas, in its own
words; `platform` holds ours. A handler is at most ten lines: dependencies in, one service call, model out. Nothing here
imports a pipeline or a scraper: a handler names a pipeline and inserts a run.
"""
