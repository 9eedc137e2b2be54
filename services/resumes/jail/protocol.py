"""What the two sides of the jail's wall say to each other; imported by both, so it loads nothing."""

import struct

REQUEST = struct.Struct("!BQd")  # what is to be done, memory in bytes, wall clock in seconds
EXTRACT = 0  # a file's bytes to its text
UNDERSTAND = 1  # a text and a date, as JSON, to a profile
READY = b"ready"
TESSERACT = "TESSERACT"  # the environment variable that holds its whole path, when there is one
