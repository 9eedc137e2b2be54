"""Live views: the hub that wakes them, the run socket, the wait for an answer. Asynchronous; nothing here blocks."""
