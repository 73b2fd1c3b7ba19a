"""Attachments are detected by content, stored atomically and privately, and erased on request."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.cipher import Cipher, ValueKey, WrongKeyError, make_key
from complaints.attachments.folder import (
    FileFolder,
    FileMissingError,
    StorageFullError,
    StoredFile,
    file_record,
)
from complaints.attachments.sniffing import (
    LARGEST_BYTES,
    EmptyFileError,
    FileKind,
    FileRejectedError,
    FileTooLargeError,
    file_kind_of,
)
from tests.complaints.files import JPEG, PDF, VOICE, archive, bomb, docx, png, with_macros

CIPHER = Cipher.of(make_key())


async def keep(folder: FileFolder, content: bytes, kind: FileKind) -> StoredFile:
    return await folder.keep(content, kind, CIPHER.new_record_key)


@pytest.fixture
def folder(tmp_path: Path) -> FileFolder:
    return FileFolder(tmp_path / "files")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, FileKind.JPEG),
        (png(), FileKind.PNG),
        (PDF, FileKind.PDF),
        (b"\r\n" + PDF, FileKind.PDF),  # some printers write a line before the magic number
        (docx(), FileKind.DOCX),
        (VOICE, FileKind.VOICE),
    ],
    ids=["jpeg", "png", "pdf", "pdf behind a line", "docx", "voice"],
)
def test_file_type_is_detected_from_content(content: bytes, kind: FileKind):
    assert file_kind_of(content) is kind


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
def test_other_file_types_are_rejected(content: bytes):
    with pytest.raises(FileRejectedError):
        file_kind_of(content)


@pytest.mark.slow
def test_empty_and_oversized_files_are_rejected():
    with pytest.raises(EmptyFileError):
        file_kind_of(b"")
    assert file_kind_of(PDF + b" " * (LARGEST_BYTES - len(PDF))) is FileKind.PDF
    with pytest.raises(FileTooLargeError):
        file_kind_of(PDF + b" " * (LARGEST_BYTES - len(PDF) + 1))


@given(st.binary(min_size=1, max_size=200))
def test_detection_never_raises_other_errors(content: bytes):
    try:
        assert file_kind_of(b"PK\x03\x04" + content) in FileKind
    except FileRejectedError:
        """That is its answer."""


def key_of(stored: StoredFile) -> ValueKey:
    return CIPHER.record_key(stored.wrapped, file_record(stored.name))


async def test_file_is_stored_unchanged_under_random_name(folder: FileFolder):
    first, second = await keep(folder, PDF, FileKind.PDF), await keep(folder, PDF, FileKind.PDF)
    assert first.name != second.name
    assert first.digest == second.digest
    assert await folder.read(first.name, key_of(first)) == PDF
    assert await folder.names() == {first.name, second.name}
    place = next(folder.path.glob(f"*/{first.name}"))
    assert place.stat().st_mode & 0o077 == 0


async def test_file_on_disk_is_ciphertext_bound_to_its_name(folder: FileFolder):
    """Neither another file's key opens it, nor its own under another name."""
    first, second = await keep(folder, PDF, FileKind.PDF), await keep(folder, b"%PDF-other", FileKind.PDF)
    places = [next(folder.path.glob(f"*/{one.name}")) for one in (first, second)]
    mine, other = (place.read_bytes() for place in places)
    assert b"PDF" not in mine + other
    with pytest.raises(WrongKeyError):
        await folder.read(first.name, key_of(second))
    places[0].write_bytes(other)
    for key in (key_of(first), key_of(second)):
        with pytest.raises(WrongKeyError):
            await folder.read(first.name, key)
    with pytest.raises(WrongKeyError):
        CIPHER.record_key(first.wrapped, file_record(second.name))


async def test_removal_is_idempotent(folder: FileFolder):
    stored = await keep(folder, JPEG, FileKind.JPEG)
    await folder.remove(stored.name)
    await folder.remove(stored.name)
    with pytest.raises(FileMissingError):
        await folder.read(stored.name, key_of(stored))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "a" * 32, f"{'a' * 32}.pdf/../x"])
async def test_forged_file_name_is_rejected(folder: FileFolder, name: str):
    with pytest.raises(FileMissingError):
        await folder.read(name, CIPHER.new_record_key("")[0])
    with pytest.raises(FileMissingError):
        await folder.remove(name)


async def test_full_disk_is_reported_and_leaves_no_partial_file(
    folder: FileFolder, monkeypatch: pytest.MonkeyPatch
):
    before = await keep(folder, JPEG, FileKind.JPEG)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFullError):
        await keep(folder, PDF, FileKind.PDF)
    assert [file.name for file in folder.path.glob("*/*")] == [before.name]
    assert await folder.read(before.name, key_of(before)) == JPEG
