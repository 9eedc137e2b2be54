"""A model's second opinion: its schema, how it is asked, and what of it the text bears out."""
