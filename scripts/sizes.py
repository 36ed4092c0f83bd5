"""Name the longest functions and files, and those past the ceilings of our style.

A ceiling is a prompt to look, not a reason to chop: this never fails.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FILES = {".py": 250, ".js": 150, ".css": 150, ".html": 120}
FUNCTION = 40
TEST = 25
FOREIGN = {"vendor", "node_modules", "versions"}


def main() -> None:
    paths = sorted(path for suffix in FILES for path in ours(suffix))
    report("file", [file_size(path) for path in paths])
    modules = [path for path in paths if path.suffix == ".py"]
    report("function", [size for path in modules for size in function_sizes(path)])


def ours(suffix: str) -> Iterator[Path]:
    for path in ROOT.rglob(f"*{suffix}"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") for part in parts)
        if not hidden and FOREIGN.isdisjoint(parts):
            yield path


Size = tuple[int, int, str]
"""Lines, the ceiling, and where."""


def file_size(path: Path) -> Size:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return lines, FILES[path.suffix], str(path.relative_to(ROOT))


def function_sizes(path: Path) -> Iterator[Size]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            ceiling = TEST if node.name.startswith("test_") else FUNCTION
            where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield lines, ceiling, where


def report(kind: str, sizes: list[Size]) -> None:
    if sizes:
        lines, _, where = max(sizes)
        print(f"The longest {kind} has {lines} lines: {where}")
    for lines, ceiling, where in sorted(sizes, reverse=True):
        if lines > ceiling:
            print(f"  {lines} lines, more than {ceiling}: {where}")


if __name__ == "__main__":
    main()
