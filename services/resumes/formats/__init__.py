"""One file a format: bytes in, `ExtractedText` out. These run inside the jail only.

They may be slow, may crash and may run out of memory: the jail answers for that. They may not open files by name, reach
the network, start a process other than antiword, or decide what a line means.
"""
