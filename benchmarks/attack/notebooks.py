"""Hostile notebooks beside a good one: the build ends, names them, and leaves nothing running."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

from ..command import files, marked, outside
from .kills import with_notebook
from .trials import Campaign, Trial, project, reports, take

_LIMIT = 8
_PATIENCE = 300
_CELLS = {
    "loops": "while True: pass",
    "sleeps": "import time; time.sleep(10_000)",
    "waits for input": "input()",
    "reads stdin": "import sys; sys.stdin.read()",
    "raises": "raise ValueError('no')",
    "leaves by SystemExit": "raise SystemExit",
    "leaves by exit()": "exit()",
    "leaves by os._exit": "import os; os._exit(0)",
    "kills itself": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "stops itself": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "recurses": "def f(): f()\nf()",
    "ignores signals": (
        "import signal, time\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\n"
        "while True:\n    try: time.sleep(60)\n    except BaseException: pass"
    ),
    "catches everything": "while True:\n    try: import time; time.sleep(60)\n    except BaseException: pass",
    "prints one long line": "print('x' * 10_000_000)",
    "prints many numbers": "print(list(range(1_000_000)))",
    "overwrites a line": "print('\\r'.join(str(n) for n in range(300_000)))",
    "prints many lines": "for n in range(200_000): print(n)",
    "floods stderr": "import sys\nfor n in range(200_000): print(n, file=sys.stderr)",
    "shows much HTML": "from IPython.display import HTML, display\ndisplay(HTML('<b>' * 200_000))",
    "shows a script": "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))",
    "prints odd signs": "print('\\x00\\ud800\\x1b[2J\\u202e')",
    "closes its files": "import os; os.closerange(0, 4096)",
    "hangs at exit": "import atexit, time; atexit.register(time.sleep, 10_000)",
    "leaves a thread": "import threading, time; threading.Thread(target=time.sleep, args=(10_000,)).start()",
    "leaves a child": "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])",
    "leaves a session": (
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True)"
    ),
    "forks away twice": (
        "import os, subprocess, sys\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.execv(sys.executable, [sys.executable, '-c', {child!r}])\n    os._exit(0)"
    ),
    "forks often": ("import subprocess, sys\nfor _ in range(20): subprocess.Popen([sys.executable, '-c', {child!r}])"),
    "goes elsewhere": "import os; os.chdir('/')",
    "empties its environment": "import os; os.environ.clear()",
    "changes the locale": "import locale; locale.setlocale(locale.LC_ALL, 'C')",
    "raises an odd error": "class E(Exception):\n    def __str__(self): raise E\nraise E",
    "raises without a name": "raise type('', (Exception,), {})('\\n\\n')",
    "deletes builtins": "import builtins; del builtins.print; del builtins.open",
    "eats memory": "x = [bytearray(1 << 20) for _ in range(300)]",
}
_CHILD = "import time; time.sleep(10_000)"
_FILES = {
    "is empty": "",
    "is no JSON": "{",
    "is a list": "[]",
    "is null": "null",
    "has no cells": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "is of another format": '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    "is nested deeply": "[" * 100_000 + "]" * 100_000,
    "has a number as tags": None,
    "has a text as cells": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": "x"}',
    "wants an unknown kernel": None,
    "is binary": "\x00\x01\x02" * 100,
}


def notebooks(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Notebooks one at a time, in turn from a shuffled list, beside one that is good."""
    (sample,) = reports(1, rng)
    names = rng.sample([*_CELLS, *_FILES], len(_CELLS) + len(_FILES))
    for number in range(count):
        name = names[number % len(names)]
        root = with_notebook(project(folder / "project"))
        take(root, sample, folder)
        (root / "notebooks" / "hostile.ipynb").write_text(_notebook(name), encoding="utf-8")
        yield Trial(name, _fault(root))


def _notebook(name: str) -> str:
    content = _FILES.get(name)
    if content is not None:
        return content
    source = _CELLS.get(name, "region").replace("{child!r}", repr(_CHILD))
    kernel = "unknown" if name == "wants an unknown kernel" else "python3"
    tags: object = 7 if name == "has a number as tags" else ["parameters"]
    cells = [
        {
            "cell_type": "code",
            "id": "a",
            "metadata": {"tags": tags},
            "outputs": [],
            "execution_count": None,
            "source": "region = ''\nyear = 0",
        },
        {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "execution_count": None, "source": source},
    ]
    spec = {"name": kernel, "display_name": kernel, "language": "python"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec}, "cells": cells})


def _fault(root: Path) -> str:
    """What a build with a hostile notebook does wrong."""
    mark, raw = uuid.uuid4().hex, dict(files(root / "data" / "raw"))
    ran = outside("--root", root, "build", "--timeout", _LIMIT, "--jobs", 2, seconds=_PATIENCE, mark=mark)
    left = marked(mark)
    if ran.code == -9:
        return f"has not ended after {_PATIENCE} s"
    if ran.traceback:
        return f"ends in a traceback: {ran.err[-200:]}"
    if left:
        return f"{left} processes outlive the build"
    if not list((root / "reports").rglob("small*.html")):
        return "the good notebook has no page"
    if dict(files(root / "data" / "raw")) != raw:
        return "the reports are touched"
    if ran.code and "hostile" not in ran.out + ran.err:
        return f"fails without naming the notebook: {(ran.out + ran.err)[-200:]}"
    return ""


NOTEBOOKS = Campaign(
    "hostile notebooks beside a good one",
    "the build ends and names them, the good page is made, no process stays",
    (1, 47, 120),
    notebooks,
)
