"""Write the digests of today's images into deploy/: the same tags, held to one content."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = (DEPLOY / "Containerfile", DEPLOY / "compose.yaml")
IMAGE = re.compile(r"(?P<image>docker\.io/library/[\w.-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest_of(image: str) -> str:
    """The digest of the image's list of platforms, as its registry tells it now."""
    skopeo = shutil.which("skopeo")
    if skopeo is None:
        sys.exit("skopeo is not there: install it, or run this where it is.")
    command = [skopeo, "inspect", "--no-tags", "--format", "{{.Digest}}", f"docker://{image}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
    if not _DIGEST.fullmatch(told):
        sys.exit(f"{image}: no digest was told")
    return told


def pin(files: tuple[Path, ...] = FILES) -> None:
    digests: dict[str, str] = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        for image in sorted({found["image"] for found in IMAGE.finditer(text)}):
            digests.setdefault(image, digest_of(image))
        file.write_text(
            IMAGE.sub(lambda found: f"{found['image']}@{digests[found['image']]}", text), encoding="utf-8"
        )
    for image, digest in digests.items():
        print(f"{image}@{digest}")  # noqa: T201  a command's output


if __name__ == "__main__":
    pin()
