"""Follow each recipe of CONTRIBUTING.md in a copy of the tree and run its checks: `make prove-contributing`.

python -m tools.prove_contributing [HEADING …]        the recipes under these headings; all by default
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```\w+\n# (?P<path>[\w./-]+)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
LONGEST_CHECK_S = 900
LINES_SHOWN = 40
NO_RECIPES = ("Set-up", "An action", "Rules that are checked for you")

CARD, ALIAS = "lighthouse-keeper", "маяк күзетшісінің куәлігі"  # nobody will give such a service a card


def sections(document: str) -> dict[str, str]:
    """The text below each heading."""
    _, *parts = HEADING.split(document)
    return dict(zip(parts[::2], parts[1::2], strict=True))


DOCUMENT = sections((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Tree:
    """A disposable copy of the tree."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Raises ValueError if the file does not contain `old`."""
        text = self.path(name).read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{name} does not hold {old!r}")
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def write_blocks(self, title: str) -> None:
        """Write the recipe's blocks: new files, and additions to files that exist."""
        for block in BLOCK.finditer(DOCUMENT[title]):
            self._add(self.path(block["path"]), block["content"])

    def _add(self, path: Path, content: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        first, _, rest = content.partition("\n")
        if f"\n{first}\n" in text:  # a list that the file has: the new item comes first in it
            text = text.replace(f"\n{first}\n", f"\n{first}\n{rest}", 1)
        else:
            text += f"\n{content}" if text else content
        path.write_text(text, encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the copy."""
        program, *arguments = command
        environment = os.environ | {
            "PYTHONPATH": str(self.root),
            "QYZMET_DATABASE_URL": f"sqlite:///{self.root / 'proof.sqlite3'}",
        }
        return subprocess.run(  # noqa: S603  commands of our own
            [str(BIN / program), *arguments],
            cwd=self.root,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST_CHECK_S,
            check=False,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """A command that must succeed, and its expected output."""

    command: tuple[str, ...]
    shows: str = ""

    def fault(self, tree: Tree) -> str | None:
        done = tree.run(*self.command)
        if done.returncode == 0 and self.shows in done.stdout:
            return None
        wanted = f" (must show {self.shows!r})" if self.shows else ""
        lines = "\n".join(done.stdout.splitlines()[-LINES_SHOWN:])
        return f"$ {' '.join(self.command)}{wanted}\n{lines}"


def tests(*arguments: str) -> Check:
    quick = ("-m", "not postgres and not browser and not long")
    return Check(
        ("python", "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *quick, *arguments)
    )


REGISTRY = Check(("qyzmet", "registry", "check"), shows="0 faults")
TEXTS = tests("tests/texts")
CODE = (
    Check(("ruff", "format", "--no-cache", "--check", "--quiet", ".")),
    Check(("ruff", "check", "--no-cache", "--quiet", ".")),
    Check(("mypy", f"--cache-dir={ROOT / '.mypy_cache'}")),
    Check(("lint-imports", "--no-logo", "--no-cache")),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    follow: Callable[[Tree], None]
    checks: tuple[Check, ...]


def add_card(tree: Tree, **fields: object) -> None:
    card = yaml.safe_load(tree.path("registry_data/services/apostille.yaml").read_text(encoding="utf-8"))
    card |= {
        "slug": CARD,
        "names": {
            "kk": "Маяк күзетшісіне куәлік беру",
            "ru": "Выдача удостоверения смотрителя маяка",
            "en": "Lighthouse keeper's card",
        },
        "label": {"kk": "Маяк күзетшісі", "ru": "Смотритель маяка", "en": "Lighthouse keeper"},
        "aliases": {"kk": [ALIAS], "ru": ["смотритель маяка"], "en": ["lighthouse keeper"]},
        "version": "2026-11-20",
        "checked": "2026-11-20",
        **fields,
    }
    file = tree.path(f"registry_data/services/{CARD}.yaml")
    file.write_text(yaml.safe_dump(card, allow_unicode=True, sort_keys=False), encoding="utf-8")


def add_act(tree: Tree) -> None:
    tree.write_blocks("An act and its source")
    add_card(tree, act="order-999", version="2026-01-15", checked="2026-11-20")


def add_dialog(tree: Tree) -> None:
    """The dialog, its texts, a command that starts it, and a test that types into it."""
    tree.write_blocks("A text in three languages")
    tree.write_blocks("A dialog")
    dialogs, states = "bot.dialogs.greeting.dialog", "bot.dialogs.greeting.states"
    above = "from bot.dialogs.menu.dialog import make_menu_dialog\n"
    tree.replace("bot/app/dispatcher.py", above, f"from {dialogs} import make_greeting_dialog\n{above}")
    tree.replace(
        "bot/app/dispatcher.py",
        "        make_menu_dialog(),\n",
        "        make_menu_dialog(),\n        make_greeting_dialog(),\n",
    )
    commands = "bot/handlers/commands.py"
    above = "from bot.dialogs.menu.states import Menu\n"
    tree.replace(commands, above, f"from {states} import Greeting\n{above}")
    above = "async def help_("
    tree.replace(commands, above, START + above)
    above = '    router.message.register(help_, Command("help"))\n'
    tree.replace(commands, above, '    router.message.register(greeting, Command("greeting"))\n' + above)
    tree.path("tests/bot/test_greeting.py").write_text(TALK, encoding="utf-8")


START = """\
async def greeting(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Greeting.name)


"""
TALK = """\
from tests.bot.live_bot import RunningBot


async def test_the_name_that_is_typed_comes_back(live_bot: RunningBot):
    person = await live_bot.person("en")
    question = await person.ask("/greeting")
    assert question["text"] == "What shall we call you?"
    assert (await person.ask("Aigul"))["text"] == "Welcome, Aigul!"
"""


def add_column(tree: Tree) -> None:
    above = "    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)\n"
    tree.replace(
        "knowledge/journal/tables.py", above, f"    note: Mapped[str | None] = mapped_column(Text)\n{above}"
    )
    done = tree.run("python", "-m", "tools.migrate", "an editor may leave a note at a question")
    if done.returncode:
        raise ValueError(done.stdout)


RECIPES = {
    "A service's card": Recipe(
        add_card,
        (
            REGISTRY,
            Check(("qyzmet", "ask", ALIAS, "--json"), shows=f'"slug": "{CARD}"'),
            tests("tests/registry", "tests/knowledge", "tests/guides"),
        ),
    ),
    "An act and its source": Recipe(add_act, (REGISTRY, tests("tests/registry/test_own_data.py"))),
    "A synonym": Recipe(
        lambda tree: tree.write_blocks("A synonym"),
        (
            REGISTRY,
            Check(("qyzmet", "ask", "апостилька", "--json"), shows='"slug": "apostille"'),
            tests("tests/knowledge"),
        ),
    ),
    "An obligation": Recipe(
        lambda tree: tree.write_blocks("An obligation"),
        (
            REGISTRY,
            Check(
                ("qyzmet", "calendar", "--kind", "ministry", "--from", "2026-10-01", "--to", "2026-12-31"),
                shows="Report on apiaries",
            ),
            tests("tests/reminders", "-k", "obligations or naive or making or views"),
        ),
    ),
    "A text in three languages": Recipe(
        lambda tree: tree.write_blocks("A text in three languages"), (TEXTS,)
    ),
    "A dialog": Recipe(
        add_dialog,
        (
            TEXTS,
            tests("tests/bot/test_greeting.py"),
            tests("tests/bot/test_windows.py"),
            *CODE,
        ),
    ),
    "A column or a table": Recipe(add_column, (tests("tests/database/test_migrations.py"), *CODE)),
}


@contextmanager
def copied() -> Iterator[Tree]:
    """A copy of the tracked and untracked files, without ignored ones, in a temporary directory."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    with tempfile.TemporaryDirectory(prefix="qyzmet-contributing-") as folder:
        for name in filter(None, names.split("\0")):
            source, target = ROOT / name, Path(folder, name)
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        yield Tree(Path(folder))


def faults_of(title: str) -> list[str]:
    """The failed checks after following the recipe, each with its output."""
    recipe = RECIPES[title]
    with copied() as tree:
        try:
            recipe.follow(tree)
        except ValueError as error:
            return [f"the recipe cannot be followed: {error}"]
        found = (check.fault(tree) for check in recipe.checks)
        return [fault for fault in found if fault is not None]


def main(titles: list[str]) -> int:
    failed = 0
    for title in titles or RECIPES:
        faults = faults_of(title)
        failed += bool(faults)
        lines = [f"{'FAILED' if faults else 'proved'}: {title}", *faults]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
