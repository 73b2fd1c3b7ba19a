"""`qyzmet due`, for people and programs."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('due') / 'qyzmet.sqlite3'}"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("QYZMET_DATABASE_URL", database_url)

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["due", *arguments])

    return command


def test_json_has_the_promised_keys_alone_on_stdout(run: Any):
    result = run("complaint.provider", "--from", "2026-03-19T10:00:00+05:00", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(document) == [
        "rule",
        "from",
        "registered_on",
        "counted_from",
        "due_on",
        "certainty",
        "readings",
        "citation",
        "days",
    ]
    assert document["from"] == "2026-03-19T10:00:00+05:00"
    assert (document["registered_on"], document["counted_from"]) == ("2026-03-19", "2026-03-20")
    assert (document["due_on"], document["certainty"]) == ("2026-03-31", "decided")
    assert document["citation"] == "Law 88-V Art. 25 ¶2"
    assert sum(day["counts"] for day in document["days"]) == 5
    assert document["days"][2] == {"date": "2026-03-21", "counts": False, "why": "holiday: Nauryz"}


def test_reading_is_marked_as_ours(run: Any):
    document = json.loads(run("info.contact_centre", "--from", "2026-03-19", "--json").stdout)
    (reading,) = document["readings"]
    assert reading.startswith("day_one: ")
    assert reading.endswith("our reading, not the act's words")


def test_what_the_code_says_is_cited_instead_of_marked(run: Any):
    document = json.loads(run("complaint.provider", "--from", "2026-03-21", "--extend", "1", "--json").stdout)
    registered, day_one, once = sorted(document["readings"])
    assert registered.endswith("(Administrative Procedure Code Art. 64 ¶3)")
    assert day_one.endswith("(Administrative Procedure Code Art. 76 ¶2)")
    assert once.endswith("our reading, not the act's words")
    text = run("complaint.provider", "--from", "2026-03-21", "--language", "kk").stdout
    assert "Әкімшілік рәсімдік-процестік кодекс, 76-бап, 2-бөлік" in text
    assert "актінің сөзі емес" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            ["жұмыс күні: демалыс 03.01.2025 күніне ауыстырылған", "Еңбек министрінің", "88-V Заң, 25-бап"],
        ),
        ("ru", ["рабочий день: выходной перенесён на 03.01.2025", "приказ министра труда", "статья 25"]),
        ("en", ["working day: the day off was moved to 3 January 2025", "Order of the Minister", "Art. 25"]),
    ],
)
def test_worked_sunday_is_explained_with_its_act(run: Any, language: str, words: list[str]):
    text = run("complaint.provider", "--from", "2024-12-30", "--language", language).stdout
    for word in words:
        assert word in text


def test_other_time_zone_is_converted_to_kazakhstan(run: Any):
    document = json.loads(run("complaint.provider", "--from", "2026-03-18T19:30:00Z", "--json").stdout)
    assert document["from"] == "2026-03-19T00:30:00+05:00"


def test_extension_moves_the_date_and_names_its_reading(run: Any):
    document = json.loads(
        run("complaint.provider", "--from", "2026-03-19", "--extend", "10", "--json").stdout
    )
    assert document["due_on"] == "2026-04-14"
    assert [reading.partition(":")[0] for reading in document["readings"]] == ["day_one", "one_extension"]


def test_date_past_the_published_calendar_is_preliminary(run: Any):
    document = json.loads(run("complaint.authority", "--from", "2027-05-03", "--json").stdout)
    assert document["certainty"] == "expected"
    assert "preliminary" in run("complaint.authority", "--from", "2027-05-03").stdout


def test_lateness_is_shown_only_when_late_on_both_counts(run: Any):
    text = run("info.contact_centre", "--from", "2020-03-02").stdout
    assert "whichever day is counted as the first" in text
    settled = run("complaint.provider", "--from", "2020-03-02").stdout
    assert "The term has passed." in settled  # the Code leaves no other count
    assert "has passed" not in run("complaint.provider", "--from", "2070-03-03").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("complaint.provider", "--from", "2026-03-19", "--extend", "11"), "from 1 to 10"),
        (("info.contact_centre", "--from", "2026-03-19", "--extend", "1"), "No act allows"),
        (("complaint.authority_duties", "--from", "2026-03-19"), "sets no length"),
        (("service.paper_via_corporation", "--from", "2026-03-19"), "please give it"),
        (("complaint.provider", "--from", "1999-03-19"), "1 January 2016 to 31 December 2076"),
    ],
)
def test_request_against_the_acts_exits_with_one(run: Any, arguments: tuple[str, ...], words: str):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert words in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("complaint.nobody", "--from", "2026-03-19"),
        ("complaint.provider",),
        ("complaint.provider", "--from", "yesterday"),
        ("complaint.provider", "--from", "2026-02-30"),
        ("complaint.provider", "--from", "2026-03-19", "--extend", "0"),
    ],
)
def test_wrong_usage_exits_with_two(run: Any, arguments: tuple[str, ...]):
    assert run(*arguments).exit_code == 2
