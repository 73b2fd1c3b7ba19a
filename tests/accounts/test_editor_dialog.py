"""The editor queue: items are listed, closed, and reopened when asked about again."""

from datetime import timedelta

from localgram.client import SimulatedPerson, labels

from accounts.roles import Role
from kernel.clock import almaty_date
from knowledge.journal.tables import QuestionRow
from registry_data.proposals import Proposal, ProposalStore
from registry_data.tables import CardRow
from tests.accounts.forged_callbacks import add_membership
from tests.bot.live_bot import RunningBot

ORGANISATION = "ministry-digital"


async def editor_of(live_bot: RunningBot) -> SimulatedPerson:
    person = await live_bot.person("ru")
    await add_membership(live_bot, person.number, ORGANISATION, Role.EDITOR)
    return person


async def open_queue(person: SimulatedPerson) -> str:
    return str((await person.ask("/editor"))["text"])


async def test_similar_questions_close_and_reopen_together(live_bot: RunningBot):
    citizen, editor = await live_bot.person("ru"), await editor_of(live_bot)
    for question in ("фиолетовый шмурдяк", "Фиолетовый шмурдяк?"):
        await citizen.ask(question)
    assert "Вопросы без ответа: 1" in await open_queue(editor)
    await editor.press("❓ Вопросы без ответа")
    listed = (await editor.messages())[-1]
    await editor.press(next(label for label in labels(listed) if label.startswith("2×")))
    assert "Сколько раз: 2" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Здесь ничего нет" in (await editor.messages())[-1]["text"]
    await citizen.ask("фиолетовый шмурдяк")
    assert "Вопросы без ответа: 1" in await open_queue(editor)


async def test_wrong_fact_is_shown_with_its_service_and_closed(live_bot: RunningBot):
    citizen, editor = await live_bot.person("ru"), await editor_of(live_bot)
    await citizen.ask("апостиль")
    for _ in range(2):
        await citizen.press("Ещё ▸")
    await citizen.press("⚠️ Ошибка")
    await citizen.ask("Плата <другая>")
    assert "Факты, названные неверными: 1" in await open_queue(editor)
    await editor.press("⚠️ Неверные факты")
    await editor.press(next(label for label in labels((await editor.messages())[-1]) if "Плата" in label))
    assert "Плата <другая>" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Факты, названные неверными: 0" in await open_queue(editor)


