"""What a user installs: one lock, for conda, for `make` and for the tests."""

from __future__ import annotations

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


def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def test_every_line_of_the_lock_is_pinned_and_hashed():
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[^\s;]+( ;.*)? \\\n", entry), entry[:80]
        assert "--hash=sha256:" in entry
    assert "://" not in LOCK


def test_conda_brings_python_and_pip_and_the_lock_the_rest():
    *from_conda, rest = environment()["dependencies"]
    assert [entry.partition("=")[0] for entry in from_conda] == ["python", "pip"]
    assert rest == {"pip": ["-r requirements.lock"]}


def test_the_lock_holds_what_the_project_asks_for():
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["cluster"],
        *project["dependency-groups"]["test"],
        *project["build-system"]["requires"],
    ]
    for requirement in asked:
        name = re.match(r"[A-Za-z0-9-]+", requirement)
        assert name and re.search(rf"^{name[0].lower()}==", LOCK, re.MULTILINE), requirement


def test_every_direct_dependency_is_explained():
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for name in (*project["project"]["dependencies"], *project["dependency-groups"]["test"]):
        assert f"`{name}`" in text, name


@pytest.mark.timeout(600)
def test_the_main_job_runs_in_an_empty_environment_made_from_environment_yml(tmp_path):
    """As conda does it: the pip section as one requirements file beside environment.yml."""
    project = tmp_path / "project"
    skip = shutil.ignore_patterns(".git", ".venv", "figures", "reports", ".build", "*_cache")
    shutil.copytree(ROOT, project, ignore=skip)
    listed = environment()
    lines = listed["dependencies"][-1]["pip"]
    (project / "conda.requirements.txt").write_text("\n".join(lines) + "\n", "utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    there = {**clean, **listed.get("variables", {})}

    def run(*command: str | Path, env: dict[str, str] = there, cwd: Path = project) -> str:
        done = subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    run(sys.executable, "-m", "venv", "env", env=clean)
    python = project / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "-r", "conda.requirements.txt", env=clean)
    said = run(python, "-m", "analysis", "build", "--region", "guangyuan", "--year", "2009")
    assert "0 failed" in said
    assert list(project.glob("figures/guangyuan/2009/*.svg"))
    assert list(project.glob("reports/guangyuan/2009/*.html"))
    again = run(python, "-m", "analysis", "build", "--region", "guangyuan", "--year", "2009")
    assert again.startswith("0 to build")

    where = "import analysis; print(analysis.__file__)"
    assert "src/analysis" in run(python, "-c", where, cwd=project / "notebooks")
    binder = {**clean, "PATH": f"{python.parent}{os.pathsep}{clean['PATH']}"}
    run(project / "postBuild", env=binder)
    assert "src/analysis" in run(python, "-c", where, env=binder, cwd=tmp_path)
