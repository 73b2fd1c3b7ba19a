"""Long polling: each update until it is confirmed, one poll at a time."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from kernel.clock import FixedClock
from tests.localgram.conftest import Api, until_polled

WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def texts(updates: list[dict]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_update_repeats_until_confirmed(api: Api, person: SimulatedPerson) -> None:
    await person.say("бір")
    first = await api.updates()
    assert texts(first) == ["/start", "бір"]
    assert await api.updates() == first
    assert texts(await api.updates(offset=first[1]["update_id"])) == ["бір"]
    assert await api.updates(offset=first[1]["update_id"] + 1) == []


async def test_negative_offset_leaves_newest_updates(api: Api, person: SimulatedPerson) -> None:
    for text in ("бір", "екі", "үш"):
        await person.say(text)
    assert texts(await api.updates(offset=-2)) == ["екі", "үш"]
    assert texts(await api.updates()) == ["екі", "үш"]


async def test_poll_respects_limit(api: Api, person: SimulatedPerson) -> None:
    for number in range(3):
        await person.say(str(number))
    assert texts(await api.updates(limit=2)) == ["/start", "0"]


async def test_poll_waits_for_update(simulator: Simulator, api: Api, person: SimulatedPerson) -> None:
    last = (await api.updates())[-1]["update_id"]
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.updates(offset=last + 1, timeout=20))
        await until_polled(simulator)
        await person.say("келдім")
    assert texts(poll.result()) == ["келдім"]


@pytest.mark.slow
async def test_poll_times_out_empty(api: Api) -> None:
    assert await api.updates(timeout=1) == []


async def test_second_poll_ends_first_with_conflict(
    simulator: Simulator, api: Api, client: SimulatorClient
) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.answer("getUpdates", timeout=20))
        await until_polled(simulator)
        second = group.create_task(api.updates(timeout=20))
        await asyncio.wait({first})
        await (await client.person()).say("x")
    status, body = first.result()
    assert (status, body["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    assert texts(second.result()) == ["x"]


async def test_polling_is_rejected_with_webhook_set(api: Api) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:9/hook")
    status, body = await api.answer("getUpdates")
    assert (status, body["description"]) == (
        409,
        f"Conflict: {WEBHOOK_IS_ACTIVE}",
    )


async def test_setting_webhook_ends_poll(simulator: Simulator, api: Api) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.answer("getUpdates", timeout=20))
        await until_polled(simulator)
        await api.call("setWebhook", url="http://127.0.0.1:9/hook")
    assert poll.result()[1]["description"] == "Conflict: terminated by setWebhook request"


async def test_allowed_updates_filter_later_updates(api: Api, person: SimulatedPerson) -> None:
    await api.updates(allowed_updates=["edited_message"])
    said = await person.say("бір")
    await person.edit(said["message_id"], "екі")
    kinds = [set(update) - {"update_id"} for update in await api.updates()]
    assert kinds == [{"message"}, {"edited_message"}]  # the first came before the bot chose


async def test_poll_without_kinds_leaves_allowed_updates(api: Api, person: SimulatedPerson) -> None:
    await api.updates(allowed_updates=["edited_message"])
    await api.updates()
    await person.say("бір")
    assert texts(await api.updates()) == ["/start"]


async def test_disconnected_poll_takes_no_updates(
    simulator: Simulator, api: Api, person: SimulatedPerson
) -> None:
    last = (await api.updates())[-1]["update_id"]
    async with ClientSession(simulator.url) as other, asyncio.TaskGroup() as group:
        address = f"/bot{simulator.token}/getUpdates?timeout=20&offset={last + 1}"
        poll = group.create_task(other.get(address).__aenter__())
        await until_polled(simulator)
        poll.cancel()
    await person.say("бір")
    assert texts(await api.updates(timeout=5)) == ["бір"]


async def test_ids_of_later_run_are_higher() -> None:
    """A bot's database remembers the ids it has seen, so they must not repeat."""
    numbers, people = [], []
    for hour in (4, 5):
        clock = FixedClock(datetime(2026, 10, 1, hour, 0, tzinfo=UTC))
        async with Simulator(clock=clock) as running, SimulatorClient(running.url) as client:
            person = await client.person()
            await person.start()
            people.append(person.number)
            async with ClientSession(running.url) as session:
                numbers.append((await Api(session, running.token).updates())[0]["update_id"])
    assert numbers[0] < numbers[1] < 2**31
    assert people[0] < people[1]
