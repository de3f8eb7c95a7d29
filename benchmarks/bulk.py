"""Thousands of full-length reports through `analysis ingest DIR`: time, processor time, memory.

``python -m benchmarks.bulk [--reports 6000] [--characters 15000] [--jobs 2]``: invented government
work reports, most of each about other things than labour, taken into an empty project.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .accuracy.phrasing import government_report

FIELDS = (
    "工业",
    "农业",
    "旅游业",
    "商贸流通",
    "交通运输",
    "水利",
    "教育",
    "卫生",
    "文化",
    "科技创新",
    "生态环境",
    "城市建设",
    "乡村建设",
    "招商引资",
    "对外开放",
    "金融",
    "房地产",
    "民政救助",
    "社会治安",
    "安全生产",
    "机关作风",
)
PLACES = ("东城", "南河", "北山", "西坝", "开发区", "老城区", "沿江片区", "高新园区", "县城", "重点镇")
SENTENCES = (
    "{field}稳步发展，完成投资{a}亿元，增长{p}%。",
    "{place}新建项目{n}个，竣工{m}个，总投资{a}亿元，其中市级以上重点项目{k}个。",
    "坚持把{field}摆在突出位置，完善体制机制，强化要素保障，发展环境不断优化。",
    "规模以上企业达到{n}户，新增{k}户，实现增加值{a}亿元、利润{b}亿元，分别增长{p}%和{q}%。",
    "全年接待游客{a}万人次，实现综合收入{b}亿元，同比分别增长{p}%、{q}%。",
    "改造公路{n}公里，整治病险水库{k}座，解决{m}万人饮水安全问题。",
    "{place}建成标准厂房{a}万平方米，引进企业{n}家，预计年产值{b}亿元。",
    "深入推进{field}领域改革，取消和下放审批事项{n}项，办理时限压缩{p}%。",
    "粮食产量{a}万吨，出栏生猪{b}万头，农产品加工率达到{p}%。",
    "空气质量优良天数{n}天，森林覆盖率{p}%，万元生产总值能耗下降{q}%。",
    "发放救助资金{a}万元，惠及困难群众{n}人；建成养老床位{m}张。",
    "落实惠民政策，就业、社保、住房、教育等民生支出占财政支出的比重达到{p}%。",
    "认真办理人大代表建议{n}件、政协委员提案{m}件，办结率100%。",
    "加强干部队伍建设，严格执行中央八项规定，“三公”经费下降{p}%。",
    "坚持以人民为中心的发展思想，把{field}作为改善民生、促进和谐的重要抓手，倾听群众呼声，回应社会关切。",
    "强化规划引领，注重项目支撑，{place}的带动作用进一步显现，{field}质量和效益同步提升。",
    "实施更加积极的就业政策，支持高校毕业生、农民工和就业困难人员就业创业，构建和谐劳动关系。",
    "健全{field}工作责任制，加强督查考核，形成上下联动、齐抓共管的工作格局。",
    "大力弘扬求真务实的作风，深入基层调查研究，切实解决{field}中存在的突出问题和薄弱环节。",
    "抢抓国家扩大内需和西部开发的机遇，积极争取政策和资金支持，{field}基础条件明显改善。",
    "引导社会力量参与{field}，推行政府购买服务，公共服务供给的方式更加多样，群众更加便利。",
    "完善应急预案和联防联控机制，妥善处置突发事件，{place}社会大局保持和谐稳定。",
    "我们清醒地看到，{field}基础仍然薄弱，结构性矛盾突出，群众增收渠道不宽，需要在今后工作中认真解决。",
    "加快推进{place}到{field}配套项目的前期工作，力争{k}月开工建设。",
    "新增城镇建成区面积{k}.{m}平方公里，城镇化率提高{q}个百分点。",
    "进出口总额{a}万美元，增长{p}%；实际利用外资{b}万美元。",
    "{field}人才引进{n}人，高新技术企业总数达到{m}家，研发经费投入强度{q}%。",
    "刑事案件下降{p}%，群众安全感满意度达{r}%，连续{k}年获评平安建设先进市。",
)


def paragraph(rng: random.Random) -> str:
    """Five to twelve sentences on one field of government."""
    field = rng.choice(FIELDS)
    said = [
        sentence.format(
            field=field,
            place=rng.choice(PLACES),
            a=round(rng.uniform(1, 900), 1),
            b=round(rng.uniform(1, 300), 2),
            n=rng.randint(11, 990),
            m=rng.randint(11, 300),
            k=rng.randint(2, 9),
            p=round(rng.uniform(3, 40), 1),
            q=round(rng.uniform(1, 9), 2),
            r=round(rng.uniform(85, 99), 1),
        )
        for sentence in rng.sample(SENTENCES, rng.randint(5, 12))
    ]
    return f"　　——{field}。" + "".join(said)


def lengthened(rng: random.Random, text: str, characters: int) -> str:
    """A short report with paragraphs on other things behind each of its lines but the head's."""
    head, *lines = text.split("\n一、", 1)
    lines = f"一、{lines[0]}".split("\n") if lines else []
    share = (characters - len(text)) / max(1, len(lines))
    for n in range(len(lines), 0, -1):
        added = ""
        while len(added) < share:
            added += "\n" + paragraph(rng)
        lines.insert(n, added.strip("\n"))
    return "\n".join([head, *lines])


def write(folder: Path, reports: int, characters: int) -> int:
    """So many reports as ``<region>/<year>-government-report.txt``; the characters in all."""
    met: Counter[int] = Counter()
    total = 0
    for seed in range(reports):
        rng = random.Random(seed)
        case = government_report(rng, 0.1)
        text = lengthened(rng, case.text, characters)
        region = folder / f"city-{met[case.year]:03}"
        met[case.year] += 1
        region.mkdir(exist_ok=True)
        (region / f"{case.year}-government-report.txt").write_text(text, encoding="utf-8")
        total += len(text)
    return total


def memory(process: int) -> float:
    """Megabytes held by a process and its workers, pages they share counted once."""
    children = Path(f"/proc/{process}/task/{process}/children")
    total = 0.0
    for one in (str(process), *children.read_text().split()):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description=__doc__)
    options.add_argument("--reports", type=int, default=6000)
    options.add_argument("--characters", type=int, default=15_000)
    options.add_argument("--jobs", type=int, default=2)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bulk-") as scratch:
        inbox, project = Path(scratch, "inbox"), Path(scratch, "project")
        inbox.mkdir()
        (project / "data").mkdir(parents=True)
        (project / "notebooks").mkdir()
        (project / "pyproject.toml").touch()
        characters = write(inbox, chosen.reports, chosen.characters)
        held: list[float] = []
        start = time.monotonic()
        command = [sys.executable, "-m", "analysis", "--root", project, "ingest", inbox]
        with subprocess.Popen(
            [*command, "--jobs", str(chosen.jobs)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            while run.poll() is None:
                with contextlib.suppress(OSError, StopIteration):  # one of them has just ended
                    held.append(memory(run.pid))
                time.sleep(2)
        took = time.monotonic() - start
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        third = max(1, len(held) // 3)
        parts = [held[:third], held[third:-third], held[-third:]]
        print(
            f"{chosen.reports:,} reports of {characters // chosen.reports:,} characters, "
            f"{chosen.jobs} processes: {took:.0f} s, {spent.ru_utime + spent.ru_stime:.0f} s of "
            f"processor time; megabytes at most in the first, second and last third: "
            f"{', '.join(f'{max(part, default=0):.0f}' for part in parts)}"
        )
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
