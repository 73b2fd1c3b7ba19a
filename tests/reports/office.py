"""What of LibreOffice is installed here: its Writer may come without its Calc."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path


def missing(*programs: str) -> list[str]:
    """Those of "swriter", "scalc" and "pdftoppm" that this machine has not."""
    return [program for program in programs if not _is_installed(program)]


def _is_installed(program: str) -> bool:
    office = shutil.which("soffice")
    beside = Path(office).resolve().parent / program if office else None
    return shutil.which(program) is not None or (beside is not None and beside.exists())


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
  script:language="StarBasic" script:moduleType="normal">
Sub Main(source As String, target As String, places As String, inserted As String)
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden"
  args(0).Value = True
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, args())
  doc.Sheets.getByIndex(0).unprotect("")
  If inserted &lt;&gt; "" Then doc.Sheets.getByIndex(0).Rows.insertByIndex(CLng(inserted) - 1, 1)
  For Each place In Split(places, ";")
    typed = Split(place, "=")
    doc.Sheets.getByIndex(0).getCellRangeByName(typed(0)).setFormula(typed(1))
  Next
  args(0).Name = "FilterName"
  args(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(target, args())
  doc.close(True)
End Sub
</script:module>"""


def edited_in_office(
    folder: Path, content: bytes, typed: Mapping[str, int | str], inserted: int | None = None
) -> bytes:
    """The file after a person inserted a row before `inserted`, typed and saved: by LibreOffice."""
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=240)
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(MACRO, encoding="utf-8")
    origin, target = folder / "form.xlsx", folder / "saved.xlsx"
    origin.write_bytes(content)
    places = ";".join(f"{cell}={value}" for cell, value in typed.items())
    arguments = f'"{origin.as_uri()}","{target.as_uri()}","{places}","{inserted or ""}"'
    macro = f"macro:///Standard.Module1.Main({arguments})"
    subprocess.run([*office, macro], check=True, capture_output=True, timeout=240)
    return target.read_bytes()
