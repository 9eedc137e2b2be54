"""The address guard: every way of writing "inside" is refused, by text, by resolution and by redirect."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import Transient
from scrapers.errors import AddressRefused
from scrapers.http import Limits, PoliteClient
from scrapers.http.address import AddressGuard, refusal, system_resolver
from tests.scrapers.boards import CONTACT, Sent, pages, polite, served

INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "198.18.0.1", "198.51.100.7", "203.0.113.9", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "100::1", "not-an-address", "",
]  # fmt: skip
WRITTEN = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://localhost/",
    "http://localhost./", "http://0/", "http://[fe80::1]/", "http://[fd00::1]/", "http://169.254.169.254/latest/",
    "http://１２７.０.０.１/", "http://[::]/",
]  # fmt: skip
REFUSED_TEXT = [
    ("ftp://board.example/", "scheme"), ("file:///etc/passwd", "scheme"), ("gopher://board.example/", "scheme"),
    ("http://board.example:22/", "port"), ("http://board.example:6379/", "port"), ("https://board.example:84/", "port"),
    ("http://user:pass@board.example/", "credentials"), ("http:///path", "host"), ("board.example", "scheme"),
    ("http://board.example:99999/", "port"), ("http://board.example:port/", "url"), ("http://[::1", "url"),
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450::1"])
def test_public_addresses_pass(address: str) -> None:
    assert refusal(address) is None


def outside(resolve: object = system_resolver) -> PoliteClient:
    guard = AddressGuard(resolve=resolve)  # type: ignore[arg-type]
    return PoliteClient(contact=CONTACT, guard=guard, limits=Limits(interval=0.0, seconds=10.0))


@pytest.mark.parametrize("url", WRITTEN)
def test_inside_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises((AddressRefused, Transient)) as caught:
        outside().get(url)
    assert isinstance(caught.value, AddressRefused) or caught.value.error_code == "NAME_UNRESOLVED"


@pytest.mark.parametrize(("url", "reason"), REFUSED_TEXT)
def test_refused_by_text(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        outside().get(url)
    assert caught.value.context["reason"] == reason


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    with pytest.raises(AddressRefused):
        AddressGuard(resolve=lambda host, port: ["93.184.216.34", "10.0.0.5"]).pin("mixed.example", 443)


def test_a_name_that_resolves_inside_is_refused_before_any_connection() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(AddressRefused) as caught:
        outside(resolve).get("http://inside.example/api")
    assert caught.value.context == {"host": "inside.example", "reason": "loopback"}
    assert asked == ["inside.example"]


def test_rebinding_gets_no_second_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name answers a public address first and 127.0.0.1 ever after; only the checked one may be connected to."""
    answers = iter([["93.184.216.34"]])
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises((Transient, AddressRefused)):
        outside(lambda host, port: next(answers, ["127.0.0.1"])).get("http://rebind.example/")
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://[::1]:{port}/secret"]
)
def test_redirect_inside_is_refused_by_its_own_check(target: str) -> None:
    """The first hop is let through by a guard that knows one host; what it redirects to is checked anew."""
    reached = threading.Event()

    def secret(request: object) -> Sent:
        if getattr(request, "path", "") == "/secret":
            reached.set()
        return Sent(b"internal")

    with served(secret) as inner:
        port = httpx.URL(inner).port
        redirect = Sent(b"", 302, {"Location": target.format(port=port)})
        with served(pages({"/": redirect, "/robots.txt": b""})) as outer:
            client = polite(guard=_OnlyOuter(resolve=system_resolver, outer_port=httpx.URL(outer).port or 0))
            with pytest.raises(AddressRefused):
                client.get(outer + "/")
    assert not reached.is_set()


class _OnlyOuter(AddressGuard):
    """Lets one port of this machine pass, as if it were a public board, and holds everything else to the rules."""

    __slots__ = ("outer_port",)

    def __init__(self, *, resolve: object, outer_port: int) -> None:
        super().__init__(allow_private=False, resolve=resolve)  # type: ignore[arg-type]
        object.__setattr__(self, "outer_port", outer_port)

    def check_url(self, url: httpx.URL) -> None:
        if url.port != self.outer_port:
            super().check_url(url)

    def pin(self, host: str, port: int) -> str:
        return "127.0.0.1" if port == self.outer_port else super().pin(host, port)


@pytest.fixture
def tls_server(tmp_path: object) -> Iterator[tuple[int, ssl.SSLContext, list[str | None]]]:
    """A TLS server for board.example on this machine, the client context that trusts it, and the SNI names it heard."""
    server_context, client_context, names = _contexts(str(tmp_path))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            try:
                with server_context.wrap_socket(raw, server_side=True) as wrapped:
                    head = wrapped.recv(4096).decode()
                    host = next(line for line in head.split("\r\n") if line.lower().startswith("host:"))
                    body = host.encode()
                    wrapped.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            except (OSError, StopIteration):
                raw.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], client_context, names
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_pinned_connection_keeps_sni_host_and_certificate_check(
    tls_server: tuple[int, ssl.SSLContext, list[str | None]],
) -> None:
    port, trusting, names = tls_server
    guard = AddressGuard(allow_private=True, resolve=lambda host, asked: ["127.0.0.1"])
    given = {f"https://board.example:{port}": "", f"https://other.example:{port}": ""}
    client = polite(guard=guard, tls=trusting, robots_given=given)
    assert client.get(f"https://board.example:{port}/").text == f"Host: board.example:{port}"
    assert names == ["board.example"]
    with pytest.raises(Transient):
        client.get(f"https://other.example:{port}/")


def _contexts(folder: str) -> tuple[ssl.SSLContext, ssl.SSLContext, list[str | None]]:
    key_file, cert_file = _certificate(folder)
    names: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert_file, key_file)
    server.sni_callback = lambda sock, name, context: names.append(name)
    return server, ssl.create_default_context(cafile=cert_file), names


def _certificate(folder: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "board.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("board.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_file, cert_file = Path(folder) / "key.pem", Path(folder) / "cert.pem"
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(key_file), str(cert_file)
