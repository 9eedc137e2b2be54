"""The tracker's door, in the words of its client. Files here translate, and decide nothing."""
