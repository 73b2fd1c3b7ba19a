"""An organisation's templates of answers: read from one message, filled, kept encrypted."""

from typing import Any

import pytest
from sqlalchemy import select

from accounts.errors import GoneError, NotAllowedError
from complaints.errors import (
    MessageEmptyError,
    TemplateNameError,
    TemplatePlaceError,
    TextTooLongError,
    TooManyTemplatesError,
)
from complaints.templates.actions import MOST_TEMPLATES, AnswerTemplates
from complaints.templates.tables import AnswerTemplateRow
from complaints.templates.template import WRITTEN, AnswerTemplate, Place, places
from kernel.language import Language
from tests.complaints.scenario import AGENT, CITIZEN, COORDINATOR, HEAD, OFFICER, POLICE, ComplaintScenario

TYPED = "Отказ по сроку\nЖалоба № {номер}: услуга «{услуга}».\n{ Нөмір }, {registered}"


def test_first_line_is_the_name():
    template = AnswerTemplate.read(f"\n {TYPED} ")
    assert template.name == "Отказ по сроку"
    assert template.text.startswith("Жалоба №")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", TemplateNameError),
        ("ә" * 61 + "\nx", TemplateNameError),
        ("Бас тарту", MessageEmptyError),
        ("Бас тарту\n" + "ә" * 20_001, TextTooLongError),
        ("Бас тарту\nҚұрметті {аты-жөні}!", TemplatePlaceError),
        ("Бас тарту\n{}", TemplatePlaceError),
    ],
)
def test_what_is_no_template_is_refused(typed: str, error: Any):
    with pytest.raises(error):
        AnswerTemplate.read(typed)


def test_each_place_is_filled_in_its_language():
    values = {(place, language): f"{place.value}-{language.value}" for place, language in WRITTEN.values()}
    filled = AnswerTemplate.read(TYPED).filled(values)
    assert filled == "Жалоба № number-ru: услуга «service-ru».\nnumber-kk, registered-en"


def test_every_language_has_every_place():
    for language in Language:
        assert len(places(language)) == len(Place)


async def test_officials_save_change_and_delete(police: ComplaintScenario):
    templates = AnswerTemplates(police.context)
    first = await templates.save(OFFICER, POLICE, TYPED)
    await templates.save(HEAD, POLICE, "Апелляция\nСіз сотқа жүгіне аласыз")
    assert [one.name for one in await templates.all(OFFICER, POLICE)] == ["Апелляция", "Отказ по сроку"]
    await templates.save(HEAD, POLICE, "Отказ\nДругое", first.key)
    assert (await templates.get(OFFICER, POLICE, first.key)).text == "Другое"
    await templates.delete(OFFICER, POLICE, first.key)
    assert [one.name for one in await templates.all(OFFICER, POLICE)] == ["Апелляция"]
    with pytest.raises(GoneError):
        await templates.get(OFFICER, POLICE, first.key)
    for body in await police.session.scalars(select(AnswerTemplateRow.body_cipher)):
        assert "сотқа" not in body


async def test_templates_are_the_organisations_own(police: ComplaintScenario):
    templates = AnswerTemplates(police.context)
    saved = await templates.save(OFFICER, POLICE, TYPED)
    for by in (CITIZEN, AGENT, COORDINATOR):
        for attempt in (
            lambda by=by: templates.all(by, POLICE),
            lambda by=by: templates.get(by, POLICE, saved.key),
            lambda by=by: templates.save(by, POLICE, TYPED),
            lambda by=by: templates.delete(by, POLICE, saved.key),
        ):
            with pytest.raises(NotAllowedError):
                await attempt()
    with pytest.raises(GoneError):  # a key of another organisation's
        await templates.save(AGENT, "agency-department-abai", TYPED, saved.key)


async def test_fifty_templates_are_enough(police: ComplaintScenario):
    templates = AnswerTemplates(police.context)
    for number in range(MOST_TEMPLATES):
        await templates.save(OFFICER, POLICE, f"{number}\nx")
    with pytest.raises(TooManyTemplatesError):
        await templates.save(OFFICER, POLICE, TYPED)
