"""Servers for a test: a proxy on a free port, and upstreams that answer the bytes they are given, however odd."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

RESET = struct.pack("ii", 1, 0)
Script = Callable[[socket.socket, bytes], None]


@contextmanager
def standing(application: Any, **more: Any) -> Iterator[int]:
    """The port of an ASGI application served in a thread, over real sockets."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings: dict[str, Any] = {"log_config": None, "lifespan": "auto", "ws": "none"}
    settings |= {"date_header": False, "server_header": False, **more}
    server = uvicorn.Server(uvicorn.Config(application, timeout_graceful_shutdown=1, **settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


@contextmanager
def scripted(script: Script) -> Iterator[int]:
    """The port of a server that hands each connection and the request on it to a script, and closes it after that."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_attend, args=(connection, script), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _attend(connection: socket.socket, script: Script) -> None:
    with connection:
        connection.settimeout(20)
        try:
            script(connection, request_on(connection))
        except OSError:
            return


def request_on(connection: socket.socket) -> bytes:
    """A request with its body, by content length or in chunks, as it came."""
    got = b""
    while b"\r\n\r\n" not in got:
        if not (more := connection.recv(65536)):
            return got
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].partition(b":")[2]) if lengths else 0
    chunked = b"transfer-encoding: chunked" in head.lower()
    while len(body) < wanted or (chunked and not body.endswith(b"0\r\n\r\n")):
        if not (more := connection.recv(65536)):
            break
        body += more
    return head + b"\r\n\r\n" + body


def says(*parts: bytes, reset: bool = False) -> Script:
    """Answers these bytes and closes, or resets."""

    def script(connection: socket.socket, request: bytes) -> None:
        for part in parts:
            connection.sendall(part)
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    return script


def speak(port: int, request: bytes) -> bytes:
    """Everything that comes back for these bytes until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(request)
        got = b""
        try:
            while more := connection.recv(65536):
                got += more
        except ConnectionResetError:
            return got
        return got
