"""What people do, and the updates the bot gets."""

import asyncio
from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient, SimulatorError
from localgram.keys import WORLD
from localgram.server import Simulator

from tests.localgram.conftest import Api, until_waited_for


async def latest(api: Api) -> dict[str, Any]:
    return (await api.updates())[-1]


async def test_people_are_added_and_listed(client: SimulatorClient) -> None:
    await client.post("/people", {"first_name": "Асел", "last_name": "Ким", "username": "asel"})
    (first,) = (await client.get("/people"))["people"]
    assert (first["first_name"], first["last_name"], first["username"]) == ("Асел", "Ким", "asel")
    assert first["blocked"] is False


async def test_text_update_has_entities(api: Api, person: SimulatedPerson) -> None:
    said = await person.start("svc_id_card")
    message = (await latest(api))["message"]
    assert message == said
    assert message["text"] == "/start svc_id_card"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "kk"


async def test_edit_arrives_as_edited_message(api: Api, person: SimulatedPerson) -> None:
    said = await person.say("бір")
    await person.edit(said["message_id"], "екі")
    edited = (await latest(api))["edited_message"]
    assert (edited["message_id"], edited["text"]) == (said["message_id"], "екі")
    assert "edit_date" in edited


async def test_reply_and_forward_include_the_original(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="жауап")
    await person.say("рахмет", reply_to=sent["message_id"])
    assert (await latest(api))["message"]["reply_to_message"]["text"] == "жауап"
    await person.forward(sent["message_id"])
    forwarded = (await latest(api))["message"]
    assert (forwarded["text"], forwarded["from"]["id"]) == ("жауап", person.number)
    assert forwarded["forward_origin"]["sender_user"]["is_bot"] is True


async def test_contact_defaults_to_own(api: Api, person: SimulatedPerson) -> None:
    await person.share_contact("+77011234567")
    contact = (await latest(api))["message"]["contact"]
    assert (contact["user_id"], contact["first_name"]) == (person.number, "Айгүл")
    await person.share_contact("+77017654321", first_name="Марат", user_id=None)
    contact = (await latest(api))["message"]["contact"]
    assert (contact["first_name"], "user_id" in contact) == ("Марат", False)


async def test_location_update_has_coordinates(api: Api, person: SimulatedPerson) -> None:
    await person.share_location(51.1, 71.4)
    assert (await latest(api))["message"]["location"] == {"latitude": 51.1, "longitude": 71.4}


async def test_reply_buttons_send_text_contact_or_location(api: Api, person: SimulatedPerson) -> None:
    row = [
        "Иә",
        {"text": "Нөмірім", "request_contact": True},
        {"text": "Орным", "request_location": True},
    ]
    markup = {"keyboard": [row], "one_time_keyboard": True}
    await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=markup)
    await person.press("Нөмірім")
    contact = (await latest(api))["message"]["contact"]
    assert (contact["user_id"], len(contact["phone_number"])) == (person.number, 12)
    assert (await person.see())["keyboard"] is None  # a one-time keyboard goes after the first press
    await person.press("Орным")
    assert "location" in (await latest(api))["message"]
    pressed = await person.press("Иә")
    assert pressed["answer"] is None
    assert pressed["message"]["text"] == "Иә"


