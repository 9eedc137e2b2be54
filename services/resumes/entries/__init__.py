"""Jobs and the like: where each begins, where its header ends, and which piece of it is which field."""
