"""`qyzmet evaluate`: measures how well questions with known answers are answered."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, NoReturn

import typer

from cli.ask import read_catalogue
from cli.options import AsJson
from knowledge.evaluate import EvaluationRow, evaluate

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines with q, lang, service, aspect.")
]


def evaluate_file(file: File, as_json: AsJson = False) -> None:  # noqa: FBT002  an option of the command line
    """Answer every question of FILE and say how many of the answers are right."""
    rows = read_rows(file)
    catalogue = asyncio.run(read_catalogue())
    report = evaluate(catalogue.knowledge, rows, perf_counter, catalogue.cards.values())
    typer.echo(
        json.dumps(report, ensure_ascii=False, indent=1) if as_json else "\n".join(lines_for_people(report))
    )


def read_rows(file: Path) -> list[EvaluationRow]:
    """The questions of a file. Exits with 1 on an invalid line, naming file and line on standard error."""
    rows = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        _reject(f"{file}: no UTF-8 text: {error.reason} at byte {error.start}")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(EvaluationRow.of(_object(line)))
        except ValueError as error:
            _reject(f"{file}, line {number}: {error}")
    if not rows:
        _reject(f"{file}: no question in it")
    return rows


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(value, dict):
        raise ValueError("not an object in braces")  # noqa: TRY004  one kind of fault for the caller
    return value


def _reject(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)


def lines_for_people(report: dict[str, Any]) -> Iterator[str]:
    """The report as a table, then the worst misses."""
    yield f"{'':16}{'questions':>10}" + "".join(f"{title:>{width}}" for _, title, width in _COLUMNS)
    groups = {"all": report, **report["by_set"], **report["by_language"]}
    for name, part in groups.items():
        shown = "".join(_number(part[key], width) for key, _, width in _COLUMNS)
        yield f"{name:16}{part['questions']:>10}{shown}"
    if apart := report["kk_minus_ru"]:
        between = f"95 % between {apart['low']:+.3f} and {apart['high']:+.3f}"
        yield f"kk − ru, written: {apart['recall@1']:+.3f}, {between}"
    nonsense = report["nonsense"]
    if nonsense["questions"]:
        yield f"nonsense: {nonsense['questions']}, answered with confidence {nonsense['confident']:.3f}"
        yield from (f"  {kind:24}{share:.3f}" for kind, share in nonsense["by_kind"].items())
        yield from (f"  {one['q']} → {one['found']}" for one in nonsense["answered"])
    yield f"a question takes {report['ms_p50']} ms (p50), {report['ms_p99']} ms (p99)"
    for miss in report["misses"]:
        yield f"miss: {miss['q']}"
        yield f"      right: {', '.join(miss['right'])}; found: {', '.join(miss['found']) or 'nothing'}"


# The report's key, the column's title and its width.
_COLUMNS = (
    ("recall@1", "recall@1", 10),
    ("recall@3", "recall@3", 10),
    ("mrr@5", "mrr@5", 8),
    ("aspect", "aspect", 8),
    ("case", "case", 8),
    ("follow_up", "follow-up", 11),
    ("confident", "confident", 11),
    ("confident_right", "right", 8),
)


def _number(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>{width}}"
