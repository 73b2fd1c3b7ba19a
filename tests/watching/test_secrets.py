"""Secrets stay out of error messages, process arguments and backups."""

import tarfile
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from accounts.cipher import make_key
from bot.app.runner import BotSettings, make_bot
from cli.keys import data_cipher
from cli.personal_tables import personal_data
from database.backup.backup import Backup, DataLocation
from database.backup.manifest import BackupKey
from database.backup.sealing import Sealing
from database.backup.snapshots import Snapshots
from database.engine import Database
from kernel.clock import FixedClock
from messaging.api import call

TOKEN = "42:nobody-may-read-this"
PASSWORD = "nobody-may-read-that"


async def refuse(_: web.Request) -> web.Response:
    return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)


async def garble(_: web.Request) -> web.Response:
    return web.Response(text="<html>nginx</html>", status=502)


@pytest.mark.parametrize("answer", [refuse, garble, None], ids=["refused", "garbage", "nobody there"])
async def test_telegram_errors_never_reveal_the_token(answer: object):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer or refuse)  # type: ignore[arg-type]
    server = TestServer(app)
    await server.start_server()
    api_url = str(server.make_url("")).rstrip("/")
    if answer is None:
        await server.close()
    async with make_bot(BotSettings(token=TOKEN, api_url=api_url)) as bot:
        found = await call(bot, "getUpdates", "{}", timeout_s=20)
    await server.close()
    assert "code" in repr(found)
    assert TOKEN not in repr(found)


@pytest.mark.postgres
async def test_database_password_is_not_an_argument_of_pg_dump(postgres_url: str, tmp_path: Path):
    arguments = tmp_path / "arguments"
    environment = tmp_path / "environment"
    fake_pg_dump = tmp_path / "pg_dump"
    fake_pg_dump.write_text(f'#!/bin/sh\necho "$@" > {arguments}\necho "$PGPASSWORD" > {environment}\n')
    fake_pg_dump.chmod(0o755)
    plain = Database(postgres_url)
    await plain.dispose()
    for url in (plain.url.set(password=PASSWORD), plain.url.update_query_dict({"password": PASSWORD})):
        database = Database(url.render_as_string(hide_password=False))
        await Snapshots(tools=tmp_path).save(database, tmp_path / "dump", lambda _: None)
        await database.dispose()
        assert "--dbname" in arguments.read_text(encoding="utf-8")
        assert PASSWORD not in arguments.read_text(encoding="utf-8")
        assert environment.read_text(encoding="utf-8").strip() == PASSWORD


async def test_backup_holds_no_key(sqlite_url: str, tmp_path: Path, clock: FixedClock):
    database = Database(sqlite_url)
    await data_cipher(database, clock)  # creates the key beside the database
    assert (tmp_path / "data.key").is_file()
    archive = tmp_path / "saved.tar.gz"
    await Backup(data=personal_data(), key=BackupKey.of(make_key()), sealing=Sealing()).save(
        DataLocation(database=database, files=tmp_path / "files"), archive, clock.now()
    )
    await database.dispose()
    with tarfile.open(archive) as packed:
        assert sorted(packed.getnames()) == ["database.dump", "manifest.hmac", "manifest.json", "people.rows"]