async def test_bot_is_notified_of_blocking(api: Api, person: SimulatedPerson) -> None:
    await person.block()
    change = (await latest(api))["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    with pytest.raises(SimulatorError, match="403"):
        await person.say("x")
    await person.unblock()
    await person.unblock()  # once more changes nothing
    change = (await latest(api))["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("kicked", "member")
    assert len(await api.updates()) == 3


async def test_bot_gets_every_group_message(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    group = await client.group("Ауыл")
    other = await client.person("Тимур", "ru")
    await other.say("Всем привет", chat=group)
    message = (await latest(api))["message"]
    assert message["chat"] == {"id": group, "type": "supergroup", "title": "Ауыл"}
    await api.call("sendMessage", chat_id=group, text="Сәлем")
    assert [found["text"] for found in await person.messages(chat=group)] == ["Всем привет", "Сәлем"]
    assert [found["id"] for found in (await client.get("/groups"))["groups"]] == [group]


async def test_bot_learns_who_added_it_to_group(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    group = await client.group("Ауыл", by=person.number)
    change = (await latest(api))["my_chat_member"]
    assert (change["chat"]["id"], change["from"]["id"]) == (group, person.number)
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")


async def test_channel_post_is_sent_by_channel(
    api: Api, client: SimulatorClient, person: SimulatedPerson
) -> None:
    channel = await client.group("Жаңалық", "channel")
    said = await person.say("бір", chat=channel)
    posted = (await latest(api))["channel_post"]
    assert (posted["sender_chat"]["id"], "from" in posted) == (channel, False)
    await person.edit(said["message_id"], "екі", chat=channel)
    assert (await latest(api))["edited_channel_post"]["text"] == "екі"
    forwarded = await person.forward(said["message_id"], from_chat=channel)
    assert forwarded["forward_origin"]["type"] == "channel"
    sent = await api.call("sendMessage", chat_id=channel, text="x")
    place = {"chat_id": channel, "message_id": sent["message_id"]}
    assert (await api.call("editMessageText", **place, text="y"))["sender_chat"]["id"] == channel


async def test_chat_poll_returns_on_change(simulator: Simulator, api: Api, person: SimulatedPerson) -> None:
    version = (await person.see())["version"]
    news = simulator.app[WORLD].chats[person.number].news
    async with asyncio.TaskGroup() as group:
        seen = group.create_task(person.see(version=version, wait=20))
        await until_waited_for(news)
        await api.call("sendMessage", chat_id=person.number, text="x")
    assert seen.result()["messages"][-1]["text"] == "x"
    assert seen.result()["version"] > version


async def test_chat_poll_times_out_unchanged(person: SimulatedPerson) -> None:
    version = (await person.see())["version"]
    assert (await person.see(version=version, wait=0.05))["version"] == version


async def test_after_filters_older_messages(person: SimulatedPerson) -> None:
    said = await person.say("екі")
    assert await person.messages(after=said["message_id"]) == []
    assert [found["text"] for found in await person.messages(after=said["message_id"] - 1)] == ["екі"]


async def test_waiting_for_reply_times_out(api: Api, person: SimulatedPerson) -> None:
    with pytest.raises(TimeoutError, match="the chat holds"):
        await person.wait_for_reply(wait=0.05)
    last = await latest(api)
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(person.ask("сұрақ"))
        await api.updates(offset=last["update_id"] + 1, timeout=10)
        await api.call("sendMessage", chat_id=person.number, text="жауап")
    assert asked.result()["text"] == "жауап"


@pytest.mark.parametrize(
    ("method", "path", "wire", "status"),
    [
        ("post", "/people", {"first_name": " "}, 400),
        ("get", "/people/9/messages", None, 404),
        ("get", "/people/x/messages", None, 400),
        ("get", "/people/ME/messages?chat=-5", None, 404),
        ("get", "/people/ME/messages?chat=1002", None, 404),
        ("get", "/people/ME/messages?version=x", None, 400),
        ("get", "/people/ME/messages?wait=x", None, 400),
        ("delete", "/people/ME/messages/99", None, 400),
        ("post", "/people/ME/messages", {}, 400),
        ("post", "/people/ME/messages", {"text": 5}, 400),
        ("post", "/people/ME/messages", {"text": " "}, 400),
        ("post", "/people/ME/messages", {"text": "x" * 4097}, 400),
        ("post", "/people/ME/messages", {"text": "x", "reply_to": 99}, 400),
        ("post", "/people/ME/messages", {"forward": 99}, 400),
        ("post", "/people/ME/messages", {"edit": 99, "text": "x"}, 400),
        ("post", "/people/ME/messages", {"contact": {}}, 400),
        ("post", "/people/ME/press", {"button": "none"}, 400),
        ("post", "/people/ME/press", {"message_id": 1}, 400),
        ("post", "/people/ME/messages", {"contact": 5}, 400),
        ("post", "/people/ME/messages", {"location": {"latitude": "x"}}, 400),
        ("post", "/people/ME/inline", {"choose": "none"}, 400),
        ("post", "/groups", {"title": ""}, 400),
        ("post", "/groups", {"title": "x", "type": "moon"}, 400),
        ("post", "/faults", {"moon": 1}, 400),
        ("post", "/faults", {"kind": "moon"}, 400),
        ("post", "/faults", {"times": "twice"}, 400),
        ("post", "/people", {"first_name": "x", "language_code": 5}, 400),
    ],
)
async def test_invalid_person_requests_are_rejected(
    *,
    client: SimulatorClient,
    person: SimulatedPerson,
    method: str,
    path: str,
    wire: dict[str, Any] | None,
    status: int,
) -> None:
    address = path.replace("ME", str(person.number))
    call = client.post(address, wire) if method == "post" else getattr(client, method)(address)
    with pytest.raises(SimulatorError) as caught:
        await call
    assert caught.value.status == status
    assert caught.value.reason != "None"


async def test_person_cannot_edit_others_message(api: Api, person: SimulatedPerson) -> None:
    sent = await api.call("sendMessage", chat_id=person.number, text="x")
    with pytest.raises(SimulatorError, match="own"):
        await person.edit(sent["message_id"], "y")
