"""What Offerline can do, whoever asks.

A service that lives in Postgres is a module of functions that take the session first: what they write is rolled back
with the caller's transaction. A service outside Postgres (storage, LLM, embeddings, mail, scanner) is an object on
`services.wiring.Services`: what it does cannot be rolled back. Services never import a scraper, a pipeline or a door,
and never commit.
"""
