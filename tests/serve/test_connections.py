"""A connection that does not move is cut off, whoever is at its other end."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from slugline.serve.connections import TimedConnection

BODY = b"x" * 4_000_000


async def answer(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(10):
        await send({"type": "http.response.body", "body": BODY, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def cut_off(request: bytes, *, reads: bool, rest: float = 0.0) -> tuple[bool, int]:
    """Whether the server cut the connection off, and how much had come by then; who reads rests a little now and then."""
    config = uvicorn.Config(answer, http=TimedConnection, ws="none", lifespan="off", log_config=None)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: TimedConnection(config, state, {}), "127.0.0.1", 0)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    came = rested = 0
    try:
        await loop.sock_connect(client, server.sockets[0].getsockname())
        await loop.sock_sendall(client, request)
        while not state.connections:
            await asyncio.sleep(0.01)
        if reads:
            while came < 10 * len(BODY):
                block = await asyncio.wait_for(loop.sock_recv(client, 1 << 20), 20)
                if not block:
                    return True, came
                came += len(block)
                if came - rested > len(BODY):
                    rested = came
                    await asyncio.sleep(rest)
            return False, came
        for _ in range(500):
            await asyncio.sleep(0.01)
            if not state.connections:
                return True, came
        return False, came
    finally:
        client.close()
        server.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimedConnection, "patience", 0.05)


@pytest.mark.parametrize("request_", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_request_without_end_is_not_waited_for(request_: bytes) -> None:
    assert asyncio.run(cut_off(request_, reads=False)) == (True, 0)


def test_an_answer_that_nobody_takes_is_given_up() -> None:
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert asyncio.run(cut_off(request, reads=False)) == (True, 0)


def test_an_answer_that_is_taken_is_sent_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    # Longer than any pause of a busy machine, and shorter than all the rests together.
    monkeypatch.setattr(TimedConnection, "patience", 2.0)
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    cut, came = asyncio.run(cut_off(request, reads=True, rest=0.4))
    assert not cut
    assert came >= 10 * len(BODY)
