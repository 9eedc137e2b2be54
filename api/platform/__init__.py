"""Our own door: runs, credits, health, metrics. Everything else that the contracts leave open."""
