"""The house itself: what a stranger downloads, starts and reads."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import LOCAL, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "rankscope"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGED = {".py", ".typed", ".csv", ".yaml", ".json", ".md", ".css", ".js", ".html", ".j2", ".bib"}
HEAVY = {"numpy", "pandas", "scipy", "sklearn", "altair", "vl_convert"}
PROGRAM = Path(sys.executable).with_name("rankscope")
TRACES = re.compile(
    r"""
    (?:^|[^\w.]) / (?:work|root|farm|home|Users) / \w   # a folder of someone's machine
    | --(?:extra-)?index-url | --find[-]links           # where packages come from
    | \b(?:files\.pythonhosted|test\.pypi|registry\.npmjs|deb\.debian|conda\.anaconda)\.
    | \bpypi\.org/simple
    """,
    re.VERBOSE | re.MULTILINE,
)


CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def project_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.fail("the files of the project are those that git knows: run this in a checkout")
    return [path for name in listed.stdout.split("\0") if (path := ROOT / name).is_file()]


def modules_after(statements: str, *arguments: str) -> set[str]:
    """Run statements in a fresh interpreter, as the program would, and return what it loaded."""
    code = (
        "import json, sys\n"
        f"sys.argv = ['rankscope', *{arguments!r}]\n"
        "try:\n"
        f"    {statements}\n"
        "except SystemExit as leave:\n"
        "    assert not leave.code, leave.code\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


# ── what a stranger downloads ────────────────────────────────────────────────


def test_no_file_names_a_registry_or_a_folder_of_somebodys_machine() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit[0].strip()}" for hit in TRACES.finditer(text)]

    assert found == []


@pytest.mark.parametrize(
    "trace",
    ["see /" + "root/x", "--index" + "-url x", "--extra-index" + "-url x", "pypi.org" + "/simple"],
)
def test_that_search_can_fail(trace: str) -> None:
    assert TRACES.search(trace)


def test_the_package_holds_only_kinds_of_files_that_we_mean_to_ship() -> None:
    strays = [
        str(path.relative_to(ROOT))
        for path in project_files()
        if path.is_relative_to(PACKAGE) and path.suffix not in PACKAGED and path.name != "py.typed"
    ]

    assert strays == []


def test_the_package_stays_below_two_megabytes() -> None:
    packed = sum(
        len(zlib.compress(path.read_bytes()))
        for path in project_files()
        if path.is_relative_to(PACKAGE)
    )

    assert packed < 2_000_000


def test_the_package_tells_type_checkers_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_the_readme_is_the_face_of_the_package() -> None:
    assert PROJECT.get("readme") == "README.md"


def test_constraints_are_plain_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    plain = re.compile(r'[\w.-]+==[\w.]+(; python_version (<|>=) "3\.\d+")?')

    assert [line for line in lines if not line.startswith("#") and not plain.fullmatch(line)] == []


def test_every_dependency_has_a_constraint() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    extras = PROJECT["optional-dependencies"].values()
    wanted = {re.split(r"[\[<>=~;]", name)[0].lower() for names in extras for name in names} | {
        re.split(r"[\[<>=~;]", name)[0].lower() for name in PROJECT["dependencies"]
    }

    assert {name for name in wanted if f"\n{name}==" not in text} == {"rankscope"}


# ── what a stranger starts ───────────────────────────────────────────────────


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert modules_after("import rankscope") & HEAVY == set()


def test_help_loads_nothing_heavy() -> None:
    assert modules_after("from rankscope.cli import main; main()", "--help") & HEAVY == set()


def test_ranking_loads_no_optimiser_statistics_learning_or_charts() -> None:
    loaded = modules_after("from rankscope.cli import main; main()", "rank", "ai-capacity")

    assert loaded & {"scipy.optimize", "scipy.stats", "sklearn", "altair", "vl_convert"} == set()


def test_all_names_what_can_be_imported() -> None:
    code = (
        "import inspect, json, rankscope as r\n"
        "seen = {n: getattr(r, n) for n in dir(r) if not n.startswith('_')}\n"
        "print(json.dumps([sorted(n for n in r.__all__ if not n.startswith('_')),\n"
        "    sorted(n for n, v in seen.items() if not inspect.ismodule(v))]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    promised, importable = json.loads(done.stdout)

    assert promised
    assert promised == importable


def test_the_version_is_the_same_everywhere() -> None:
    told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)

    assert PROJECT["version"] in told.stdout
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def fake_python(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    program.chmod(0o755)


def bootstrap(tmp_path: Path, **pythons: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up with nothing on the PATH but these Pythons and the tools it names."""
    tree, tools = tmp_path / "a tree", tmp_path / "bin"
    (tree / "scripts").mkdir(parents=True)
    tools.mkdir()
    for name in ("scripts/bootstrap.sh", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tree / name)
    for tool in ("cat", "cksum", "dirname", "rm", "tail"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    for name, script in pythons.items():
        fake_python(tools, name.replace("_", "."), script)
    return subprocess.run(
        [str(shutil.which("sh")), tree / "scripts" / "bootstrap.sh"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )


STUB = "echo 'not installed, pick another version' >&2; exit 127"
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1;; esac; [ "$1" = -c ] || echo Python 3.11.2'
COMPLETE = '[ "$1" = -c ] && exit 0; echo "$0 $*"; exit 0'


def test_setting_up_passes_by_a_python_that_is_only_a_stub(tmp_path: Path) -> None:
    done = bootstrap(tmp_path, python3_13=STUB, python3_12=WITHOUT_VENV, python3=COMPLETE)

    assert "bin/python3 -V" in done.stdout
    assert "not installed" not in done.stderr


def test_setting_up_without_venv_says_what_to_install(tmp_path: Path) -> None:
    done = bootstrap(tmp_path, python3=WITHOUT_VENV)

    assert done.returncode == 1
    assert "python3 (Python 3.11.2) comes without it" in done.stderr
    assert "apt install python3-venv" in done.stderr


def test_setting_up_without_a_python_says_which_is_needed(tmp_path: Path) -> None:
    done = bootstrap(tmp_path, python3=STUB)

    assert done.returncode == 1
    assert "Python 3.11 or newer, and none was found" in done.stderr


# ── what a stranger reads ────────────────────────────────────────────────────


def test_make_without_a_target_lists_the_verbs() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    verbs = re.findall(r"^make (\w+)", listed.stdout, re.MULTILINE)

    assert verbs == ["help", "demo", "test", "lint", "bench", "screens"]


def documents() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]


def commands(program: str, *paths: Path) -> set[str]:
    """Return the verbs that these documents use with a program: in code, never in prose."""
    code = [
        line.strip()
        for path in paths
        for block in CODE.findall(path.read_text("utf-8"))
        for line in block.strip("`").splitlines()
    ]
    pattern = re.compile(rf"(?:^|&& |\$ |/){program} ([a-z][a-z-]*)")
    return {verb for line in code for verb in pattern.findall(line)}


def test_every_make_verb_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert commands("make", *documents()) <= targets


def test_every_command_that_the_readme_names_exists() -> None:
    verbs = commands("rankscope", ROOT / "README.md")
    environment = {**os.environ, "NO_COLOR": "1"}
    unknown = {
        verb
        for verb in verbs
        if subprocess.run(
            [PROGRAM, verb, "--help"], capture_output=True, check=False, env=environment
        ).returncode
    }

    assert verbs
    assert unknown == set()


def test_every_convention_that_the_code_cites_is_written_down() -> None:
    text = (ROOT / "docs" / "conventions.md").read_text("utf-8")
    written = set(re.findall(r"^#+ §(\d+)", text, re.MULTILINE))
    written |= set(re.findall(r"^\*\*§(\d+\.\d+)", text, re.MULTILINE))
    cited = {
        (number, str(path.relative_to(ROOT)))
        for path in project_files()
        if path.suffix in {".py", ".md", ".yaml"}
        for number in re.findall(
            r"conventions(?:\.md)?,? §(\d+(?:\.\d+)?)", path.read_text("utf-8")
        )
    }

    assert {citation for citation in cited if citation[0] not in written} == set()


# ── that the browser tests can fail ──────────────────────────────────────────


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script src='https://example.org/a.js'></script>", "request: https://example.org/a.js"),
        ("<script>missing()</script>", "script error: missing is not defined"),
        ("<script>console.error('no')</script>", "console error: no"),
    ],
)
def test_a_page_that_misbehaves_is_caught(
    browser: Browser, tmp_path: Path, body: str, complaint: str
) -> None:
    (tmp_path / "page.html").write_text(f"<!doctype html><title>x</title>{body}")
    page, watch = browser.new_page(), Watch(LOCAL)
    watch.over(page)
    page.goto((tmp_path / "page.html").as_uri())
    page.close()

    assert complaint in watch.complaints
