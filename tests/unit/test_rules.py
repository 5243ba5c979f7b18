"""The rules that keep the code as it is meant to be: who may import what, and how long things may get."""

import ast
import importlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "tools", "adapters")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
HEAVY = {"torch", "diffusers", "transformers"}
SLOW = HEAVY | {"langchain", "langchain_core", "langchain_openai", "langgraph", "openai", "accelerate"}
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, also inside functions and by `import_module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relatively"
            yield str(node.module)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("bot", {"tools", "adapters"}), ("tools", {"adapters"}), ("adapters", {"tools"})],
)
def test_imports_point_one_way(package: str, forbidden: set[str]) -> None:
    """Tools and adapters import bot and not each other; bot imports neither."""
    files = [path for path in FILES if named(path).startswith(f"{package}/")]
    assert files
    assert {named(path): tops(path) & forbidden for path in files if tops(path) & forbidden} == {}


def test_nothing_imports_the_tests() -> None:
    """The product knows nothing of its tests, recipes and benchmarks."""
    outside = {"tests", "training", "benchmarks", "pytest", "hypothesis"}
    assert {named(path): tops(path) & outside for path in FILES if tops(path) & outside} == {}


def test_only_the_painter_imports_torch() -> None:
    """Within the product, torch, diffusers and transformers are imported below tools/engine/painter/ only."""
    found = {named(path) for path in FILES if tops(path) & HEAVY}
    assert found
    assert {name for name in found if not name.startswith("tools/engine/painter/")} == set()


def loaded(script: str) -> set[str]:
    """The top names of all modules that a fresh process has loaded after a script."""
    ending = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{ending}"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


HELP = """
from bot.cli import main
try:
    main(["{}"])
except SystemExit as end:
    assert not end.code, end.code
"""


@pytest.mark.parametrize(
    "script",
    [
        "import bot",
        HELP.format("--help"),
        HELP.format("plugins"),
        "from bot import plugins; [plugins.available(group) for group in plugins.GROUPS]",
    ],
    ids=["import bot", "limner --help", "limner plugins", "listing"],
)
def test_what_is_asked_often_is_light(script: str) -> None:
    """Neither the vocabulary, nor `limner --help`, nor a listing of plugins imports torch, LangChain or openai."""
    assert loaded(script) & SLOW == set()


def test_the_vocabulary_and_help_need_no_pydantic_or_sqlalchemy() -> None:
    """`limner --help` doesn't pay for the settings, the database or the painter's client."""
    assert loaded(HELP.format("--help")) & {"pydantic", "sqlalchemy", "httpx", "numpy", "PIL"} == set()


def test_settings_are_light() -> None:
    """Reading the settings imports neither torch nor LangChain nor SQLAlchemy."""
    assert loaded("import bot.settings, bot.plugins") & (SLOW | {"sqlalchemy"}) == set()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_files_and_functions_stay_short(path: Path) -> None:
    """No file is over 300 lines, no function over 50; each module says what it is for."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MAX_FILE_LINES
    long = {
        f"{named(path)}:{function.lineno} {function.name}"
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert long == set()
    assert ast.get_docstring(tree(path))


def test_the_vocabulary_is_exact() -> None:
    """`bot.__all__` names all that `bot` imports for plugins, in order, and nothing else."""
    given = {
        alias.asname or alias.name
        for node in tree(ROOT / "bot" / "__init__.py").body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(bot.__all__) == given
    assert bot.__all__ == sorted(bot.__all__)
    assert all(hasattr(bot, name) for name in bot.__all__)


def test_other_exact_lists() -> None:
    """Every `__all__` names what is there."""
    for path in FILES:
        if any(isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__" for node in tree(path).body):
            if "painter" in path.parts:
                continue  # its imports are heavy
            module = importlib.import_module(
                named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
            assert all(hasattr(module, name) for name in module.__all__)


def test_entry_points_lead_somewhere() -> None:
    """Every built-in plugin's entry point names a module and something in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for group, points in project["entry-points"].items():
        for name, target in points.items():
            module, _, thing = target.partition(":")
            file = ROOT / f"{module.replace('.', '/')}.py"
            file = file if file.exists() else file.with_suffix("") / "__init__.py"
            assert file.exists(), f"{group}: {name} = {target}"
            assert thing in file.read_text(encoding="utf-8"), f"{group}: {name} = {target}"


def test_no_mock_is_used() -> None:
    """No test replaces a part of ours: neither unittest.mock nor monkeypatch.setattr."""
    forbidden = {"unittest"}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        assert tops(path) & forbidden == set(), named(path)
        if path.name != Path(__file__).name:
            assert "monkeypatch.setattr" not in path.read_text(encoding="utf-8"), named(path)
