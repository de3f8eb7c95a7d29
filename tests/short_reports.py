"""Short government work reports, as cities write them."""

from __future__ import annotations

from pathlib import Path

REPORT = """2012年政府工作报告
——2012年2月8日在市第六届人民代表大会第二次会议上
一、2011年工作回顾
全年城镇新增就业3.72万人，城镇登记失业率控制在4.5%以内，转移输出农村劳动力98.6万人。
二、2012年工作安排
今年新增城镇就业3.5万人，城镇登记失业率控制在4.5%以内。
"""


def report(year: int, jobs: str = "3.72") -> str:
    """The report of a year; `jobs` is what it says of new urban jobs, in 万人."""
    text = REPORT.replace("2011", "Y1").replace("2012", "Y0").replace("3.72", jobs)
    return text.replace("Y1", str(year - 1)).replace("Y0", str(year))


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with this text; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path
