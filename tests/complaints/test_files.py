"""What may be attached is told by its content; what is kept is whole, ours alone, and goes when it must."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.attachments.folder import FileFolder, FileGoneError, StorageFullError
from complaints.attachments.sniffing import (
    LARGEST_BYTES,
    EmptyFileError,
    FileKind,
    FileRefusedError,
    FileTooLargeError,
    kind_of,
)
from tests.complaints.files import JPEG, PDF, VOICE, archive, bomb, docx, png, with_macros


@pytest.fixture
def folder(tmp_path: Path) -> FileFolder:
    return FileFolder(tmp_path / "files")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, FileKind.JPEG),
        (png(), FileKind.PNG),
        (PDF, FileKind.PDF),
        (b"\r\n" + PDF, FileKind.PDF),  # some printers put a line before the mark
        (docx(), FileKind.DOCX),
        (VOICE, FileKind.VOICE),
    ],
    ids=["jpeg", "png", "pdf", "pdf behind a line", "docx", "voice"],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind):
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"#!/bin/sh\nrm -rf /\n",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a" + b"\0" * 20,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word document",
        archive(note=b"any archive"),
        b"PK\x03\x04 no archive at all",
        b"OggS\x00\x02 with theora",
        bomb(),
        with_macros(),
    ],
    ids=["exe", "script", "html", "gif", "doc", "zip", "torn", "video", "bomb", "macros"],
)
def test_what_is_none_of_these_is_refused(content: bytes):
    with pytest.raises(FileRefusedError):
        kind_of(content)


def test_an_empty_file_and_one_over_twenty_megabytes_are_refused():
    with pytest.raises(EmptyFileError):
        kind_of(b"")
    assert kind_of(PDF + b" " * (LARGEST_BYTES - len(PDF))) is FileKind.PDF
    with pytest.raises(FileTooLargeError):
        kind_of(PDF + b" " * (LARGEST_BYTES - len(PDF) + 1))


@given(st.binary(min_size=1, max_size=200))
def test_no_content_makes_it_fail_in_another_way(content: bytes):
    try:
        assert kind_of(b"PK\x03\x04" + content) in FileKind
    except FileRefusedError:
        """That is its answer."""


async def test_a_file_is_kept_as_it_came_under_a_name_that_tells_nothing(folder: FileFolder):
    first, second = await folder.keep(PDF), await folder.keep(PDF)
    assert first.name != second.name
    assert first.digest == second.digest
    assert await folder.read(first.name) == PDF
    assert await folder.names() == {first.name, second.name}
    place = next(folder.path.glob(f"*/{first.name}"))
    assert place.stat().st_mode & 0o077 == 0


async def test_a_removed_file_is_gone_and_may_be_removed_again(folder: FileFolder):
    kept = await folder.keep(JPEG)
    await folder.remove(kept.name)
    await folder.remove(kept.name)
    with pytest.raises(FileGoneError):
        await folder.read(kept.name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "a" * 32, f"{'a' * 32}.pdf/../x"])
async def test_a_forged_name_reads_nothing(folder: FileFolder, name: str):
    with pytest.raises(FileGoneError):
        await folder.read(name)
    with pytest.raises(FileGoneError):
        await folder.remove(name)


async def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    folder: FileFolder, monkeypatch: pytest.MonkeyPatch
):
    before = await folder.keep(JPEG)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFullError):
        await folder.keep(PDF)
    assert [file.name for file in folder.path.glob("*/*")] == [before.name]
    assert await folder.read(before.name) == JPEG
