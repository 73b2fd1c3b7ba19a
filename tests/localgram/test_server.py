"""The server: tokens, encodings, faults, limits, the clock, and access control."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession
from localgram.client import SimulatedPerson, SimulatorClient, SimulatorError
from localgram.server import Simulator

from kernel.clock import FixedClock, MovableClock
from tests.localgram.conftest import Api


async def test_wrong_token_is_unauthorized(session: ClientSession) -> None:
    async with session.post("/bot42:wrong/getMe") as response:
        body = await response.json()
    assert (response.status, body) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


@pytest.mark.parametrize("method", ["launchRocket", "", "getMe/x"])
async def test_unknown_method_gets_404(api: Api, method: str) -> None:
    status, body = await api.answer(method)
    assert (status, body["error_code"]) == (404, 404)
    assert body["description"] == "Not Found: method not found"


async def test_method_names_ignore_case(api: Api) -> None:
    assert (await api.call("GETME"))["id"] == 42


@pytest.mark.parametrize(
    "request_as",
    [
        lambda wire: {"json": wire},
        lambda wire: {"data": {name: str(value) for name, value in wire.items()}},
        lambda wire: {"params": {name: str(value) for name, value in wire.items()}},
    ],
    ids=["json", "form", "query"],
)
async def test_arguments_are_read_from_any_encoding(
    session: ClientSession, simulator: Simulator, person: SimulatedPerson, request_as: Any
) -> None:
    wire = {"chat_id": person.number, "text": "Сәлем"}
    async with session.post(f"/bot{simulator.token}/sendMessage", **request_as(wire)) as response:
        assert (await response.json())["result"]["text"] == "Сәлем"


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"[]", "application/json", "JSON object expected"),
        (b"text", "application/json", "JSON object expected"),
        (b"{", "application/json", "expected parameter name"),
        (b"{x: 1}", "application/json", "can't parse parameter name: Opening '\"' expected"),
        (b'{"x', "application/json", "can't parse parameter name: Closing '\"' not found"),
        (b'{"x" 1}', "application/json", "can't parse object, ':' expected"),
        (b'{"x":', "application/json", "can't parse parameter value: Unexpected string end"),
        (b'{"x": moon}', "application/json", "can't parse parameter value: Unexpected symbol 'm'"),
        (b'{"x": "y', "application/json", "can't parse parameter value: Closing '\"' not found"),
        (b'{"x": 1 "y": 2}', "application/json", "expected next field or object end"),
        (b'{"x": 1} {}', "application/json", "unexpected data after object end"),
        (b"x", "multipart/form-data", "boundary not found"),
        (b"no parts", "multipart/form-data; boundary=edge", "unexpected end of request content"),
        (
            b"--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--\r\n",
            "multipart/form-data; boundary=edge",
            "field name in multipart/form-data not found",
        ),
    ],
)
async def test_unreadable_body_is_rejected(
    session: ClientSession, simulator: Simulator, body: bytes, kind: str, reason: str
) -> None:
    address = f"/bot{simulator.token}/sendMessage"
    async with session.post(address, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 400
        assert (await response.json())["description"] == f"Bad Request: {reason}"


async def test_empty_json_body_has_no_arguments(session: ClientSession, simulator: Simulator) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"/bot{simulator.token}/getMe", headers=headers) as response:
        assert response.status == 200


async def test_ordered_429_has_retry_after_and_ends(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await client.order_fault(method="sendMessage", status=429, retry_after=2, times=2)
    for _ in range(2):
        status, body = await api.answer("sendMessage", chat_id=person.number, text="x")
        assert (status, body["description"]) == (429, "Too Many Requests: retry after 2")
        assert body["parameters"] == {"retry_after": 2}
    assert (await client.get("/faults"))["faults"] == []
    await api.call("sendMessage", chat_id=person.number, text="x")
    assert [call["status"] for call in await client.calls("sendMessage")] == [429, 429, 200]


@pytest.mark.parametrize(
    ("status", "description"),
    [(500, "Internal Server Error"), (502, "Bad Gateway"), (400, "Bad Request")],
)
async def test_server_error_has_telegrams_format(
    api: Api, client: SimulatorClient, status: int, description: str
) -> None:
    await client.order_fault(status=status)
    assert await api.answer("getMe") == (
        status,
        {"ok": False, "error_code": status, "description": description},
    )


async def test_fault_applies_to_its_method_only(api: Api, client: SimulatorClient) -> None:
    await client.order_fault(method="sendMessage", status=500)
    await api.call("getMe")
    await client.delete("/faults")
    assert (await client.get("/faults"))["faults"] == []


async def test_garbage_response_is_not_json(
    session: ClientSession, simulator: Simulator, client: SimulatorClient
) -> None:
    await client.order_fault(kind="garbage")
    async with session.post(f"/bot{simulator.token}/getMe") as response:
        assert (response.status, await response.text()) == (200, "<html>nginx</html>")


async def test_hanging_call_has_no_effect(api: Api, client: SimulatorClient, person: SimulatedPerson) -> None:
    await client.order_fault(method="sendMessage", kind="hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api.call("sendMessage", chat_id=person.number, text="x")
    assert len(await person.messages()) == 1


async def test_lost_response_leaves_message_sent(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await client.order_fault(method="sendMessage", kind="lost")
    with pytest.raises(ClientError):
        await api.call("sendMessage", chat_id=person.number, text="x")
    assert (await person.messages())[-1]["text"] == "x"
    await api.call("sendMessage", chat_id=person.number, text="y")
    assert [call["fault"] for call in await client.calls("sendMessage")] == ["lost", ""]


async def test_reset_connection_leaves_nothing_sent(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await client.order_fault(method="sendMessage", kind="reset")
    with pytest.raises(ClientError):
        await api.call("sendMessage", chat_id=person.number, text="x")
    assert len(await person.messages()) == 1


async def test_fault_of_a_chat_leaves_others_alone(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    other = await client.person()
    await other.start()
    await client.order_fault(method="sendMessage", status=429, chat_id=other.number)
    await api.call("sendMessage", chat_id=person.number, text="x")
    assert (await api.answer("sendMessage", chat_id=other.number, text="x"))[0] == 429


async def test_delayed_call_succeeds(api: Api, client: SimulatorClient) -> None:
    await client.order_fault(delay=0.2)
    start = asyncio.get_running_loop().time()
    await api.call("getMe")
    assert asyncio.get_running_loop().time() - start >= 0.2


async def test_call_log_is_ordered_and_timed(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await api.call("sendMessage", chat_id=person.number, text="бір")
    await api.updates()
    await api.refusal("sendMessage", chat_id=person.number, text="")
    first, second = await client.calls()
    assert (first["method"], first["chat_id"], first["status"]) == ("sendMessage", person.number, 200)
    assert first["at"] == "2026-10-01T04:00:00+00:00"
    assert first["arguments"]["text"] == "бір"
    assert (second["status"], second["seconds"] >= first["seconds"]) == (400, True)
    assert await client.calls(after=second["number"]) == []


async def test_limits_are_enforced_on_request(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    await client.post("/limits", {"enforced": True})
    await api.call("sendMessage", chat_id=person.number, text="x")
    status, body = await api.answer("sendMessage", chat_id=person.number, text="y")
    assert (status, body["parameters"]) == (429, {"retry_after": 1})
    await client.post("/limits", {"enforced": False})
    await api.call("sendMessage", chat_id=person.number, text="y")


async def test_frozen_clock_cannot_be_moved(client: SimulatorClient) -> None:
    with pytest.raises(SimulatorError, match="404"):
        await client.get("/clock")
    with pytest.raises(SimulatorError, match="404"):
        await client.post("/clock", {"advance": "P1D"})


@pytest.mark.parametrize(
    ("move", "now"),
    [
        ({"advance": "P1D"}, "2026-10-02T04:00:00+00:00"),
        ({"advance": "PT1H"}, "2026-10-01T05:00:00+00:00"),
        ({"advance": "P1DT2H3M4S"}, "2026-10-02T06:03:04+00:00"),
        ({"advance": "P2W"}, "2026-10-15T04:00:00+00:00"),
        ({"advance": "-P1D"}, "2026-09-30T04:00:00+00:00"),
        ({"now": "2026-12-01T09:00:00+05:00"}, "2026-12-01T04:00:00+00:00"),
        ({"advance": "P"}, None),
        ({"advance": "one day"}, None),
        ({"now": "2026-12-01T09:00:00"}, None),
        ({"now": "soon"}, None),
        ({}, None),
    ],
)
async def test_movable_clock_is_set_and_advanced(
    clock: FixedClock, move: dict[str, str], now: str | None
) -> None:
    movable = MovableClock(clock)
    async with Simulator(clock=movable, movable=movable) as running, SimulatorClient(running.url) as client:
        if now is None:
            with pytest.raises(SimulatorError, match="400"):
                await client.post("/clock", move)
        else:
            moved = (await client.post("/clock", move))["now"]
            assert datetime.fromisoformat(moved) == datetime.fromisoformat(now)
            assert await client.get("/clock") == {"now": moved}


async def test_messages_are_dated_by_the_clock(api: Api, person: SimulatedPerson, clock: FixedClock) -> None:
    clock.advance(timedelta(days=1))
    message = await api.call("sendMessage", chat_id=person.number, text="x")
    assert datetime.fromtimestamp(message["date"], UTC) == clock.now()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_cross_site_request_is_rejected(session: ClientSession, headers: dict[str, str]) -> None:
    async with session.post("/people", json={"first_name": "x"}, headers=headers) as response:
        assert response.status == 403
    async with session.get("/people") as response:
        assert (await response.json())["people"] == []


async def test_own_page_is_allowed(simulator: Simulator, session: ClientSession) -> None:
    for host in (f"127.0.0.1:{simulator.port}", f"localhost:{simulator.port}"):
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        async with session.post("/people", json={"first_name": "x"}, headers=headers) as response:
            assert response.status == 200


async def test_page_and_assets_are_served(session: ClientSession) -> None:
    async with session.get("/", headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with session.get("/static/api.js") as response:
        assert (response.status, response.content_type.endswith("/javascript")) == (200, True)


@pytest.mark.parametrize("path", ["/static/none.js", "/static/%2e%2e/server.py", "/static/..%2fserver.py"])
async def test_other_files_are_not_served(session: ClientSession, path: str) -> None:
    async with session.get(path) as response:
        assert response.status == 404


async def test_person_side_requires_json_object(session: ClientSession) -> None:
    for body in (b"{", b"[]"):
        async with session.post("/people", data=body) as response:
            assert response.status == 400
