"""What several test modules share: a browser, and property tests that make no claim about time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

#: Modules whose tests wait for kernels and browsers, or read much: to follow each of their steps
#: would double the time of the suite.
UNFOLLOWED = {
    "test_accuracy",
    "test_attack",
    "test_batch_build",
    "test_batch_tables",
    "test_batch_verify",
    "test_bulk",
    "test_charts",
    "test_claims",
    "test_cluster",
    "test_environment",
    "test_faults",
    "test_invariance",
    "test_lab",
    "test_notebooks",
    "test_page_sentences",
    "test_pages",
    "test_pages_index",
    "test_publish",
    "test_scores",
    "test_speed",
}
FOLLOWED = None
# `make test` runs the quick modules (1), then the others (0); taken away from what the tests start themselves
PART = os.environ.get("COVERAGE", "")
if "PYTEST_XDIST_WORKER" in os.environ and os.environ.pop("COVERAGE", "") == "1":
    import coverage  # before the library is imported

    FOLLOWED = coverage.Coverage(data_suffix=True)
    FOLLOWED.start()

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# the process that forks workers finds the modules beside the tests
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))

# a run started in the background ignores Ctrl-C and so would every process that it starts
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(config, val) -> str | None:
    """What pytest, told to leave Chinese in names, could not name or print: bytes, control signs."""
    if isinstance(val, bytes) or (isinstance(val, str) and not val.isprintable()):
        return ascii(val[:60])
    return None


DESKTOP = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Branches are counted in a run of the modules whose tests are quick.

    To stop and go on within one process has left Python 3.11 in an endless loop.
    """
    if not PART or not collection_path.name.startswith("test_"):
        return None
    return (collection_path.stem in UNFOLLOWED) == (PART == "1") or None


def pytest_sessionfinish() -> None:
    if FOLLOWED:
        FOLLOWED.stop()
        FOLLOWED.save()


@pytest.fixture(scope="session")
def warm_process():
    """One process that forks the workers of all builds: to start it takes a second or two."""
    from analysis.batch import server

    program = (
        "from batch_projects import plain_pages\nfrom analysis.batch import run\n"
        "with plain_pages(): run.serve_forked('.')"
    )
    with server.forking(program) as fork:
        yield lambda program: contextlib.nullcontext(fork)


@pytest.fixture
def quick(warm_process, monkeypatch):
    """Builds that do not start such a process each."""
    monkeypatch.setattr("analysis.batch.server.forking", warm_process)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium; its tests are skipped where it is missing."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium here (on Debian: apt install chromium)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """Open a page offline; what it asks of the network and complains about is on the tab."""
    opened = []

    def visit(path, viewport=DESKTOP, scheme="light", **options):
        context = browser.new_context(viewport=viewport, color_scheme=scheme, **{"offline": True, **options})
        tab = context.new_page()
        tab.asked, tab.complaints = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda said: tab.complaints.append(said.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            tab.locator("template[data-html]").first.wait_for(state="detached")
        opened.append(context)
        return tab

    yield visit
    for context in opened:
        context.close()


@pytest.fixture
def accessible():
    """What axe-core finds against a page as it stands."""
    axe = pytest.importorskip("axe_playwright_python.base")

    def accessible(tab) -> list[tuple[str, str]]:
        # a background drawn as a gradient hides from axe what it is; contrast is of its colour
        tab.add_style_tag(content=".scroll { background: none !important }")
        tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        tab.evaluate(axe.AXE_SCRIPT + "; 0")
        violations = tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]

    return accessible
