"""The command line, for people and programs."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientSession
from localgram.client import SimulatorClient
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from cli.demo import running_demo
from cli.local_database import ready_database
from cli.main import app
from kernel.clock import SystemClock
from knowledge.journal.actions import RecordQuestion
from knowledge.journal.entries import AnswerOutcome
from knowledge.journal.store import JournalStore


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('cli') / 'qyzmet.sqlite3'}"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QYZMET_DATABASE_URL", database_url)
    monkeypatch.delenv("QYZMET_BOT_TOKEN", raising=False)

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return command


def test_ask_prints_only_the_document_on_stdout(run):
    result = run("ask", "замена прав", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document.keys() == {"language", "aspect", "confident", "answers", "text"}
    assert document["language"] == "ru"
    assert document["confident"] is True
    assert document["answers"][0]["slug"] == "driving-licence"
    assert document["answers"][0].keys() == {"slug", "score", "name"}
    assert 1 <= len(document["answers"]) <= 5
    assert "Права: замена" in document["text"]
    assert "<b>" not in document["text"]


def test_ask_answers_in_the_requested_language(run):
    assert "Жүргізуші куәлігі" in run("ask", "замена прав", "--language", "kk").stdout


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "паспорт", "--language", "de"), ("nonsense",)])
def test_wrong_usage_exits_with_two(run, arguments: tuple[str, ...]):
    assert run(*arguments).exit_code == 2


@pytest.mark.slow
def test_evaluate_reports_shares_and_times(run, tmp_path: Path):
    rows = [
        {"q": "замена прав", "lang": "ru", "service": "driving-licence", "aspect": "how"},
        {"q": "какая завтра погода", "lang": "ru"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    document = json.loads(run("evaluate", str(file), "--json").stdout)
    assert document["recall@1"] == 1.0
    assert {"questions", "recall@3", "mrr@5", "aspect", "confident", "by_language", "ms_p50", "ms_p99"} <= (
        document.keys()
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"q": "x", "service": "y"', "line 1"),  # incomplete JSON
        ('\n["q"]', "line 2"),  # not an object
        ("", "no question"),
    ],
)
def test_evaluate_names_the_invalid_line(run, tmp_path: Path, content: str, message: str):
    file = tmp_path / "questions.jsonl"
    file.write_text(content, encoding="utf-8")
    result = run("evaluate", str(file))
    assert result.exit_code == 1
    assert message in result.stderr


def test_run_without_a_token_says_where_to_get_one(run):
    result = run("run")
    assert result.exit_code == 1
    assert "BotFather" in result.stderr


@pytest.mark.slow
def test_registry_check_finds_no_faults_in_own_data(run):
    assert run("registry", "check").exit_code == 0


async def keep_a_question(url: str, text: str) -> None:
    async with ready_database(url) as database, database.unit_of_work() as unit:
        await RecordQuestion(unit, JournalStore(unit.session), SystemClock())(
            text, "ru", AnswerOutcome.UNANSWERED
        )


@pytest.mark.slow
async def test_unanswered_questions_are_listed_and_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'q.sqlite3'}"
    monkeypatch.setenv("QYZMET_DATABASE_URL", url)
    await keep_a_question(url, "=1+1 как получить визу")
    sheet = tmp_path / "questions.xlsx"
    listed = await asyncio.to_thread(CliRunner().invoke, app, ["questions", "--json"])
    saved = await asyncio.to_thread(CliRunner().invoke, app, ["questions", "-o", str(sheet)])
    assert json.loads(listed.stdout)["questions"][0]["question"] == "=1+1 как получить визу"
    assert saved.exit_code == 0
    cell = load_workbook(sheet)["questions"]["E2"]
    assert (cell.value, cell.data_type) == ("=1+1 как получить визу", "s")


@pytest.mark.bot
async def test_demo_answers_and_its_clock_can_be_moved(tmp_path: Path):
    async with running_demo(0, f"sqlite:///{tmp_path / 'demo.sqlite3'}") as address:
        async with ClientSession() as session, session.get(address) as page:
            assert "<html" in await page.text()
        async with SimulatorClient(address) as client:
            person = await client.person(language_code="kk")
            reply = await person.ask("куәлік жоғалды")
            assert "жеке куәлік" in reply["text"]
            before = (await client.get("/clock"))["now"]
            await client.post("/clock", {"advance": "P1D"})
            assert (await client.get("/clock"))["now"][:10] > before[:10]
            told = await person.ask("/help")
            assert f"{address}/open" in told["text"]
        async with ClientSession() as session, session.get(f"{address}/open") as page:
            assert "ашық деректер" in await page.text()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/base",  # neither SQLite nor PostgreSQL
        "nonsense",  # not a URL
        "postgresql://user:secret@127.0.0.1:1/base",  # nothing listens there
        "sqlite:////proc/nowhere/base.sqlite3",  # the folder neither exists nor can be created
    ],
)
def test_unusable_database_is_reported_without_password(run, monkeypatch, url: str):
    monkeypatch.setenv("QYZMET_DATABASE_URL", url)
    result = run("ask", "апостиль")
    assert result.exit_code == 1
    assert "The database cannot be used" in result.stderr
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr
