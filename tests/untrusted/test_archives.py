"""Archives and XML from strangers: what two readers may understand differently, or what grows, is refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.untrusted.archive import ArchiveLimits, ArchiveRefusedError, entries_of, unpacked
from kernel.untrusted.markup import MarkupRefusedError, check_markup
from tests.complaints.files import docx
from tests.each import each_case
from tests.untrusted.hostile import many_entries, packed

LIMITS = ArchiveLimits(entries=100, unpacked=1_000_000)
GOOD = packed({"a.xml": b"<a/>", "b/c.xml": b"<c/>" * 500})


def read(content: bytes) -> dict[str, bytes]:
    return {entry.name: unpacked(content, entry, LIMITS) for entry in entries_of(content, LIMITS)}


def test_an_archive_is_read_as_others_read_it():
    for content in (GOOD, docx()):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert read(content) == {name: archive.read(name) for name in archive.namelist()}


def streamed() -> bytes:
    """Sizes stand behind each part, as where a program cannot go back."""

    class OneWay(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    held = OneWay()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>")
        archive.writestr("b.xml", b"<b/>" * 100)
    return held.getvalue()


def test_sizes_behind_a_part_are_read():
    assert read(streamed()) == {"a.xml": b"<a/>", "b.xml": b"<b/>" * 100}


def longer_than_declared() -> bytes:
    content = packed({"a.xml": b"<a/>" * 9_000})
    return content.replace((36_000).to_bytes(4, "little"), (3_000).to_bytes(4, "little"))


HOSTILE = {
    "nothing": b"",
    "half": GOOD[: len(GOOD) // 2],
    "a program before": b"MZ\x90\0" + GOOD,
    "a page behind": GOOD + b"<html>",
    "a comment": GOOD[:-2] + b"\x04\x00<h1>",
    "420,000 entries": many_entries(420_000),
    "60,000 entries": many_entries(60_000),
    "one part as many": many_entries(50),
    "above": packed({"../a": b""}),
    "from the root": packed({"/etc/passwd": b""}),
    "of another system": packed({"a\\b": b""}),
    "a drive": packed({"c:a": b""}),
    "a name in two cases": packed({"A.xml": b"", "a.xml": b""}),
    "too much": packed({"a": b"\0" * 1_000_001}),
    "longer than declared": longer_than_declared(),
    "another name inside": GOOD.replace(b"a.xml", b"z.xml", 1),
    "encrypted": GOOD.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
    "hidden between": GOOD[: GOOD.index(b"PK\3\4", 4)] + b"hidden" + GOOD[GOOD.index(b"PK\3\4", 4) :],
}


def test_hostile_archive_is_refused():
    with each_case() as cases:
        for name, content in HOSTILE.items():
            with cases.case(name), pytest.raises(ArchiveRefusedError):
                read(content)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_archive_is_read_or_refused(damage: list[tuple[int, int]]):
    content = bytearray(GOOD)
    for place, byte in damage:
        content[place] = byte
    try:
        read(bytes(content))
    except ArchiveRefusedError:
        """That is its answer."""


@pytest.mark.parametrize(
    "text", ["<a/>", "\ufeff<a/>", '<?xml version="1.0" encoding="UTF-8"?>\n<a>é<!-- b --></a>']
)
def test_plain_markup_passes(text: str):
    check_markup(text.encode(), most_elements=10)


ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp500", "latin-1")
DOCTYPE = (
    '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
)


def test_document_type_is_refused_in_every_encoding():
    with each_case() as cases:
        for encoding in ENCODINGS:
            with cases.case(encoding), pytest.raises(MarkupRefusedError):
                check_markup(DOCTYPE.format(encoding).encode(encoding), most_elements=10)
        for markup in (
            b"<!doctype a><a/>", b"<!ELEMENT a ANY>", b"<a><!ENTITY b 'c'></a>", b"<a>\xff</a>", b"<a>\0</a>",
            b"a",
            b"<?xml version='1.0' encoding='x-mac'?><a/>", b"<?xml version='1.0' encoding = \"utf-16\"?><a/>",
            b"<?xml version='1.0'\nencoding='" + b"u" * 60 + b"'?><a/>",
        ):  # fmt: skip
            with cases.case(markup), pytest.raises(MarkupRefusedError):
                check_markup(markup, most_elements=10)


def test_too_many_elements_are_refused():
    for body in (b"<a>" * 100, b"<a " + b"b='c' " * 1000 + b"/>", b"<" + b"a" * 200_000 + b">"):
        with pytest.raises(MarkupRefusedError):
            check_markup(body, most_elements=10)
