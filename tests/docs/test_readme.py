"""What the README shows is what there is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import Settings, variable_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RINGFENCE = Path(sys.executable).parent / "ringfence"


def commands() -> list[str]:
    """Every `ringfence ...` line of a code block, without what follows `#`."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    lines = [line.partition("#")[0].strip() for kind, block in blocks if not kind for line in block.splitlines()]
    return [line.partition("ringfence ")[2] for line in lines if "ringfence " in line]


def test_the_example_mapping_is_the_one_that_is_tested() -> None:
    shown = re.search(r"^```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert shown
    assert shown[1] == (ROOT / "tests" / "data" / "amlsim" / "mapping.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", commands())
def test_every_command_shown_exists_with_its_options(command: str) -> None:
    words = command.split()
    name = [word for word in words[:2] if re.fullmatch("[a-z]+", word)]
    found = subprocess.run([RINGFENCE, *name, "--help"], capture_output=True, text=True, check=False)
    if found.returncode:  # the second word was an argument
        found = subprocess.run([RINGFENCE, name[0], "--help"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    for option in (word for word in words if word.startswith("--")):
        assert option in found.stdout


def test_every_setting_is_in_the_table() -> None:
    shown = re.findall(r"^\| `(RINGFENCE_\w+)` \| (.*?) ?\| (.+) \|$", README, re.MULTILINE)
    settings = [
        (variable_of(name), f"`{field.default}`" if field.default else "", field.description)
        for name, field in Settings.model_fields.items()
    ]
    assert shown == settings


def test_pictures_and_pages_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", README):
        assert (ROOT / target).exists(), target
