"""HTTP clients that cost next to nothing, so that the server is what is measured."""

import asyncio
import time
from collections.abc import Sequence

_END_OF_HEAD = b"\r\n\r\n"


def accepted_per_second(port: int, path: str, tokens: Sequence[str], *, seconds: float) -> float:
    """How many 202s a second keep-alive connections get, one a token, each asking again as soon as it was answered."""
    return asyncio.run(_load(port, [_request(path, token) for token in tokens], seconds))


def _request(path: str, token: str) -> bytes:
    body = b'{"cost": 0}'
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}"
    )
    return head.encode() + _END_OF_HEAD + body


async def _load(port: int, requests: Sequence[bytes], seconds: float) -> float:
    started = time.monotonic()
    counts = await asyncio.gather(*(_client(port, request, started + seconds) for request in requests))
    return sum(counts) / (time.monotonic() - started)


async def _client(port: int, request: bytes, deadline: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.monotonic() < deadline:
        writer.write(request)
        head = await reader.readuntil(_END_OF_HEAD)
        if not head.startswith(b"HTTP/1.1 202"):
            raise RuntimeError(head.decode())
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        count += 1
    writer.close()
    await writer.wait_closed()
    return count
