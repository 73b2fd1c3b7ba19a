"""What a citizen is told first, and how names and numbers are taken: nothing is asked twice."""

from tests.bot.complaint_dialog import (
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    TEXT,
    citizen,
    complain,
    connect,
    to_the_story,
)
from tests.bot.live_bot import RunningBot


async def test_nobody_connected_is_said_before_anything_personal(live_bot: RunningBot):
    """With a kept region before the consent, else as soon as the region is known; once."""
    known = await citizen(live_bot, region=REGION)
    await known.says("/start svc_driving-licence")
    await known.press("cp:driving-licence")
    told = await known.sees()
    for words in ("Отсюда жалобу отправить нельзя", "eotinish.kz", "1414", "посчитаю срок"):
        assert words in told
    new = await citizen(live_bot)
    await to_the_story(new)
    await new.says(TEXT)
    await new.press("yes")
    assert (await new.sees()).count("Отсюда жалобу отправить нельзя") == 1
    assert "фамилию, имя" in await new.window()


async def test_consent_says_what_staying_unknown_means(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says("/complaint")
    assert "Без имени и ИИН жалобу не рассмотрят" in await one.window()


async def test_answers_that_say_nothing_are_asked_about_and_not_taken(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await to_the_story(one)
    await one.says(TEXT)
    await one.press("yes")
    await one.says("жок")
    assert "Понимаю, но без имени" in await one.sees()
    await one.says("гульмира")
    assert "Если есть фамилия" in await one.sees()
    await one.says("Серикова")
    await one.says("не скажу")
    await one.says(f"мой ИИН {one.iin}, тел 8 701 000 00 42")
    window = await one.window()
    for words in ("Имя: Серикова гульмира", one.iin, "+77010000042"):
        assert words in window


async def test_name_of_one_word_is_taken_the_second_time(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await to_the_story(one)
    await one.says(TEXT)
    await one.press("yes")
    for said in ("гульмира", "гульмира", one.iin):
        await one.says(said)
    assert "Имя: гульмира\n" in await one.window()


async def test_childs_number_is_asked_as_the_childs(live_bot: RunningBot):
    """The parent's kept number is not the child's, and comes back with "for myself"."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, name=NAME, number="010101200014", region=REGION)
    await to_the_story(one, region=None)
    await one.says(TEXT)
    await one.press("yes")
    for data in ("change", "line:who", "who:child"):
        await one.press(data)
    assert "имя ребёнка и его ИИН" in await one.window()
    await one.says("Серикова Аружан")
    assert "ИИН ребёнка" in await one.window()
    await one.says(one.iin)
    window = await one.window()
    assert f"ИИН ребёнка: {one.iin}" in window
    assert "Серикова Аружан" in window
    for data in ("change", "line:who", "who:self"):
        await one.press(data)
    assert "ИИН: 010101200014" in await one.window()


async def test_data_are_kept_for_the_next_time_with_one_offer_after_sending(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await complain(one)
    for data in ("send", "save", "keep"):
        await one.press(data)
    await one.live_bot.client.settle()
    sent = (await one.person.messages())[-1]
    assert not any(label.endswith("save") for label in await one.labels(sent["message_id"]))
    await to_the_story(one, region=None)
    await one.says("И снова ничего не готово")
    await one.press("yes")
    window = await one.window()
    for words in (NAME, one.iin, "Алматы"):
        assert words in window
