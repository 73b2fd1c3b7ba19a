"""An inspector opens the bodies of the region from the lists and takes the sheet and the pictures."""

from localgram.client import labels

from accounts.roles import Role
from tests.accounts.forged_callbacks import add_membership
from tests.bot.live_bot import RunningBot

DEPARTMENT = "agency-department-abai"


async def test_an_inspector_takes_the_regions_figures(live_bot: RunningBot):
    inspector = await live_bot.person("ru")
    await add_membership(live_bot, inspector.number, DEPARTMENT, Role.INSPECTOR)
    await inspector.ask("/inbox")
    await inspector.press("🗺 Органы региона")
    shown = (await inspector.messages())[-1]
    assert "Жалобы в органах" in shown["text"]
    assert "Жалоб не было" in shown["text"]
    assert "Следующий квартал ▸" not in labels(shown)
    await inspector.press("◂ Прошлый квартал")
    assert "Следующий квартал ▸" in labels((await inspector.messages())[-1])
    await inspector.press("По услугам")
    assert "По услугам" in (await inspector.messages())[-1]["text"]
    await inspector.press("📊 Таблица Excel")
    assert (await inspector.messages())[-1]["document"]["file_name"] == "2026Q3.xlsx"
    await inspector.press("🖼 Картинки")
    assert (await inspector.messages())[-1]["caption"] == "Жалобы в органах: три квартала"
