"""What is listed: skills with their groups and levels, and the languages spoken."""
