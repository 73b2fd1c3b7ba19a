"""A guide as a message: its text and a menu button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.views.answers.guide_text import GuideText
from bot.views.callbacks import MenuCallback
from bot.views.screen import Screen, button, keyboard
from kernel.language import Language
from localisation.translations import Translations
from registry_data.acts import Act
from registry_data.guide import Guide
from registry_data.schema import ServiceCard


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    texts: Translations

    def screen(
        self, guide: Guide, acts: Mapping[str, Act], language: Language, listed: Iterable[ServiceCard] = ()
    ) -> Screen:
        menu = button(self.texts.plain(language, "menu.menu_button"), MenuCallback().pack())
        text = GuideText(texts=self.texts).text(guide, acts, language, listed)
        return Screen(text=text, keyboard=keyboard([[menu]]))
