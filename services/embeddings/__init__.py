"""Text → vectors. Files here know models and nothing else: no database, no chunking, no transaction.

Every embedder returns unit vectors, so a dot product is the cosine. Nothing heavy is imported until the first `embed`.
"""
