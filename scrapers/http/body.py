"""Reading a body in flat memory. The cap counts decoded bytes, so a decompression bomb meets it too."""

import zlib
from collections.abc import Iterable, Iterator

from scrapers.errors import AnswerTooLarge, UnreadableAnswer

ACCEPT_ENCODING = "gzip, deflate"
_STEP = 64 * 1024
_ANY_ZLIB = zlib.MAX_WBITS | 32  # gzip and zlib headers are told apart by zlib itself


def read_capped(chunks: Iterable[bytes], encoding: str, cap: int) -> bytes:
    """Join raw chunks into decoded bytes. Raise `AnswerTooLarge` past `cap`, `UnreadableAnswer` for broken encoding."""
    body = bytearray()
    for piece in _decoded(chunks, encoding.strip().lower()):
        body += piece
        if len(body) > cap:
            raise AnswerTooLarge(f"The answer is larger than {cap:,} bytes.", context={"reason": "bytes", "cap": cap})
    return bytes(body)


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in {"", "identity"}:
        yield from chunks
    elif encoding in {"gzip", "x-gzip", "deflate"}:
        yield from _inflated(chunks)
    else:
        raise UnreadableAnswer(f"The answer is encoded as {encoding}, which was not asked for.", context=_ENCODING)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_ANY_ZLIB)
    try:
        for chunk in chunks:
            pending = chunk
            while pending:
                yield inflater.decompress(pending, _STEP)
                pending = inflater.unconsumed_tail
        yield inflater.flush(_STEP)
    except zlib.error as error:
        raise UnreadableAnswer("The answer's compression is broken.", context=_ENCODING) from error
    if not inflater.eof:
        raise UnreadableAnswer("The answer's compression ends early.", context=_ENCODING)


_ENCODING = {"reason": "encoding"}
