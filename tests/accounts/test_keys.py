"""Encryption keys: several at once, rotation by a command, and a private key file."""

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from cryptography.fernet import Fernet
from sqlalchemy import select
from typer.testing import CliRunner

from accounts.cipher import BadKeyError, Cipher, WrongKeyError, make_key
from accounts.keys.tables import DataKeyRow
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.profile.tables import VALUE, ProfileValueRow
from accounts.rotation import RotateKeys
from cli.keys import app, data_cipher, key_file
from database.engine import Database
from database.upgrade import upgrade
from kernel.clock import ALMATY, FixedClock
from tests.each import each_case
from tests.statements import statements

OLD, NEW = make_key(), make_key()
runner = CliRunner()


async def keep(database: Database, cipher: Cipher, people: int, clock: FixedClock) -> None:
    async with database.unit_of_work() as unit:
        store = ProfileStore(unit.session, cipher)
        for person in range(people):
            for field in Field:
                await store.keep(person, field, f"{field} {person}", clock.now())
        await unit.commit()


async def keep_as_before(database: Database, key: str, clock: FixedClock) -> None:
    """A value as an earlier version wrote it, which kept no check value."""
    await upgrade(database)
    closed = Fernet(key).encrypt(b"A").decode()
    async with database.unit_of_work() as unit:
        row = ProfileValueRow(telegram_id=1, field=Field.NAME.value, ciphertext=closed, kept_at=clock.now())
        unit.session.add(row)
        await unit.commit()


async def ciphertexts(database: Database) -> list[ProfileValueRow]:
    async with database.session() as session:
        return list(await session.scalars(select(ProfileValueRow).order_by(ProfileValueRow.telegram_id)))


def opens(cipher: Cipher, row: ProfileValueRow) -> bool:
    try:
        cipher.open(row.ciphertext, VALUE.field, row.telegram_id, row.field)
    except WrongKeyError:
        return False
    return True


async def test_rotation_encrypts_everything_with_the_newest_key(database: Database, clock: FixedClock):
    await keep(database, Cipher.of(OLD), 3, clock)
    both = Cipher.of(f"{NEW}, {OLD}")
    assert await RotateKeys(unit_of_work=database.unit_of_work, cipher=both)() == 3 * len(Field)
    closed = await ciphertexts(database)
    assert all(opens(Cipher.of(NEW), one) and not opens(Cipher.of(OLD), one) for one in closed)
    async with database.session() as session:
        kept = await ProfileStore(session, Cipher.of(NEW)).of(1)
    assert kept.values == {field: f"{field} 1" for field in Field}


