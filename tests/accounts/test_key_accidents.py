"""Keys that cannot be read, a key service that fails, a rotation before every process was restarted."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer

from accounts.cipher import Cipher, make_key
from accounts.keys.check import KeyInUse
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.rotation import RotateKeys
from cli.keys import COLUMNS, app, key_file
from database.engine import Database
from kernel.clock import FixedClock
from tests.accounts.test_keys import cipher_of, keep, own_url, runner
from tests.each import each_case

__all__ = ["own_url"]
OLD, NEW = make_key(), make_key()
HERE = "tests.accounts.test_key_accidents"


def says_the_key() -> Sequence[str]:
    raise RuntimeError(f"the service refused {OLD}")


def ends() -> Sequence[str]:
    raise SystemExit(0)


def gives_none() -> None:
    return None


def gives_one() -> str:
    return OLD


def gives_bytes() -> Sequence[bytes]:
    return [OLD.encode()]


def gives_no_key() -> Sequence[str]:
    return []


def breaks_while_giving() -> Iterator[str]:
    yield OLD
    raise OSError(OLD)


class KilledError(BaseException):
    pass


async def rotate(url: str) -> None:
    result = await asyncio.to_thread(runner.invoke, app, ["rotate", "--database", url])
    assert result.exit_code == 0, result.output


class _EndsInTheMiddle(Cipher):
    def renew(self, closed: str, *place: object) -> str:
        if place[1] == 1:  # the second person's
            raise KilledError
        return super().renew(closed, *place)


SERVICES = (says_the_key, ends, gives_none, gives_one, gives_bytes, gives_no_key, breaks_while_giving)


async def test_key_service_that_fails_stops_the_start_in_words(
    own_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with each_case() as cases:
        for service in SERVICES:
            with cases.case(service.__name__):
                monkeypatch.setenv("QYZMET_KEY_SERVICE", f"{HERE}:{service.__name__}")
                with pytest.raises(typer.Exit) as refused:
                    await cipher_of(own_url, clock)
                told = capsys.readouterr().err
                assert refused.value.exit_code == 1
                assert "gave no keys" in told
                assert OLD not in told + str(refused.value.__cause__) + repr(
                    refused.value.__cause__.__cause__
                )
    assert not key_file(own_url).exists()


async def test_key_file_that_cannot_be_read_stops_the_start_in_words(
    own_url: str, clock: FixedClock, capsys: pytest.CaptureFixture[str]
):
    path = key_file(own_url)
    with each_case() as cases:
        for content in (OLD.encode("utf-16"), b"k\xe9y", b"", b"\0" * 44, OLD.encode()[:-4], None):
            with cases.case(content):
                _put(path, content)
                with pytest.raises(typer.Exit) as refused:
                    await cipher_of(own_url, clock)
                told = capsys.readouterr().err
                assert refused.value.exit_code == 1
                assert "key" in told
                assert OLD[:-4] not in told


def _put(path: Path, content: bytes | None) -> None:
    """The key file, or a folder in its place."""
    if content is None:
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(content)


async def test_rotation_before_every_process_was_restarted_loses_nothing(
    own_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    """A process that was left on the old key goes on writing: without that key nothing starts."""
    monkeypatch.setenv("QYZMET_DATA_KEY", OLD)
    left = await cipher_of(own_url, clock)
    monkeypatch.setenv("QYZMET_DATA_KEY", f"{NEW},{OLD}")
    await rotate(own_url)
    database = Database(own_url)
    try:
        await keep(database, left, 1, clock)
        await KeyInUse(database=database, clock=clock, cipher=left).run()
    finally:
        await database.dispose()
    monkeypatch.setenv("QYZMET_DATA_KEY", NEW)
    with pytest.raises(typer.Exit):
        await cipher_of(own_url, clock)
    monkeypatch.setenv("QYZMET_DATA_KEY", f"{NEW},{OLD}")
    await rotate(own_url)
    monkeypatch.setenv("QYZMET_DATA_KEY", NEW)
    assert await cipher_of(own_url, clock)


async def test_rotation_that_is_killed_changes_nothing(
    own_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    """Half of the columns are written anew when it ends: everything opens with the old key alone."""
    monkeypatch.setenv("QYZMET_DATA_KEY", OLD)
    await cipher_of(own_url, clock)
    database = Database(own_url)
    try:
        await keep(database, Cipher.of(OLD), 2, clock)
        cipher = _EndsInTheMiddle(keys=Cipher.of(f"{NEW},{OLD}").keys)
        with pytest.raises(KilledError):
            await RotateKeys(unit_of_work=database.unit_of_work, cipher=cipher, columns=COLUMNS)()
        async with database.session() as session:
            assert len((await ProfileStore(session, Cipher.of(OLD)).of(1)).values) == len(Field)
    finally:
        await database.dispose()
    assert await cipher_of(own_url, clock)
