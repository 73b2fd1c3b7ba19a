"""`qyzmet talk`, with the whole bot."""

import json

import pytest
from typer.testing import CliRunner

from accounts.person import PersonStore
from cli.main import app
from cli.talks.clean import UsedDatabaseError
from cli.talks.player import TalkPlayer
from cli.talks.script import read_talks
from cli.talks.stage import open_stage
from database.engine import Database
from kernel.clock import SystemClock
from kernel.language import Language

TALKS = """
- name: права
  language: ru
  steps:
    - say: замена водительских прав
      expect: {service: driving-licence}
- name: чужая карточка
  language: ru
  steps:
    - say: замена водительских прав
      expect: {service: apostille, lacks: [апостиль]}
- name: чужая организация
  language: ru
  people: {o: {role: head, organisation: nowhere}}
  steps:
    - say: /inbox
"""
COMPLAINT = """
- name: жалоба
  language: ru
  people:
    a: {}
    o: {role: officer, organisation: police-almaty}
  steps: &steps
    - say: замена водительских прав
    - press: Пожаловаться
    - press: Согласен
    - say: Подал документы три недели назад, до сих пор ничего не готово
    - {as: o, say: /inbox, expect: {contains: [Жалобы]}}
- name: ещё раз
  language: ru
  people:
    a: {}
    o: {role: officer, organisation: police-almaty}
  steps: *steps
"""


@pytest.mark.bot
def test_command_reports_talks_as_json(tmp_path):
    file = tmp_path / "talks.yaml"
    file.write_text(TALKS, encoding="utf-8")
    ran = CliRunner().invoke(app, ["talk", str(file), "--json"])
    report = json.loads(ran.stdout)
    assert ran.exit_code == 1
    assert (report["talks"], report["passed"]) == (3, 1)
    wrong, nowhere = report["failed"]
    assert (wrong["name"], wrong["step"], wrong["expected"]) == (
        "чужая карточка",
        1,
        {"service": ["apostille"]},
    )
    assert "водительск" in wrong["got"].casefold()
    assert (nowhere["step"], "nowhere" in nowhere["got"]) == (0, True)


def test_command_refuses_a_bad_file(tmp_path):
    file = tmp_path / "talks.yaml"
    file.write_text("- {name: права, language: ru, steps: [{sing: x}]}", encoding="utf-8")
    ran = CliRunner().invoke(app, ["talk", str(file)])
    assert ran.exit_code == 1
    assert "talks.yaml, talk 1 «права», step 1: sing: no such key" in ran.stderr


@pytest.mark.bot
async def test_database_with_people_is_refused(registry_url):
    database = Database(registry_url)
    async with database.unit_of_work() as unit:
        await PersonStore(unit.session).keep_language(1, Language.RU, SystemClock().now())
        await unit.commit()
    await database.dispose()
    with pytest.raises(UsedDatabaseError):
        async with open_stage(registry_url):
            pass


@pytest.mark.bot
@pytest.mark.postgres
async def test_talks_are_played_on_postgresql(postgres, postgres_registry, tmp_path):
    file = tmp_path / "talks.yaml"
    file.write_text(COMPLAINT, encoding="utf-8")
    async with postgres.fresh(postgres_registry) as url, open_stage(url) as stage:
        player = TalkPlayer(stage=stage, folder=tmp_path)
        assert [failure async for _, failure in player.play(read_talks(file))] == [None, None]
