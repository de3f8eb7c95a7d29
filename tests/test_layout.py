"""Letters on pages to paragraphs: what ends a line and what does not."""

from __future__ import annotations

from analysis.intake.readers.letters import Letter, prose

SIZE = 10.0


def page(*lines: tuple[float, float, str]) -> list[Letter]:
    """Letters of lines given by left edge, base line and text; `|` is a blank that was not written."""
    out = []
    for left, base, text in lines:
        at = left
        for sign in text:
            wide = SIZE if ord(sign) > 0x2000 else SIZE / 2
            out.append(Letter(" " if sign == "|" else sign, at, at + wide, base, SIZE, sign == "|"))
            at += wide
        out.append(Letter("\n", 0, 0, 0, 0))
    return out


def test_blanks_of_justified_chinese_are_none_and_written_ones_stay():
    assert prose([page((0, 90, "新增|就业3 1万|人，in|2012"))])[0] == ["新增就业3 1万人，in 2012"]


def test_a_line_goes_on_where_what_follows_found_no_room():
    lines = page((0, 90, "城镇新增就业达到三万"), (0, 80, "人。"), (0, 70, "社会保险扩面，"), (0, 60, "人数增加。"))
    assert prose([lines])[0] == ["城镇新增就业达到三万人。", "社会保险扩面，", "人数增加。"]
    english = page((0, 90, "many new jobs were"), (0, 80, "12,000"), (0, 70, "Training of people"), (0, 60, "was good"))
    assert prose([english])[0] == ["many new jobs were 12,000", "Training of people was good"]


def test_an_indented_line_opens_a_paragraph_whatever_stands_before():
    lines = page((20, 90, "全年城镇新增就业"), (0, 80, "三万人，失业率控制在"), (20, 70, "社会保险覆盖全市"))
    assert prose([lines])[0] == ["全年城镇新增就业三万人，失业率控制在", "社会保险覆盖全市"]


def test_columns_are_read_one_after_the_other_and_lines_go_on_over_them():
    lines = page(
        (0, 90, "一二三四五六七八九十"),
        (0, 80, "一二三四五六七八九十"),
        (200, 90, "甲乙丙丁戊己庚辛壬癸"),
        (200, 80, "完。"),
    )
    assert prose([lines])[0] == ["一二三四五六七八九十" * 2 + "甲乙丙丁戊己庚辛壬癸完。"]


def test_a_line_ends_where_the_next_stands_lower_though_no_line_feed_does():
    lines = page((20, 90, "全年城镇新增就业三"), (0, 80, "万人，失业率控制在三"), (0, 70, "个百分点。"))
    unended = [letter for letter in lines if letter.sign != "\n"]
    assert prose([unended])[0] == prose([lines])[0] == ["全年城镇新增就业三万人，失业率控制在三个百分点。"]


def test_a_number_that_a_full_chinese_line_breaks_is_one_and_no_other():
    def both(*lines):
        return prose([page(*((0, 90 - 10 * n, line) for n, line in enumerate(lines)))])[0]

    assert both("全年城镇新增就业人数38", "500人，同比持平。") == ["全年城镇新增就业人数38500人，同比持平。"]
    assert both("全年城镇新增就业人数12.", "5万人，同比持平。") == ["全年城镇新增就业人数12.5万人，同比持平。"]
    assert both("二项的人数分别是1.2,", "3.4万人，同比持平。") == ["二项的人数分别是1.2, 3.4万人，同比持平。"]
    assert both("people found work in 38", "500 of them young") == ["people found work in 38 500 of them young"]
    loose = both("全年城镇新增就业人数38", "5000人，其他工作完成都较", "好。")
    assert loose[0].startswith("全年城镇新增就业人数38 5000人")


def test_a_decimal_at_the_beginning_of_a_line_numbers_no_item():
    lines = page((0, 90, "paid were 86,400 people;"), (0, 80, "21.3 million yuan"))
    assert prose([lines])[0] == ["paid were 86,400 people; 21.3 million yuan"]
    items = page((0, 90, "paid were 86,400 people;"), (0, 80, "2. Training"))
    assert len(prose([items])[0]) == 2


def test_words_set_apart_to_fill_a_line_are_no_table():
    line = ((0, 80, "6,000;"), (60, 80, "4050"), (100, 80, "1,500"))
    assert prose([page((0, 90, "people found their work"), *line)])[1] == []
    assert prose([page((0, 90, "people found their work in these months"), *line)])[1] != []


def test_page_numbers_and_running_titles_are_no_prose():
    body = ["城镇新增就业达到三万", "人失业人员再就业一万", "人农村劳动力转移十万"]
    pages = [
        page((0, 99, "年度报告"), (0, 90, line), (50, 5, sign))
        for line, sign in zip(body, ("— 1 —", "第2页", "3/4"), strict=True)
    ]
    assert prose(pages)[0] == ["".join(body)]


def test_what_a_browser_prints_around_a_page_is_neither_prose_nor_a_table():
    body = ((0, 80, "城镇新增就业达到三万"), (0, 70, "人，同比持平。"))
    head = (0, 90, "2024/3/1 10:22"), (150, 90, "政府工作报告")
    foot = (0, 5, "https://example.org/a?id=1"), (250, 5, "1/1")
    assert prose([page(*head, *body, *foot)]) == (["城镇新增就业达到三万人，同比持平。"], [])
    later = ((0, 90, "二、今年的安排"), (0, 5, "某市"), (250, 5, "2/12"))
    assert prose([page(*body, (0, 5, "某市"), (250, 5, "1/12")), page(*later)])[0][-1] == "二、今年的安排"


def test_lines_of_cells_are_a_table():
    lines = page(
        (0, 90, "各县完成情况如下表所"),
        (0, 80, "示："),
        (0, 70, "甲县"),
        (50, 70, "3.1"),
        (90, 70, "4"),
        (0, 60, "乙县"),
        (50, 60, "2.2"),
        (90, 60, "5"),
    )
    text, tables = prose([lines])
    assert text == ["各县完成情况如下表所示："]
    assert tables == [[["甲县", "3.1", "4"], ["乙县", "2.2", "5"]]]
