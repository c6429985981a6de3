"""Start the server on this machine and open its page."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.errors import OutputError
from rankscope.explorer.page import page_of
from rankscope.explorer.server.app import Served, guarded
from rankscope.explorer.server.workers import Workers
from rankscope.report.material import gather

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result

HOST = "127.0.0.1"
PORT = 8642

_TRIED = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens, and the token of its addresses."""

    listening: socket.socket
    port: int
    token: str

    @property
    def address(self) -> str:
        """Return the address to open."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names by which a browser on this machine may call."""
        return frozenset({f"{HOST}:{self.port}", f"localhost:{self.port}"})


def place(port: int | None = None) -> Place:
    """Take a port of the loopback interface: the one named, else the first that is free.

    Raises
    ------
    OutputError
        When it is taken.
    """
    for tried in [port] if port is not None else range(PORT, PORT + _TRIED):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listening.bind((HOST, tried))
        except OSError:
            listening.close()
            continue
        return Place(listening, listening.getsockname()[1], secrets.token_urlsafe(24))
    said = f"Port {port} is" if port is not None else f"Ports {PORT} to {PORT + _TRIED - 1} are"
    raise OutputError(f"{said} in use. Name a free one with --port.")


def serve(
    index: Index,
    result: Result,
    argument: str,
    *,
    port: int | None = None,
    browse: bool = True,
    told: Callable[[str], None] = print,
    modules: tuple[str, ...] = (),
) -> None:
    """Serve the explorer of an index until it is interrupted.

    ``argument`` is how the index was named, so that workers can open it; ``modules`` are loaded
    there first; ``told`` is given the address.

    Raises
    ------
    OutputError
        When the port is taken.
    """
    import uvicorn

    where = place(port)
    workers = Workers(argument, modules)
    workers.warm()
    page = page_of(gather(index, result), live=True)
    app = guarded(Served(index, page, workers), where.token, where.hosts)
    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False)
    told(where.address)
    if browse:
        webbrowser.open(where.address)
    try:
        uvicorn.Server(config).run(sockets=[where.listening])
    finally:
        workers.close()
