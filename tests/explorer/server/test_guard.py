from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from rankscope.explorer.server.guard import LARGEST, LONGEST_ADDRESS, Guard

if TYPE_CHECKING:
    from collections.abc import Coroutine

TOKEN = "the-token-of-this-run"
HOST = "127.0.0.1:8642"
GOOD = {"host": HOST, "x-rankscope-token": TOKEN}
ASKING = {**GOOD, "content-type": "application/json", "origin": f"http://{HOST}"}


async def _inner(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read all there is and say yes: the application behind the guard."""
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"yes"})


def _in_a_thread(answering: Coroutine[Any, Any, None]) -> None:
    """Run to the end: a browser that an earlier test opened owns the loop of this thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, answering).result()


def asked(
    headers: dict[str, str] | list[tuple[str, str]],
    *,
    method: str = "GET",
    query: str = "",
    body: tuple[bytes, ...] = (b"{}",),
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Send one request through the guard; return status, headers and body."""
    pairs = headers.items() if isinstance(headers, dict) else headers
    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs],
    }
    parts = [
        {"type": "http.request", "body": part, "more_body": at < len(body) - 1}
        for at, part in enumerate(body)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Guard(_inner, TOKEN, frozenset({HOST, "localhost:8642"}))  # type: ignore[arg-type]
    _in_a_thread(guard(scope, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def test_own_page_is_let_through() -> None:
    assert asked(GOOD)[0] == 200
    assert asked({"host": HOST}, query=f"token={TOKEN}")[0] == 200
    assert asked(ASKING, method="POST")[0] == 200
    assert asked({**GOOD, "sec-fetch-site": "same-origin"})[0] == 200


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({"host": HOST}, "", 403),
        ({"host": HOST}, "token=", 403),
        ({"host": HOST}, f"token={TOKEN}x", 403),
        ({"host": HOST, "x-rankscope-token": "tökén"}, "", 403),
        ({"x-rankscope-token": TOKEN}, "", 421),
        ({**GOOD, "host": "rebound.example:8642"}, "", 421),
        ({**GOOD, "host": "127.0.0.1:1"}, "", 421),
        ({**GOOD, "host": "127.0.0.1"}, "", 421),
        ({**GOOD, "origin": "http://evil.example"}, "", 403),
        ({**GOOD, "origin": "null"}, "", 403),
        ({**GOOD, "origin": f"https://{HOST}"}, "", 403),
        ({**GOOD, "sec-fetch-site": "cross-site"}, "", 403),
        ({**GOOD, "sec-fetch-site": "same-site"}, "", 403),
        (GOOD, "x" * (LONGEST_ADDRESS + 1), 414),
    ],
)
def test_forged_requests_are_refused_in_one_sentence(
    headers: dict[str, str], query: str, status: int
) -> None:
    found, _, body = asked(headers, query=query)
    assert found == status
    assert body.endswith(b".")
    assert b"Traceback" not in body


def test_two_hosts_are_one_too_many() -> None:
    twice = [("host", HOST), ("host", "evil.example"), ("x-rankscope-token", TOKEN)]
    assert asked(twice)[0] == 421


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(method: str) -> None:
    assert asked(ASKING, method=method)[0] == 405


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_forms_of_other_pages_are_no_questions(kind: str) -> None:
    assert asked({**ASKING, "content-type": kind}, method="POST")[0] == 415


def test_large_requests_are_refused_whether_they_say_their_length_or_not() -> None:
    said = {**ASKING, "content-length": str(LARGEST + 1)}
    assert asked(said, method="POST")[0] == 413
    assert asked({**ASKING, "content-length": "-1"}, method="POST")[0] == 413
    part = b" " * (LARGEST // 2 + 1)
    assert asked(ASKING, method="POST", body=(part, part))[0] == 413
    assert asked(ASKING, method="POST", body=(part,))[0] == 200


def test_every_answer_forbids_caches_and_frames() -> None:
    for answer in (asked(GOOD), asked({"host": HOST})):
        assert answer[1][b"cache-control"] == b"no-store"
        assert answer[1][b"x-frame-options"] == b"DENY"
        assert answer[1][b"x-content-type-options"] == b"nosniff"
