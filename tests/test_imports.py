"""Data flows one way: a module imports from its own layer or one below, never above."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    {"config", "stopping", "turns", "words"},
    {"engines"},
    {"db", "texting.clean", "texting.letters"},
    {"many"},
    {"texting.pasted", "texting.numbering", "texting.phone", "texting.segments",
     "texting.status", "texting.keywords"},
    {"models", "schema", "kaleyra"},
    {"inside.marks", "inside.faults", "inside.logs", "inside.tally"},
    {"live"},
    {"searching"},
    {"texting"},
    {"desk"},
    {"hooks", "worker"},
    {"web", "api", "cli", "first_run", "keeping", "inside"},
    {"practising"},
    {"server"},
    {"start"},
]  # fmt: skip
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}


def part_of(module: str) -> str:
    """The part of the house a module belongs to: the longest name that is listed."""
    names = module.removeprefix("conversations.").split(".")
    candidates = [".".join(names[:length]) for length in range(len(names), 0, -1)]
    return next((name for name in candidates if name in LEVEL), names[0])


def imported_by(source: str, module: str) -> set[str]:
    """The parts of the house that a module's source imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {part_of(name) for name in found if name.startswith("conversations.")}


def upward(source: str, module: str) -> set[str]:
    home = LEVEL[part_of(module)]
    return {part for part in imported_by(source, module) if LEVEL[part] > home}


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
        ".__init__"
    ): path
    for path in (ROOT / "conversations").rglob("*.py")
}
del MODULES["conversations"]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_from_its_own_layer_or_below(module: str) -> None:
    assert not upward(MODULES[module].read_text(), module)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_knows_the_app(module: str) -> None:
    assert "from app import" not in MODULES[module].read_text()


def test_a_bad_import_is_found() -> None:
    bad = "from conversations.web import pages\nfrom conversations.db import db"

    assert upward(bad, "conversations.texting.sending") == {"web"}
    assert upward(bad, "conversations.web.pages") == set()
    assert upward("import conversations.texting.sending", "conversations.live.hub")
