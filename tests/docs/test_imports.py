"""import-linter's contracts look at neighbouring rooms; this one at every module."""

import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]


def test_modules_have_no_import_cycles():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    rooms = settings["tool"]["importlinter"]["root_packages"]
    graph = grimp.build_graph(*rooms, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle
