"""Letters and highlights from a résumé and a posting. Nothing is made up.

Files here are pure but for the language model they are handed. No database, no clock, no chance. Every text, whoever
wrote it, passes the checker before it leaves this room, and says by which method it was made.
"""
