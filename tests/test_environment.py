"""What a user installs: one lock, for conda and `make`; the tests another that holds it whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
TEST_LOCK = (ROOT / "requirements-test.lock").read_text("utf-8")


def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def project() -> dict:
    tomllib = pytest.importorskip("tomllib")
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(lock: str) -> dict[str, set[str]]:
    """The versions a lock pins of each name: one for each range of Pythons or systems."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK], ids=["use", "test"])
def test_every_line_of_the_locks_is_pinned_and_hashed(lock):
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[^\s;]+( ;.*)? \\\n", entry), entry[:80]
        assert "--hash=sha256:" in entry
    assert "://" not in lock


def test_the_tests_run_with_the_very_versions_that_users_have():
    assert {name: pins(TEST_LOCK).get(name) for name in pins(LOCK)} == pins(LOCK)


def test_who_only_reads_installs_no_tool_of_the_tests():
    tools = {"playwright", "pytest", "mypy", "ruff", "hypothesis", "duckdb", "pyarrow", "distributed"}
    assert not tools & pins(LOCK).keys()
    assert tools <= pins(TEST_LOCK).keys()


def test_conda_brings_python_and_pip_and_the_lock_the_rest():
    *from_conda, rest = environment()["dependencies"]
    assert [entry.partition("=")[0] for entry in from_conda] == ["python", "pip"]
    assert rest == {"pip": ["-r requirements.lock"]}


def test_the_locks_hold_what_the_project_asks_for():
    parts = project()
    use = [*parts["project"]["dependencies"], *parts["dependency-groups"]["build"], *parts["build-system"]["requires"]]
    extras = parts["project"]["optional-dependencies"].values()
    tools = [tool for tool in parts["dependency-groups"]["test"] if isinstance(tool, str)]
    assert {name.lower() for name in use} <= pins(LOCK).keys()
    assert {name for extra in extras for name in extra} | set(tools) <= pins(TEST_LOCK).keys()


def test_every_direct_dependency_is_explained():
    parts = project()
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    asked = [
        parts["project"]["dependencies"],
        *parts["project"]["optional-dependencies"].values(),
        *parts["dependency-groups"].values(),
    ]
    for name in (name for names in asked for name in names if isinstance(name, str)):
        assert f"`{name}`" in text, name


def test_name_and_version_are_the_same_wherever_the_project_is_cited():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    deposited = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
    named = project()["project"]
    assert cited["version"] == deposited["version"] == named["version"]
    assert cited["title"] == deposited["title"]
    assert cited["title"].startswith(f"{named['name']}: ")


def test_files_that_contributors_are_sent_to_are_there():
    text = "".join((ROOT / name).read_text("utf-8") for name in ("CONTRIBUTING.md", "docs/architecture.md"))
    named = re.findall(r"(?<![\w/*.<])[\w-]+(?:/[\w-]+)*\.(?:py|yaml|md|toml|cff)\b", text)
    assert len(named) > 15
    package = ROOT / "src/analysis"
    folders = [ROOT, ROOT / "docs", package, package / "codebook"]
    assert not [name for name in named if not any((f / name).is_file() for f in folders)]


def run(*command: str | Path, env: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}


def another_python() -> str | None:
    """The newest other Python here that the project supports; pyenv's may stand in no PATH."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    named = [shutil.which(f"python3.{minor}") for minor in range(11, 15)]
    found = {}
    for path in filter(None, [*named, *pyenv.glob("versions/3.1[1-9]*/bin/python")]):
        asked = [path, "-c", "import ensurepip, sys; print(sys.version_info.minor)"]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if said in {str(minor) for minor in range(11, 15)} - {str(sys.version_info.minor)}:
            found[int(said)] = str(path)
    return found[max(found)] if found else None


@pytest.fixture
def conda(request) -> Path:
    """Python of an environment with what environment.yml lists, made once for each lock.

    As conda does it: the pip section as one requirements file beside environment.yml. Of another
    Python than runs the tests, where there is one: the lock is installed in this one already.
    """
    python = another_python() or sys.executable
    listed = "\n".join(environment()["dependencies"][-1]["pip"]) + "\n"
    digest = hashlib.sha256((sys.version + python + listed + LOCK).encode()).hexdigest()
    folder = request.config.cache.mkdir("environment")
    stamp, made = folder / "made-for", folder / "env" / "bin" / "python"
    if not stamp.exists() or stamp.read_text("utf-8") != digest:
        stamp.unlink(missing_ok=True)
        run(python, "-m", "venv", "--clear", folder / "env", env=CLEAN, cwd=folder)
        shutil.copy(ROOT / "requirements.lock", folder)
        (folder / "conda.requirements.txt").write_text(listed, "utf-8")
        install = [made, "-m", "pip", "install", "-q", "--no-compile", "-r", "conda.requirements.txt"]
        run(*install, env=CLEAN, cwd=folder)
        stamp.write_text(digest, "utf-8")
    return made


@pytest.mark.timeout(600)
def test_the_main_job_runs_in_an_environment_made_from_environment_yml(conda, tmp_path):
    project = tmp_path / "project"
    skip = shutil.ignore_patterns(".[!.]*", "figures", "reports", "__pycache__")
    shutil.copytree(ROOT, project, ignore=skip)
    active = {**CLEAN, **environment()["variables"]}
    build = [conda, "-m", "analysis", "build", "--region", "guangyuan", "--year", "2009"]
    assert "0 failed" in run(*build, env=active, cwd=project)
    assert list(project.glob("figures/guangyuan/2009/*.svg"))
    assert list(project.glob("reports/guangyuan/2009/*.html"))
    assert run(*build, env=active, cwd=project).startswith("0 to build")
    where = [conda, "-c", "import analysis; print(analysis.__file__)"]
    assert str(project) in run(*where, env=active, cwd=project / "notebooks")


def test_binder_installs_the_package_without_a_download(conda, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(ROOT / "src", project / "src")
    for name in ("pyproject.toml", "README.md", "LICENSE", "postBuild"):
        shutil.copy(ROOT / name, project)
    active = {**CLEAN, "PATH": f"{conda.parent}{os.pathsep}{CLEAN['PATH']}"}
    run(project / "postBuild", env=active, cwd=project)
    try:
        where = [conda, "-c", "import analysis; print(analysis.__file__)"]
        assert str(project) in run(*where, env=active, cwd=tmp_path)
    finally:
        run(conda, "-m", "pip", "uninstall", "-q", "-y", "labour-report-analysis", env=active, cwd=tmp_path)


def test_no_instruction_installs_a_strangers_project_of_our_name():
    named = project()["project"]
    assert named["name"] == "labour-report-analysis"
    assert named["scripts"] == {"analysis": "analysis.cli:main"}
    texts = [ROOT / "README.md", ROOT / "Makefile", ROOT / "postBuild", *ROOT.glob("docs/*.md")]
    installs = [
        line
        for path in texts
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\b(?:pip|uv|pipx)\b.*\binstall\b", line)
    ]
    assert installs
    for line in installs:
        assert not re.search(r"install\b[^#]*[\s'\"]analysis(?:\[|\s|'|$)", line), line
