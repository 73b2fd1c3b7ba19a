"""An ordinary bot of each of three more client libraries answers a person.

Those of JavaScript run where node and their packages are installed (`make setup` installs them beside the
environment where npm is found); elsewhere they are not collected.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from localgram.client import SimulatorClient
from localgram.server import Simulator
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot

BOTS = Path(__file__).parent / "bots"
PACKAGES = Path(__file__).parents[2] / ".venv" / "node" / "node_modules"
SCRIPTS = {
    "grammy": BOTS / "grammy.cjs",
    "telegraf": BOTS / "telegraf.cjs",
}


async def talk(client: SimulatorClient) -> None:
    """A greeting in HTML with a button, a press that edits it, and an echoed text."""
    person = await client.person()
    greeting = await person.ask("/start")
    assert (greeting["text"], greeting["entities"][0]["type"]) == ("Сәлем", "bold")
    pressed = await person.press("ok", greeting["message_id"])
    assert pressed["answer"]["text"] == "Жарайды"
    await person.wait_until(lambda seen: any(one.get("text") == "Болды" for one in seen))
    assert (await person.ask("әлем"))["text"] == "Сіз: әлем"


async def test_bot_of_telebot(simulator: Simulator, client: SimulatorClient) -> None:
    asyncio_helper.API_URL = f"{simulator.url}/bot{{0}}/{{1}}"
    bot = AsyncTeleBot(simulator.token)

    @bot.message_handler(commands=["start"])
    async def start(message: types.Message) -> None:
        markup = types.InlineKeyboardMarkup([[types.InlineKeyboardButton("Иә", callback_data="ok")]])
        await bot.send_message(message.chat.id, "<b>Сәлем</b>", parse_mode="HTML", reply_markup=markup)

    @bot.callback_query_handler(func=lambda _: True)
    async def pressed(call: types.CallbackQuery) -> None:
        await bot.answer_callback_query(call.id, "Жарайды")
        await bot.edit_message_text("Болды", call.message.chat.id, call.message.message_id)

    @bot.message_handler(content_types=["text"])
    async def echo(message: types.Message) -> None:
        await bot.reply_to(message, f"Сіз: {message.text}")

    polling = asyncio.ensure_future(bot.polling(non_stop=True, interval=0, timeout=1))
    try:
        await talk(client)
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await bot.close_session()


@asynccontextmanager
async def node(script: Path, simulator: Simulator) -> AsyncIterator[None]:
    environment = os.environ | {
        "NODE_PATH": str(PACKAGES),
        "API_ROOT": simulator.url,
        "BOT_TOKEN": simulator.token,
    }
    process = await asyncio.create_subprocess_exec("node", str(script), env=environment)
    try:
        yield
    finally:
        process.kill()
        await process.wait()


if shutil.which("node") and all((PACKAGES / name).is_dir() for name in SCRIPTS):

    async def test_bots_of_javascript(simulator: Simulator, client: SimulatorClient) -> None:
        for script in SCRIPTS.values():
            async with node(script, simulator):
                await talk(client)
