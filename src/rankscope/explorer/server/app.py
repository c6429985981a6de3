"""The application: the page, its questions, and files that only a server can make."""

from __future__ import annotations

import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import ValidationError

from rankscope.errors import RankscopeError
from rankscope.explorer.questions.asking import Asked, reweighted
from rankscope.explorer.questions.register import QUESTIONS
from rankscope.explorer.saved import alone
from rankscope.explorer.server.guard import Guard
from rankscope.explorer.server.workers import DONE, Worker, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from rankscope.catalogue.open import Index

TIME_LIMIT = 180.0
"""Seconds for one question."""

_WAIT = 0.2
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Served:
    """What a server hands out: the index, its page, and the workers that answer."""

    index: Index
    page: str
    workers: Workers


def guarded(served: Served, token: str, hosts: frozenset[str]) -> ASGIApp:
    """Return the application behind its guard."""
    return Guard(application(served), token, hosts)


def application(served: Served) -> FastAPI:
    """Return the application itself; it trusts that a guard stands before it."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        served.workers.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=life)

    @app.get("/")
    async def page() -> Response:
        return HTMLResponse(served.page)

    @app.post("/ask/{name}")
    async def ask(name: str, request: Request) -> Response:
        if name not in QUESTIONS:
            return PlainTextResponse("There is no such question.", status_code=404)
        asked = await _form(request, QUESTIONS[name].form)
        if isinstance(asked, Response):
            return asked
        try:
            worker = served.workers.take()
        except RankscopeError as busy:
            return PlainTextResponse(str(busy), status_code=429)
        worker.ask(name, asked.model_dump(mode="json"))
        stream = _answers(served.workers, worker)
        return StreamingResponse(stream, media_type="application/x-ndjson")

    @app.post("/save/workbook")
    async def workbook(request: Request) -> Response:
        asked = await _form(request, Asked)
        if isinstance(asked, Response):
            return asked
        try:
            content = await to_thread.run_sync(_workbook, served.index, asked)
        except RankscopeError as problem:
            return PlainTextResponse(str(problem), status_code=422)
        return Response(content, media_type=_XLSX)

    return app


async def _form(request: Request, form: type[Asked]) -> Asked | Response:
    """Return what is asked, or the answer that it is not well formed."""
    try:
        return form.model_validate_json(await request.body())
    except ValidationError as faults:
        first = faults.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return PlainTextResponse(f"{place}: {first['msg']}".lstrip(": ")[:500], status_code=422)
    except (ValueError, RecursionError):
        return PlainTextResponse("This is no JSON that can be read.", status_code=422)


async def _answers(workers: Workers, worker: Worker) -> AsyncIterator[str]:
    """Yield answers, a line each, until the last; who stops listening ends the work."""
    started, ended = time.monotonic(), True
    try:
        while True:
            if time.monotonic() - started > TIME_LIMIT:
                yield _line({"problem": f"There is no answer after {TIME_LIMIT:.0f} seconds."})
                return
            if not await to_thread.run_sync(worker.line.poll, _WAIT):
                continue
            answer = await to_thread.run_sync(worker.line.recv)
            if answer == DONE:
                ended = False
                return
            yield _line(answer)
    except (EOFError, OSError):
        yield _line({"problem": "The work broke off."})
    finally:
        workers.give_back(worker, ended=ended)


def _line(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n"


def _workbook(index: Index, asked: Asked) -> bytes:
    """Return the index with these weights as one workbook, which is a definition with its data."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from rankscope.data.workbook import write_workbook

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{index.definition.name}.xlsx"
        definition = alone(reweighted(index, asked).definition)
        return write_workbook(definition, index.table, path).read_bytes()
