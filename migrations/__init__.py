"""The schema's history. Versions carry dates; each states what it changes and can be taken back."""
