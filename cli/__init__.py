"""`offerline …`: the commands, the embedded stack, the demo. Nothing here is imported by another room."""