async def test_old_wording_is_paged_and_closed_once(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    before = int((await open_queue(editor)).rpartition(": ")[2])
    assert before > 8
    await editor.press("🕰 Старые редакции")
    listed = (await editor.messages())[-1]
    assert len([data for data in labels(listed) if "item:" in data]) == 8
    await editor.press(labels(listed)[0])
    assert "Редакция от" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert int((await open_queue(editor)).rpartition(": ")[2]) == before - 1


async def test_stale_cards_are_listed_with_their_reasons(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    assert "Карточки, которым нельзя верить: " in await open_queue(editor)
    await editor.press("🚫 Устаревшие карточки")
    await editor.press(labels((await editor.messages())[-1])[0])
    assert "• утратила силу услуга или её акт" in (await editor.messages())[-1]["text"]


async def test_item_closed_by_another_editor_is_outdated(live_bot: RunningBot):
    citizen, first, second = await live_bot.person("ru"), await editor_of(live_bot), await editor_of(live_bot)
    await citizen.ask("фиолетовый шмурдяк")
    for editor in (first, second):
        await open_queue(editor)
        await editor.press("❓ Вопросы без ответа")
        await editor.press(labels((await editor.messages())[-1])[0])
    await first.press("✅ Разобрано")
    answer = (await second.press("✅ Разобрано"))["answer"]
    assert "устарела" in answer["text"]


async def lay_beside(live_bot: RunningBot, minutes: int) -> None:
    """A draft that says so many minutes of queue at the apostille."""
    async with live_bot.database.unit_of_work() as unit:
        store = ProposalStore(unit.session)
        card, digest = await store.standing("apostille")
        assert card is not None
        changed = card.model_copy(update={"max_queue_minutes": minutes})
        await store.propose(
            Proposal(card=changed, left=("fee: no act",), based_on=digest), live_bot.clock.now()
        )
        await unit.commit()


async def queue_of_apostille(live_bot: RunningBot) -> int | None:
    async with live_bot.database.session() as session:
        card, _ = await ProposalStore(session).standing("apostille")
    return card.max_queue_minutes if card else None


async def test_draft_stands_beside_the_card_until_an_editor_decides(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    await lay_beside(live_bot, 77)
    assert "Черновики, которые ждут решения: 1" in await open_queue(editor)
    await editor.press("📥 Черновики карточек")
    await editor.press(labels((await editor.messages())[-1])[0])
    shown = (await editor.messages())[-1]["text"]
    assert "Очередь, минут" in shown
    assert "+ 77" in shown
    assert "fee: no act" in shown
    await editor.press("✅ Принять карточку")
    assert "Здесь ничего нет" in (await editor.messages())[-1]["text"]
    assert await queue_of_apostille(live_bot) == 77

    await lay_beside(live_bot, 78)
    await open_queue(editor)
    await editor.press("📥 Черновики карточек")
    await editor.press(labels((await editor.messages())[-1])[0])
    await editor.press("🗑 Оставить как есть")
    assert await queue_of_apostille(live_bot) == 77


async def propose_wording(live_bot: RunningBot, slug: str) -> None:
    """The act behind the apostille has a new wording, which changes this card."""
    async with live_bot.database.unit_of_work() as unit:
        store = ProposalStore(unit.session)
        card, digest = await store.standing(slug)
        apostille, _ = await store.standing("apostille")
        assert card is not None
        assert apostille is not None
        version = almaty_date(live_bot.clock.now()) - timedelta(days=1)
        new = {"act": apostille.act, "version": version, "max_queue_minutes": 79}
        proposal = Proposal(card=card.model_copy(update=new), based_on=digest)
        await store.propose(proposal, live_bot.clock.now())
        await unit.commit()


async def open_first_draft(editor: SimulatedPerson) -> None:
    await open_queue(editor)
    await editor.press("📥 Черновики карточек")
    await editor.press(labels((await editor.messages())[-1])[0])


async def test_a_change_that_follows_from_an_act_puts_the_contact_centre_in_the_calendar(
    live_bot: RunningBot,
):
    editor = await editor_of(live_bot)
    await propose_wording(live_bot, "apostille")
    await open_first_draft(editor)
    await editor.press("✅ Принять карточку")
    assert "Это изменение следует из акта" in (await editor.messages())[-1]["text"]
    dated = labels((await editor.messages())[-1])
    assert "Акт не мог быть утверждён" in (await editor.ask("12.10.1990"))["text"]
    await editor.press(next(label for label in dated if label.startswith("📅")))
    shown = (await editor.messages())[-1]["text"]
    assert "Карточка принята" in shown
    assert "Бірыңғай байланыс орталығына" in shown
    assert "79" in shown  # what holds now, not what the catalogue still has in memory
    assert await queue_of_apostille(live_bot) == 79

    await add_membership(live_bot, editor.number, ORGANISATION, Role.OFFICER)
    await propose_wording(live_bot, "passport-abroad")
    await open_first_draft(editor)
    await editor.press("✅ Принять карточку")
    await editor.press("✏️ Наше исправление")
    assert "Здесь ничего нет" in (await editor.messages())[-1]["text"]


async def test_draft_does_not_overwrite_a_card_that_changed_since(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    await lay_beside(live_bot, 55)
    async with live_bot.database.unit_of_work() as unit:
        row = await unit.session.get(CardRow, "apostille")
        assert row is not None
        row.digest = "changed"
        await unit.commit()
    await open_queue(editor)
    await editor.press("📥 Черновики карточек")
    await editor.press(labels((await editor.messages())[-1])[0])
    answer = (await editor.press("✅ Принять карточку"))["answer"]
    assert "изменили" in answer["text"]


async def test_questions_older_than_ninety_days_are_not_shown(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    async with live_bot.database.unit_of_work() as unit:
        old = live_bot.clock.now() - timedelta(days=91)
        unit.session.add(QuestionRow(asked_at=old, text="q", language="ru", outcome="unanswered"))
        await unit.commit()
    assert "Вопросы без ответа: 0" in await open_queue(editor)


async def test_only_editors_open_the_queue(live_bot: RunningBot):
    person = await live_bot.person("ru")
    assert "нет права" in await open_queue(person)
