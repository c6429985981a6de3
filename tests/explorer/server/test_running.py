"""A server that runs: what it hands out, what it answers, how it ends work."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import uvicorn

from rankscope.analyses.overtake import overtake
from rankscope.analyses.scenario import what_if
from rankscope.catalogue import open_index
from rankscope.explorer.page import page_of
from rankscope.explorer.saved import with_weights
from rankscope.explorer.server.app import Served, guarded
from rankscope.explorer.server.run import Place, place
from rankscope.explorer.server.workers import Workers
from rankscope.pipeline import build
from rankscope.report.material import gather

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def running() -> Iterator[Place]:
    where = place(0)
    index = open_index("ai-capacity")
    workers = Workers("ai-capacity")
    workers.warm()
    page = page_of(gather(index, index.build()), live=True)
    app = guarded(Served(index, page, workers), where.token, where.hosts)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [where.listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield where
    server.should_exit = True
    thread.join()
    workers.close()


def asked(where: Place, path: str, body: Any, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=120)
    own = {"x-rankscope-token": where.token, "content-type": "application/json", **headers}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with closing(connection):
        connection.request("POST", path, content, own)
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_it_listens_on_loopback_only(running: Place) -> None:
    assert running.listening.getsockname()[0] == "127.0.0.1"


def test_answers_grow_better_line_by_line(running: Place) -> None:
    status, body = asked(running, "/ask/firmness", {"weights": {"talent": 0.5}})
    assert status == 200
    answers = [json.loads(line) for line in body.splitlines()]
    draws = [one["firmness"]["draws"] for one in answers]
    assert draws == sorted(draws)
    assert len(answers) > 1
    assert answers[-1]["progress"] == 1
    last = answers[-1]["firmness"]
    low, high = np.array(last["low"]), np.array(last["high"])
    assert ((low <= high) & ((low > 0) == (high > 0))).all()
    proved = np.array(last["best"]) > 0
    assert proved.any()


def test_the_smallest_change_turns_the_order(running: Place) -> None:
    status, body = asked(running, "/ask/turn", {"first": "GBR", "second": "CHE"})
    assert status == 200
    told = json.loads(body.splitlines()[0])
    index = open_index("ai-capacity")
    found = overtake(index.build(), "GBR", "CHE")
    assert told["fewest"]["points"] == pytest.approx(found.fewest.points, rel=1e-9)
    turned = with_weights(index.definition, told["fewest"]["weights"])
    after = build(turned, index.table)
    ranks = {code: after.rank()[after.units.index(code)] for code in ("GBR", "CHE")}
    assert ranks["CHE"] < ranks["GBR"]
    status, body = asked(running, "/ask/turn", {"first": "GBR", "second": "XXX"})
    assert b"problem" in body


def test_scenarios_are_played_with_chances(running: Place) -> None:
    status, body = asked(running, "/ask/scenario", {"name": "russia_china_deep"})
    answers = [json.loads(line) for line in body.splitlines()]
    assert status == 200
    assert [one["draws"] for one in answers] == [0, 200, 4000]
    index = open_index("ai-capacity")
    wanted = next(one for one in index.definition.scenarios if one.name == "russia_china_deep")
    found = what_if(index.build(), wanted, ties=index.ties(), draws=4000)
    subject = answers[-1]["outcome"]["units"][0]
    assert subject["ranks"] == [found.rank_before("RUS"), found.rank_after("RUS")]
    chances = np.array(subject["chances"], dtype=float)
    assert np.allclose(np.nansum(chances[:, 1:], axis=0), 1, atol=1e-4)
    status, body = asked(running, "/ask/scenario", {"name": "nothing"})
    assert json.loads(body)["problem"] == "The index has no scenario nothing."


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/ask/nothing", {}, 404),
        ("/ask/../etc/passwd", {}, 404),
        ("/nowhere", {}, 404),
        ("/ask/firmness", b"", 422),
        ("/ask/firmness", b"{", 422),
        ("/ask/firmness", b"[" * 100_000, 422),
        ("/ask/firmness", b"\xff\xfe", 422),
        ("/ask/firmness", {"weights": {"talent": -1}}, 422),
        ("/ask/firmness", {"weights": {"talent": "1"}}, 422),
        ("/ask/firmness", b'{"weights": {"talent": 1e999}}', 422),
        ("/ask/firmness", {"weights": [1]}, 422),
        ("/ask/firmness", {"more": 1}, 422),
        ("/save/workbook", {"weights": {"nobody": 1}}, 422),
    ],
)
def test_malformed_requests_get_a_sentence(
    running: Place, path: str, body: Any, status: int
) -> None:
    found, said = asked(running, path, body)
    assert found == status
    assert b"Traceback" not in said
    assert len(said) < 600


def test_unknown_nodes_are_a_problem_in_words(running: Place) -> None:
    status, body = asked(running, "/ask/firmness", {"weights": {"nobody": 1}})
    assert status == 200
    assert json.loads(body)["problem"] == "The index has no node nobody."


def test_no_token_no_page(running: Place) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    with closing(connection):
        connection.request("GET", "/")
        assert connection.getresponse().status == 403


def test_lines_that_are_no_http_get_400(running: Place) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as line:
        line.sendall(b"\x00\x01 nonsense\r\n\r\n")
        assert b"400" in line.recv(200)


def test_workbook_holds_the_weights_and_builds(running: Place, tmp_path: Any) -> None:
    status, body = asked(running, "/save/workbook", {"weights": {"implementation": 0.9}})
    assert status == 200
    path = tmp_path / "ai.xlsx"
    path.write_bytes(body)
    index = open_index(path)
    weights = {node.code: node.weight for node in index.definition.framework.children}
    assert weights["implementation"] == 0.9
    assert index.build().ranked() > 100


def test_who_stops_listening_ends_the_work(running: Place) -> None:
    for _ in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
        headers = {"x-rankscope-token": running.token, "content-type": "application/json"}
        with closing(connection):
            connection.request("POST", "/ask/firmness", b"{}", headers)
            connection.getresponse().read(10)
        time.sleep(0.5)
    assert asked(running, "/ask/firmness", {})[0] == 200


@pytest.mark.browser(allow=("http://127.0.0.1",))
def test_page_asks_how_firm_its_ranks_are(page: Page, running: Place) -> None:
    page.goto(running.address)
    page.wait_for_selector(".firm-note:not(:empty)")
    page.wait_for_function("() => document.querySelector('.working').hidden", timeout=60_000)
    assert "4,096" in (page.locator(".firm-note").text_content() or "")
    assert page.locator(".span:not([hidden])").count() > 100
    page.get_by_label("typed").first.fill("70")
    page.get_by_label("typed").first.press("Enter")
    page.wait_for_selector(".working:not([hidden])")
    page.get_by_role("button", name="Cancel").click()
    assert page.locator(".working").is_hidden()


@pytest.mark.browser(allow=("http://127.0.0.1",))
def test_page_shows_the_change_that_turns_an_order(page: Page, running: Place) -> None:
    page.goto(f"{running.address}#at=compare&with=GBR,CHE")
    page.get_by_role("button", name="Find the smallest change").click()
    page.wait_for_selector(".turning >> text=points of weight move", timeout=60_000)
    page.get_by_role("button", name="Show it with these weights").click()
    first, second = page.locator("article.compare tbody tr >> nth=0 >> small").all_text_contents()
    assert int(second.strip("()=")) < int(first.strip("()="))
    assert "w=" in page.url
