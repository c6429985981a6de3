"""Who may ask: the page that this server handed out, from this machine, and in small portions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000
"""Bytes of one request."""

LONGEST_ADDRESS = 4_000

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class RefusedError(Exception):
    """Why a request is refused, with its status."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through only requests with the token, for this host, from this page, of bounded size.

    A page of another site can send requests here, but it has no token, its Origin tells it
    apart, and a name of its own that leads to this machine is not a Host of ours.
    """

    app: ASGIApp
    token: str
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request before any of the application sees it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            self._check(scope)
            await self.app(scope, _limited(receive), _with_headers(send))
        except RefusedError as refused:
            await _refuse(send, refused)

    def _check(self, scope: Scope) -> None:
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        self._check_origin(headers)
        if len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            raise RefusedError(414, "The address is too long.")
        if not self._knows(headers, scope):
            raise RefusedError(
                403,
                "This address needs the token of the running explorer: open the address that "
                "`rankscope explore` printed when it started.",
            )
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            raise RefusedError(405, "Only GET and POST are understood.")
        if scope["method"] == "POST":
            _check_body(headers)

    def _check_origin(self, headers: dict[bytes, list[bytes]]) -> None:
        hosts = headers.get(b"host", [])
        if len(hosts) != 1 or hosts[0].decode("latin-1").lower() not in self.hosts:
            raise RefusedError(421, "This server answers to this machine only.")
        for origin in headers.get(b"origin", []):
            if origin.decode("latin-1").lower() not in {f"http://{host}" for host in self.hosts}:
                raise RefusedError(403, "This server answers to its own page only.")
        site = headers.get(b"sec-fetch-site", [b"none"])[0]
        if site not in {b"none", b"same-origin"}:
            raise RefusedError(403, "This server answers to its own page only.")

    def _knows(self, headers: dict[bytes, list[bytes]], scope: Scope) -> bool:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        given = [one.decode("latin-1") for one in headers.get(b"x-rankscope-token", [])]
        return any(
            secrets.compare_digest(one.encode(), self.token.encode())
            for one in (*given, *query.get("token", []))
        )


def _check_body(headers: dict[bytes, list[bytes]]) -> None:
    kind = headers.get(b"content-type", [b""])[0].split(b";")[0].strip().lower()
    if kind != b"application/json":
        raise RefusedError(415, "A question is sent as application/json.")
    length = headers.get(b"content-length", [b"0"])[0]
    if not length.isdigit() or int(length) > LARGEST:
        raise RefusedError(413, f"A request may hold {LARGEST:,} bytes.")


def _limited(receive: Receive) -> Receive:
    """Count what arrives, so that a request without a length is bounded too."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST:
            raise RefusedError(413, f"A request may hold {LARGEST:,} bytes.")
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *_HEADERS]
        await send(message)

    return sent


async def _refuse(send: Send, refused: RefusedError) -> None:
    body = refused.sentence.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