async def test_rotation_reads_values_in_batches(database: Database, clock: FixedClock):
    await keep(database, Cipher.of(OLD), 5, clock)
    kept, both = 5 * len(Field), Cipher.of(f"{NEW}, {OLD}")
    with statements("SELECT", database.engine) as seen:
        done = await RotateKeys(unit_of_work=database.unit_of_work, cipher=both, at_once=4)()
    assert done == kept
    assert len(seen) == -(-kept // 4) + 2  # the last batch of each column is empty
    assert all(opens(Cipher.of(NEW), one) for one in await ciphertexts(database))


async def test_missing_key_changes_nothing(database: Database, clock: FixedClock):
    await keep(database, Cipher.of(OLD), 1, clock)
    before = [row.ciphertext for row in await ciphertexts(database)]
    with pytest.raises(WrongKeyError):
        await RotateKeys(unit_of_work=database.unit_of_work, cipher=Cipher.of(NEW))()
    assert [row.ciphertext for row in await ciphertexts(database)] == before


async def test_stored_value_replaces_the_previous_one(database: Database, clock: FixedClock):
    cipher = Cipher.of(OLD)
    async with database.unit_of_work() as unit:
        store = ProfileStore(unit.session, cipher)
        await store.keep(1, Field.NAME, "A", clock.now())
        await store.keep(1, Field.NAME, "B", clock.now())
        await store.keep(2, Field.NAME, "C", clock.now())
        await store.forget(2)
        assert (await store.of(1)).values == {Field.NAME: "B"}
        assert (await store.of(2)).values == {}


async def test_first_and_last_consent_are_stored(database: Database, clock: FixedClock):
    async with database.unit_of_work() as unit:
        store = ProfileStore(unit.session, Cipher.of(OLD))
        first = clock.now()
        await store.keep_consent(1, "2026-01-01", first)
        clock.instant = clock.instant.replace(day=20)
        await store.keep_consent(1, "2026-03-20", clock.now())
        clock.instant = clock.instant.replace(day=21)
        await store.keep_consent(1, "2026-03-20", clock.now())  # given already
        consent = await store.consent_of(1)
    assert consent is not None
    assert (consent.version, consent.first_given_at) == ("2026-03-20", first)
    assert consent.given_at.day == 20


@pytest.mark.parametrize(
    "keys", ["", " , ", "secret", f"{OLD},short"], ids=["none", "blank", "a word", "one good, one bad"]
)
def test_invalid_key_is_rejected_without_being_quoted(keys: str):
    with pytest.raises(BadKeyError) as refused:
        Cipher.of(keys)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_encryption_is_not_deterministic():
    cipher = Cipher.of(OLD)
    assert cipher.close("010101", "field", 1) != cipher.close("010101", "field", 1)


def test_value_opens_in_its_place_only():
    """Not under another field, row or key, nor cut, turned or taken for a wrapped key."""
    cipher, at = Cipher.of(f"{NEW},{OLD}"), datetime(2026, 12, 1, 9, tzinfo=UTC)
    closed = cipher.close("010101", "field", 1, at)
    assert cipher.open(closed, "field", 1, at.astimezone(ALMATY)) == "010101"
    others = [
        ("other", 1, at),
        ("field", 2, at),
        ("field", 1, at.replace(day=2)),
        ("field", 1),
        ("field",),
        (),
    ]
    damaged = [closed[:-1], closed[1:], closed.swapcase(), "", "b1.", "b1.*", f"{closed}AAAA"]
    with each_case() as cases:
        for place in others:
            with cases.case(place), pytest.raises(WrongKeyError):
                cipher.open(closed, *place)
        for one in damaged:
            with cases.case(one), pytest.raises(WrongKeyError):
                cipher.open(one, "field", 1, at)
        with cases.case("another key"), pytest.raises(WrongKeyError):
            Cipher.of(OLD).open(closed, "field", 1, at)
    key, wrapped = cipher.new_record_key("complaint/1")
    assert cipher.record_key(wrapped, "complaint/1") == key
    with pytest.raises(WrongKeyError):
        cipher.record_key(wrapped, "complaint/2")


async def test_swapped_profile_values_do_not_open(database: Database, clock: FixedClock):
    """Between two people, and between two fields of one."""
    cipher = Cipher.of(OLD)
    await keep(database, cipher, 2, clock)
    async with database.unit_of_work() as unit:
        mine, other = (await unit.session.scalars(select(ProfileValueRow).filter_by(field="name"))).all()
        mine.ciphertext, other.ciphertext = other.ciphertext, mine.ciphertext
        await unit.session.flush()
        with pytest.raises(WrongKeyError):
            await ProfileStore(unit.session, cipher).of(0)


async def cipher_of(url: str, clock: FixedClock) -> Cipher:
    database = Database(url)
    try:
        await upgrade(database)
        return await data_cipher(database, clock)
    finally:
        await database.dispose()


@pytest.fixture
def own_url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with no key in the settings."""
    monkeypatch.delenv("QYZMET_DATA_KEY", raising=False)
    return sqlite_url


@pytest.fixture
async def own_database(own_url: str) -> AsyncIterator[Database]:
    database = Database(own_url)
    yield database
    await database.dispose()


async def test_key_file_is_created_once_and_private(
    own_url: str, tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
):
    closed = (await cipher_of(own_url, clock)).close("x", "field")
    path = tmp_path / "data.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    output = capsys.readouterr()
    assert str(path) in output.err
    assert path.read_text().strip() not in output.err
    assert output.out == ""
    assert (await cipher_of(own_url, clock)).open(closed, "field") == "x"
    assert capsys.readouterr().err == ""
    assert [one.name for one in path.parent.iterdir() if "key" in one.name] == ["data.key"]


async def test_no_new_key_where_ciphertext_exists(
    own_url: str,
    own_database: Database,
    tmp_path: Path,
    clock: FixedClock,
    capsys: pytest.CaptureFixture[str],
):
    """A lost key file is not replaced, whether the database knows its keys or comes of an earlier version."""
    path = tmp_path / "data.key"
    key = make_key()
    for is_recorded in (False, True):
        path.write_text(key)
        if not is_recorded:
            await keep_as_before(own_database, key, clock)
        else:
            await cipher_of(own_url, clock)
        path.unlink()
        with pytest.raises(typer.Exit):
            await cipher_of(own_url, clock)
        assert "Put the key back" in capsys.readouterr().err
        assert not path.exists()
    path.write_text(key)
    assert await cipher_of(own_url, clock)


async def test_start_on_another_key_is_refused(
    own_url: str,
    own_database: Database,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    async def is_refused(keys: str) -> bool:
        monkeypatch.setenv("QYZMET_DATA_KEY", keys)
        try:
            await cipher_of(own_url, clock)
        except typer.Exit:
            assert "put it back" in capsys.readouterr().err
            return True
        return False

    await keep_as_before(own_database, OLD, clock)
    assert await is_refused(NEW)
    assert not await is_refused(OLD)
    assert await is_refused(NEW)
    assert not await is_refused(f"{NEW},{OLD}")
    assert await is_refused(OLD)  # something may be written with the new one already
    assert await is_refused(NEW)
    monkeypatch.setenv("QYZMET_DATA_KEY", f"{NEW},{OLD}")
    assert (await asyncio.to_thread(runner.invoke, app, ["rotate", "--database", own_url])).exit_code == 0
    assert await is_refused(OLD)
    assert not await is_refused(NEW)


async def test_check_value_gives_no_key_away(own_url: str, own_database: Database, clock: FixedClock):
    await cipher_of(own_url, clock)
    async with own_database.session() as session:
        (row,) = (await session.scalars(select(DataKeyRow))).all()
    assert row.check_value == Cipher.of(key_file(own_url).read_text()).check_values()[0]
    assert row.check_value not in {Cipher.of(OLD).check_values()[0], Cipher.of(NEW).check_values()[0]}


def keys_of_a_service() -> list[str]:
    return [NEW, OLD]


async def test_key_service_gives_the_keys(
    own_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("QYZMET_KEY_SERVICE", "tests.accounts.test_keys:keys_of_a_service")
    cipher = await cipher_of(own_url, clock)
    assert cipher.open(Cipher.of(OLD).close("x", "field"), "field") == "x"
    assert not key_file(own_url).exists()
    for name in ("tests.accounts.test_keys:OLD", "nothing", "no.module:at_all", ":"):
        monkeypatch.setenv("QYZMET_KEY_SERVICE", name)
        with pytest.raises(typer.Exit):
            await cipher_of(own_url, clock)
        assert "QYZMET_KEY_SERVICE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////data/q.sqlite3", "/data/data.key"),
        ("sqlite:///var/q.sqlite3", "var/data.key"),
        ("sqlite://", "var/data.key"),
        ("postgresql://db/qyzmet", "var/data.key"),
    ],
)
def test_key_file_is_next_to_the_database(url: str, expected: str):
    assert key_file(url) == Path(expected)


@pytest.mark.slow
def test_keys_are_created_and_rotated_by_command(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    key = runner.invoke(app, ["make"]).stdout.strip()
    assert Cipher.of(key)
    monkeypatch.setenv("QYZMET_DATA_KEY", f"{key},{OLD}")
    result = runner.invoke(app, ["rotate", "--database", sqlite_url])
    assert (result.exit_code, result.stdout) == (0, "Encrypted 0 values with the newest key.\n")
    monkeypatch.setenv("QYZMET_DATA_KEY", "no-key")
    refused = runner.invoke(app, ["rotate", "--database", sqlite_url])
    assert refused.exit_code == 1
    assert "no-key" not in refused.output


@pytest.mark.slow
def test_rotation_without_a_needed_key_exits_with_one(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
):

    async def prepared() -> None:
        database = Database(sqlite_url)
        await keep(database, Cipher.of(OLD), 1, clock)
        await database.dispose()

    asyncio.run(prepared())
    monkeypatch.setenv("QYZMET_DATA_KEY", NEW)
    result = runner.invoke(app, ["rotate", "--database", sqlite_url])
    assert result.exit_code == 1
    assert "Nothing changed" in result.stderr
