"""An httpx transport whose connections go to the guarded address and end at a deadline, whatever the other side does.

The URL keeps its name, so Host, SNI and certificate checks stay those of the name; only the socket is pinned. Timeouts
per read do not stop a server that sends one byte at a time, headers included, so each read is also cut at the deadline.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from scrapers.http.address import AddressGuard


class Deadline:
    """Seconds left of a fetch, by the monotonic clock; one object serves all its redirects."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Waiting for our own politeness does not count."""
        self._end += seconds

    def left(self) -> float:
        """Raise `httpcore.ReadTimeout` when none are."""
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the total time of this fetch is spent")
        return remaining

    def cap(self, timeout: float | None) -> float:
        return self.left() if timeout is None else min(timeout, self.left())


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _PinnedBackend(httpcore.SyncBackend):
    def __init__(self, guard: AddressGuard, deadline: Deadline) -> None:
        self._guard, self._deadline = guard, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._guard.pin(host, port)
        stream = super().connect_tcp(address, port, self._deadline.cap(timeout), local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _Body(httpx.SyncByteStream):
    def __init__(self, chunks: Any) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks

    def close(self) -> None:
        self._chunks.close()


class PinnedTransport(httpx.BaseTransport):
    """One fetch's way out. Raises httpcore's exceptions, and the guard's `AddressRefused`."""

    def __init__(self, tls: ssl.SSLContext, guard: AddressGuard, deadline: Deadline) -> None:
        backend = _PinnedBackend(guard, deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        reply = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(reply.status, headers=reply.headers, stream=_Body(reply.stream), request=request)

    def close(self) -> None:
        self._pool.close()
