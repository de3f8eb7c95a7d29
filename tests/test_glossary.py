"""One word for one thing: the glossary of docs/architecture.md against the code's names."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "analysis"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
FILES = {path.with_suffix("") for path in TREES} | {path.parent for path in TREES}

_CHAPTER = (ROOT / "docs/architecture.md").read_text("utf-8").partition("## One word for one thing")
GLOSSARY = _CHAPTER[2].partition("\n## ")[0]
TERMS = {
    word: line
    for line in GLOSSARY.splitlines()
    if line.startswith("| *")
    for word in re.findall(r"\*(\w+)\*", line.split("|")[1])
}

DEFINITIONS = (ast.ClassDef, ast.FunctionDef)


def defined(kind: type[ast.ClassDef] | type[ast.FunctionDef]) -> dict[str, list[Path]]:
    """Modules by the public name of a class or function they define."""
    found = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, kind) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(SOURCE))
    return found


def shared(found: dict[str, list[Path]]) -> dict[str, list[Path]]:
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_no_two_classes_have_one_name():
    assert not shared(defined(ast.ClassDef))


def test_modules_of_one_name_are_of_the_same_thing_says_the_glossary():
    stems = defaultdict(set)
    for path in TREES:
        stems[path.stem].add(path.parent)
    twice = {stem for stem, folders in stems.items() if len(folders) > 1} - {"__init__"}
    assert {stem.removesuffix("s") for stem in twice} <= {word.removesuffix("s") for word in TERMS}


def test_a_function_whose_name_another_module_has_is_called_by_its_module():
    twice = shared(defined(ast.FunctionDef))
    bare = [
        f"{path.relative_to(SOURCE)}: {node.module}.{alias.name}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis")
        for alias in node.names
        if alias.name in twice
        and path.name != "__init__.py"
        and SOURCE.parent.joinpath(*str(node.module).split("."), alias.name) not in FILES
    ]
    assert not bare


def test_every_class_the_glossary_names_is_there_and_in_the_module_it_says():
    assert len(TERMS) > 20
    for module, name in re.findall(r"`(\w+(?:/\w+)*)\.([A-Z]\w+)`", GLOSSARY):
        names = {n.name for n in TREES[SOURCE / f"{module}.py"].body if isinstance(n, DEFINITIONS)}
        assert name in names, f"{module}.py has no {name}"


UNFIT = {
    # verbs in the third person and participles that leave their noun out
    r"^_?(speaks|says|drawn_in|told_from|comes|goes)$",
    # a picture is a chart, a number a figure
    r"(^|_)(fig|figs|plot|graph)s?(_|$)",
    # abbreviations of our own
    r"(^|_)(num|val|ind|obs|doc|docs|reg|cfg|conf|tmp|idx|cnt|calc|util|utils|helper|helpers|mgr|msg|str2\w*)(_|$)",
}


def test_names_are_whole_words_and_say_a_picture_is_a_chart():
    named = {n.name: path for path, tree in TREES.items() for n in ast.walk(tree) if isinstance(n, DEFINITIONS)} | {
        path.stem: path for path in TREES
    }
    assert not [name for name in named if any(re.search(each, name) for each in UNFIT)]
