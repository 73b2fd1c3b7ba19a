"""ZIP archives, read by us and strictly: what two readers could understand differently is refused; pure.

Every byte belongs to one entry, the directory or its end. So nothing hides before, between or behind the
parts, no entry overlaps another, and a reader from the front sees what one from the back sees.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END_SIGN, _ENTRY_SIGN, _LOCAL_SIGN = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_ENCRYPTED, _DESCRIBED, _UTF8 = 0x1 | 0x40 | 0x2000, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_DESCRIPTORS: Final = frozenset({12, 16, 20, 24})  # with and without a sign, in 32 and 64 bits
_CHUNK: Final = 1 << 16


class ArchiveRefusedError(ValueError):
    """No archive we open; the reason is one of ours and holds nothing of the file."""


class ArchiveTooLargeError(ArchiveRefusedError):
    """Too many entries, or too much when unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """`ratio` is how many bytes one packed byte may become, for parts of more than a megabyte."""

    entries: int
    unpacked: int
    ratio: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    at: int


def entries_of(content: bytes, limits: ArchiveLimits) -> tuple[ArchiveEntry, ...]:
    """The directory, checked against the parts it names. Raises ArchiveRefusedError."""
    if len(content) < _END.size:
        raise ArchiveRefusedError("too short")
    sign, disk, start_disk, here, total, size, start, comment = _END.unpack(content[-_END.size :])
    if sign != _END_SIGN or comment or disk or start_disk or here != total:
        raise ArchiveRefusedError("no end of a directory")
    if total > limits.entries:
        raise ArchiveTooLargeError("entries")
    if start + size != len(content) - _END.size:
        raise ArchiveRefusedError("the directory is elsewhere")
    entries = tuple(_directory(content[start : start + size], total))
    _check_names(entries)
    if sum(entry.unpacked for entry in entries) > limits.unpacked:
        raise ArchiveTooLargeError("unpacked")
    _check_places(content[:start], entries)
    return entries


def unpacked(content: bytes, entry: ArchiveEntry, limits: ArchiveLimits) -> bytes:
    """The part, no longer than declared and of the declared checksum. Raises ArchiveRefusedError."""
    if entry.unpacked > max(1 << 20, entry.packed * limits.ratio):
        raise ArchiveTooLargeError("ratio")
    begin = _data_at(content, entry)
    packed = content[begin : begin + entry.packed]
    body = packed if entry.method == _STORED else _inflated(packed, entry.unpacked)
    if len(body) != entry.unpacked or zlib.crc32(body) != entry.checksum:
        raise ArchiveRefusedError("another length or checksum")
    return body


def _directory(directory: bytes, total: int) -> Iterator[ArchiveEntry]:
    at = 0
    for _ in range(total):
        if at + _ENTRY.size > len(directory):
            raise ArchiveRefusedError("a torn directory")
        sign, _, _, flags, method, _, _, checksum, packed, full, *lengths, disk, _, _, place = (
            _ENTRY.unpack_from(directory, at)
        )
        name_length, extra, comment = lengths
        if sign != _ENTRY_SIGN or disk or comment or flags & _ENCRYPTED or method not in {_STORED, _DEFLATED}:
            raise ArchiveRefusedError("an entry of another kind")
        name = directory[at + _ENTRY.size : at + _ENTRY.size + name_length]
        at += _ENTRY.size + name_length + extra
        yield ArchiveEntry(
            name=_decoded(name, flags),
            flags=flags,
            method=method,
            checksum=checksum,
            packed=packed,
            unpacked=full,
            at=place,
        )
    if at != len(directory):
        raise ArchiveRefusedError("more in the directory than it says")


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & _UTF8 else "ascii")
    except UnicodeDecodeError as error:
        raise ArchiveRefusedError("a name in an unknown encoding") from error


def _check_names(entries: tuple[ArchiveEntry, ...]) -> None:
    """Nothing above or outside, nothing twice, also where upper and lower case are one."""
    seen = {entry.name.casefold() for entry in entries}
    if len(seen) != len(entries):
        raise ArchiveRefusedError("a name twice")
    for entry in entries:
        parts = entry.name.split("/")
        if (
            not entry.name.isprintable()
            or {"..", "."} & {*parts}
            or set("\\:") & {*entry.name}
            or not parts[0]
        ):
            raise ArchiveRefusedError("a name that leads elsewhere")


def _check_places(body: bytes, entries: tuple[ArchiveEntry, ...]) -> None:
    """The parts fill the file from its first byte to the directory."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.at):
        gap = entry.at - end
        if gap:
            raise ArchiveRefusedError("bytes that belong to no part")
        end = _data_at(body, entry) + entry.packed
        if entry.flags & _DESCRIBED:
            end += _descriptor(body, end, entry)
    if end != len(body):
        raise ArchiveRefusedError("bytes that belong to no part")


def _descriptor(body: bytes, at: int, entry: ArchiveEntry) -> int:
    """The length of what repeats the checksum and sizes behind a part."""
    head = b"PK\x07\x08" if body[at : at + 4] == b"PK\x07\x08" else b""
    for sizes in (
        struct.pack("<LL", entry.packed, entry.unpacked),
        struct.pack("<QQ", entry.packed, entry.unpacked),
    ):
        told = head + struct.pack("<L", entry.checksum) + sizes
        following = body[at + len(told) : at + len(told) + 4]
        if body[at : at + len(told)] == told and following in {b"", _LOCAL_SIGN}:
            return len(told)
    raise ArchiveRefusedError("a part without its sizes")


def _data_at(content: bytes, entry: ArchiveEntry) -> int:
    """Where the part's bytes begin, behind a header that agrees with the directory."""
    if entry.at + _LOCAL.size > len(content):
        raise ArchiveRefusedError("a part that is not there")
    sign, _, flags, method, _, _, _, packed, full, name_length, extra = _LOCAL.unpack_from(content, entry.at)
    begin = entry.at + _LOCAL.size + name_length
    name = content[entry.at + _LOCAL.size : begin]
    agrees = sign == _LOCAL_SIGN and method == entry.method and flags & _DESCRIBED == entry.flags & _DESCRIBED
    sizes_agree = flags & _DESCRIBED or (packed, full) == (entry.packed, entry.unpacked)
    if not agrees or not sizes_agree or _decoded(name, flags) != entry.name:
        raise ArchiveRefusedError("a part unlike its entry")
    return int(begin + extra)


def _inflated(packed: bytes, expected: int) -> bytes:
    """One byte more than expected is asked for, so that a part longer than declared is told."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = machine.decompress(packed, expected + 1)
    except zlib.error as error:
        raise ArchiveRefusedError("a broken part") from error
    if not machine.eof or machine.unused_data:
        raise ArchiveRefusedError("a broken part")
    return body
