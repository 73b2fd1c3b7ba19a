"""Leave in an SBOM what names and licenses each package; addresses of projects and indices go.

`python -m tools.sbom FILE` rewrites the file.
"""

import json
import sys
from pathlib import Path
from typing import Any


def lean(bom: Any) -> Any:
    """The same document without `externalReferences`, at any depth."""
    if isinstance(bom, dict):
        return {name: lean(value) for name, value in bom.items() if name != "externalReferences"}
    return [lean(one) for one in bom] if isinstance(bom, list) else bom


def main(path: Path) -> None:
    bom = lean(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(bom, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
