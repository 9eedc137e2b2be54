"""The copilot's door: `/api/v1/**` in the words of its client. Files here translate, and decide nothing."""
