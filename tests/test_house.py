"""The rules of the house that can be counted: sizes, catalogues, and the README's own lines."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE_LINES = 500
CLASS_LINES = 300
FUNCTION_LINES_P90 = 30


def modules(root: Path) -> list[Path]:
    return sorted((root / "src" / "kaltimtui").rglob("*.py"))


def nodes(root: Path, *kinds: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kinds):
                yield path, node


def length(node: ast.AST) -> int:
    assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_no_module_is_too_long(root: Path) -> None:
    long = {
        p.name: n for p in modules(root) if (n := len(p.read_text().splitlines())) > MODULE_LINES
    }
    assert not long


def test_no_class_is_too_long(root: Path) -> None:
    long = {
        f"{path.name}: {node.name}": length(node)
        for path, node in nodes(root, ast.ClassDef)
        if isinstance(node, ast.ClassDef) and length(node) > CLASS_LINES
    }
    assert not long


def test_functions_are_short(root: Path) -> None:
    lengths = sorted(length(node) for _, node in nodes(root, ast.FunctionDef, ast.AsyncFunctionDef))
    assert lengths[int(len(lengths) * 0.9)] <= FUNCTION_LINES_P90


def test_continuous_integration_runs_the_line_of_the_readme(root: Path) -> None:
    setup = "python3 -m venv .venv && .venv/bin/pip install -qc constraints.txt"
    readme = [line for line in (root / "README.md").read_text().splitlines() if setup in line]
    opening, testing = readme
    assert opening.endswith("&& .venv/bin/kaltimtui")
    assert testing in (root / ".ci" / "run").read_text().splitlines()


def test_the_catalogues_are_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "translate.py", "--check"],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
