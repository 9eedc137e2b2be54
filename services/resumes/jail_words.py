"""What the two sides of the jail's wall say to each other; imported by both, so it loads nothing."""

import struct

REQUEST = struct.Struct("!QdQ")  # memory in bytes, wall clock in seconds, length of the file in bytes
READY = b"ready"
TESSERACT = "TESSERACT"  # the environment variable that holds its whole path, when there is one
