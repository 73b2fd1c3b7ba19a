"""On a phone the name of a service and the direct answer are on the screen without scrolling."""

import random
import re
from datetime import date
from html import unescape

import pytest
from playwright.async_api import expect

from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace, CardSection
from bot.views.screen import Screen, fields
from kernel.language import Language
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.contents import load_registry
from registry_data.indices import mrp_on
from tests.each import each_case
from tests.page.open_chat import OpenChat

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TODAY = date(2026, 10, 1)
ANSWERS = 20
SECTIONS = (CardSection.SHORT, CardSection.DOCUMENTS, CardSection.FEE, CardSection.TERM, CardSection.REFUSAL)
FIRST_LINES = """
words => {
  const log = document.querySelector("#log").getBoundingClientRect();
  const range = document.createRange();
  range.setStart(words, 0);
  let lines = 0;
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && lines < 2; node = walker.nextNode()) {
    range.setEndAfter(node);
    for (let at = node.data.indexOf("\\n"); at >= 0 && lines < 2; at = node.data.indexOf("\\n", at + 1)) {
      lines += 1;
      range.setEnd(node, at);
    }
  }
  const told = range.getBoundingClientRect();
  return told.height > 0 && told.top >= log.top && told.bottom <= log.bottom;
}
"""


def answers() -> list[tuple[str, Language, Screen]]:
    registry, view = load_registry(), CardView(texts=Translations.load())
    acts = {act.key: act for act in registry.acts}
    chosen = random.Random(14).sample(list(registry.cards), ANSWERS)
    return [
        (
            f"{card.slug} {section.name}",
            language,
            view.screen(
                CardFacts(
                    card=card,
                    act=acts.get(card.act or ""),
                    index=mrp_on(TODAY, registry.indices),
                    today=TODAY,
                ),
                language,
                CardPlace(section=section),
            ),
        )
        for number, card in enumerate(chosen)
        for section in (SECTIONS[number % len(SECTIONS)],)
        for language in Language
    ]


async def test_name_and_answer_are_seen_without_scrolling(talk: OpenChat) -> None:
    await talk.page.set_viewport_size({"width": 390, "height": 844})
    with each_case() as cases:
        for number, (name, language, screen) in enumerate(answers()):
            with cases.case(name, language):
                sent = await talk.bot.call("sendMessage", chat_id=talk.person, **fields(screen))
                words = talk.page.locator(".theirs .words").nth(number)
                await expect(words).to_contain_text(unescape(re.split("[<>]", screen.text)[2]))
                assert sent["text"].count("\n") > 1
                assert await words.evaluate(FIRST_LINES)
