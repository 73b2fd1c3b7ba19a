import json
from time import perf_counter

import pytest
from typer import Exit

from cli.evaluate import lines_for_people, read_rows
from knowledge.answer import Knowledge
from knowledge.evaluate import evaluate
from registry_data.synonyms import Synonyms

GOOD = '{"q": "права", "lang": "ru", "service": "driving-licence", "aspect": "how"}'


@pytest.fixture
def file(tmp_path):
    def written(*lines):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return written


def test_rows_are_read_and_empty_lines_skipped(file):
    rows = read_rows(file(GOOD, "", '{"q": "привет", "lang": "ru", "kind": "smalltalk"}'))
    assert [(row.question, row.right) for row in rows] == [("права", ("driving-licence",)), ("привет", ())]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: no JSON"),
        ("[1]", "line 2: not an object"),
        ('{"lang": "ru"}', 'line 2: "q"'),
        ('{"q": "x", "service": "a", "aspect": "cost"}', 'line 2: "aspect"'),
    ],
)
def test_fault_names_file_and_line(file, capsys, line, reason):
    path = file(GOOD, line)
    with pytest.raises(Exit) as stopped:
        read_rows(path)
    assert stopped.value.exit_code == 1
    assert f"{path}, {reason}" in capsys.readouterr().err


def test_empty_and_binary_files_are_rejected(file, tmp_path, capsys):
    with pytest.raises(Exit):
        read_rows(file(""))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(Exit):
        read_rows(tmp_path / "bytes")
    assert "no question in it" in (stderr := capsys.readouterr().err)
    assert "no UTF-8" in stderr


def test_report_is_readable(file):
    rows = read_rows(file(GOOD, '{"q": "привет", "lang": "ru", "kind": "smalltalk"}'))
    report = evaluate(Knowledge((), synonyms=Synonyms()), rows, perf_counter)
    lines = list(lines_for_people(report))
    assert lines[1].split()[:3] == ["all", "1", "0.000"]
    assert "nonsense: 1, answered with confidence 0.000" in lines
    assert "miss: права" in lines
    assert json.loads(json.dumps(report)) == report
