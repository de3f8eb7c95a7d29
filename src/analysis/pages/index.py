from pathlib import Path


def write_index(root: Path) -> Path:
    raise NotImplementedError
