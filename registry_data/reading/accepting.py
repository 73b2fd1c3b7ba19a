"""An accepted draft becomes a card: what stands in both languages, over the facts of the card there is."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry_data.acts import Act, LegalBasis, cited_act

Raw = dict[str, Any]

TEXTS = ("names", "provider", "result", "schedule")
LISTS = ("channels", "forms", "max_queue_minutes", "max_service_minutes", "provider_site")
GROUPS = ("term", "fee", "documents", "refusal_grounds", "disability")
FACTS = ("names", "provider", "channels", "forms", "term", "max_queue_minutes", "max_service_minutes", "fee",
         "result", "schedule", "documents", "refusal_grounds", "disability", "provider_site")  # fmt: skip
LANGUAGES = ("kk", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorChoice:
    """What no act tells of a card; `take` names the facts to take, all if it is empty."""

    slug: str
    today: dt.date
    life_situation: str | None = None
    recipients: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    act: str | None = None
    take: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A card's raw fields, and the draft's facts that were left, each with the reason."""

    card: Raw
    left: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact of the card before and after, each as lines; no lines if there is none."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def accept(
    draft: Mapping[str, Any], present: Mapping[str, Any] | None, editor: EditorChoice, acts: Sequence[Act]
) -> Acceptance:
    """The card that the draft makes of `present`, or a new one; it is not validated yet."""
    left: list[str] = []
    card: Raw = {"slug": editor.slug, **(present or {})}
    for name in FACTS:
        value = draft.get(name)
        if value is None or (editor.take and name not in editor.take):
            continue
        if missing := list(_one_language(name, value)):
            left.append(f"{name}: {missing[0]}")
        else:
            card[name] = value
    left += _set_act(card, draft.get("act") or {}, editor, acts)
    given = {
        "life_situation": editor.life_situation,
        "recipients": list(editor.recipients),
        "source": list(editor.source),
    }
    card |= {name: value for name, value in given.items() if value}
    card["checked"] = editor.today
    return Acceptance(card=card, left=tuple(left))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FactChange]:
    """The facts that the acceptance changes, in the order of a card."""
    names = (*FACTS, "act", "legal_basis", "version")
    return [
        FactChange(name=name, old=lines_of(old.get(name)), new=lines_of(new.get(name)))
        for name in names
        if old.get(name) != new.get(name)
    ]


def lines_of(value: Any) -> tuple[str, ...]:
    """A fact for reading: a line for each entry of a list, «none» for an empty one."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(_line(one) for one in value) or ("none",)
    return (_line(value),)


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_line(one)}" for name, one in value.items())
    return str(value)


def _one_language(name: str, value: Any) -> Iterator[str]:
    """Each text that lacks a language; a card needs both."""
    if name in TEXTS:
        yield from _lacking(value, "the text")
    if name in GROUPS:
        for number, entry in enumerate(value, start=1):
            if name in {"documents", "refusal_grounds", "disability"}:
                yield from _lacking(entry, f"entry {number}")
            for part in ("when", "what"):
                if part in entry:
                    yield from _lacking(entry[part], f"{part} of entry {number}")


def _lacking(text: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where} has no {language}" for language in LANGUAGES if not text.get(language))


def _set_act(card: Raw, read: Mapping[str, Any], editor: EditorChoice, acts: Sequence[Act]) -> list[str]:
    """Cite the act: the one the editor names, a known one of that number and date, or the draft's in full."""
    version = read.get("version")
    if editor.act:
        card["act"] = editor.act
    elif read.get("number") and read.get("date"):
        title = read.get("title") or {}
        known = _known(read, acts)
        if known is not None:
            card["act"] = known.key
        elif all(title.get(language) for language in LANGUAGES):
            card.pop("act", None)
            card["legal_basis"] = {"title": dict(title), "number": read["number"], "date": read["date"]}
        else:
            return ["act: its title is not known in both languages; name its key with --act"]
    elif "act" not in card:
        return ["act: the text names none; name its key with --act"]
    if version:
        _set_version(card, dt.date.fromisoformat(str(version)))
    return []


def _known(read: Mapping[str, Any], acts: Sequence[Act]) -> Act | None:
    title = dict.fromkeys(LANGUAGES, "-")
    basis = LegalBasis.model_validate({"title": title, "number": read["number"], "date": read["date"]})
    found = cited_act(basis, acts)
    return found if found in acts else None


def _set_version(card: Raw, version: dt.date) -> None:
    if "legal_basis" in card:
        card["legal_basis"]["version"] = version
    else:
        card["version"] = version
