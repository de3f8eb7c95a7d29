"""The words around a number that say what it is: a target, a rate of completion, a change, …

Grammar of the two languages, not knowledge of any indicator (that is in the codebook).
"""

from __future__ import annotations

import re

GOAL = r"(?:targets?|tasks?|goals?|plan(?:ned)?|quotas?|objectives?)"
_EN = {
    "target_before": rf"(?:{GOAL}|expected|aim(?:ed|s)?)\b[^.;]{{0,40}}$",
    "target_after": rf"^[^,.;:\d]{{0,12}}?\s?(?:annual |yearly |planned )?{GOAL}\b",
    "completion_after": rf"^\s?(?:%|percent)?\s?(?:of|in|against|to|over)\s(?:the |its |their |this )?(?:[a-z'-]+ ){{0,3}}{GOAL}\b",
    "completion_before": r"(?:complet|accomplish|achiev|fulfil|finish|account|reach|representing|equivalent|hit|met)[a-z]*\b[^.;\d]{0,40}$",
    "change_before": r"(?:increas(?:e|ed|ing)|decreas(?:e|ed)|up|down|ris(?:e|en|ing)|rose|grew|growth|fell|drop(?:ped)?|declin(?:e|ed)|higher|lower|net increase|year-on-year|more than last year|gain)\b(?:\s(?:of|by|to|rate|was|about|nearly|over|more than|in|year-on-year|over the previous year))*\s?$",
    "change_after": r"^[^,.;\d]{0,16}?(?:more than (?:last|the previous)|(?:higher|lower|less|up|down) (?:than|from|on)|year-on-year|percentage points?)",
    "share_before": r"(?:share|proportion|accounting for|ratio)\b[^,.;\d]{0,24}$",
    "total": r"\b(?:five years|cumulative(?:ly)?|over the (?:past )?(?:\w+ )?(?:five|three|four) years|five-year|plan period|(?:during|in) the (?:\d+th|\w+) five-year)\b",
    "average": r"\b(?:annual average|average annual|on average|per year|each year|a year|annually)\b",
    "elsewhere": r"\b(?:national(?:ly|wide)?|the country|country's|the whole country|provinc(?:e|ial)(?!-level)|province-?wide|china's)\b",
    "here": r"\b(?:the city|city's|citywide|our city|the whole city|municipal)\b",
    "plan": r"(?:\bnext year\b|\bin the coming year\b|\bwe (?:will|must|should|shall|aim)\b|\bstrive\b|\bwork (?:arrangements?|plan) for\b|\bmain (?:expected )?(?:targets|goals)\b|\bwill (?:be|add|create|reach|strive)\b|\bexpected (?:targets?|goals?)\b|\bensure that\b)",
    "review": r"(?:\blast year\b|\bin the past year\b|\bthroughout the year\b|\bby the end of\b|\breview\b|\bup to now\b)",
    "respectively": r"\brespectively\b",
}  # fmt: skip
_ZH = {
    "target_before": r"(?:目标任务|目标|任务|计划|预期|指标)(?:数|为|是|的|达到|达|全年|[:：])*(?:城镇|就业)?[^\d，,。；]{0,6}$",
    "target_after": r"^(?:以上|左右)?的?(?:年度|全年|年初|预期|省政府|省|市|上级|既定|下达|确定|计划|年){0,3}的?(?:目标|任务|计划|指标)",
    "completion_after": r"^(?:以上)?(?![^，,。；]{0,3}(?:以内|之内))(?:的?(?:目标|任务|计划))",
    "completion_before": r"(?:完成|占|为|达|超额|是)[^，,。；\d]{0,14}(?:目标|任务|计划|指标)[^，,。；\d]{0,10}(?:的|[\d.]+[万亿]?[人户元]?的|达|为)?$|(?:完成率|兑现率)[^，,。；\d]{0,6}$|(?:目标|任务|计划)(?:数|任务)?的?(?:[\d.]+[万亿]?[人户元亿]*的)?$|(?:目标任务|目标|任务|计划)[^，,。；\d]{0,8}[\d.]+[万亿]?[人户元]{0,2}的?$|完成[^，,。；\d]{0,4}$",
    "change_before": r"(?:增长|增加|提高|下降|减少|上升|降低|增幅|降幅|(?<!至)(?<!不)[多少]|翻|回落|净增|增速|高出?|低于?|提升|扩大|压缩|下调|缩小|新增加)(?:了|到|约|近|为|超过)?\s?$",
    "change_after": r"^(?:的?增长|的?增速|的速度|个百分点)",
    "share_before": r"(?:占|比重|比例|覆盖率|参保率|覆盖面|参保覆盖率)[^，,。；\d]{0,16}$",
    "total": r"(?:五年来|五年(?:间|共|累计)|过去(?:的)?五年|[“\"]?十[一二三四]?五[”\"]?(?:期间|时期|以来)|五年中|[三四五]年(?:来|间|累计|共)|过去[三四五]年|本届政府|任期)",
    "average": r"(?:年均|每年|平均每年|年平均|月均)",
    "elsewhere": r"(?:全国|我国|全省|省内|国家|四川省|(?<![市县])省(?:级|定|的)?)",
    "here": r"(?:全市|我市|本市|市本级|全区|全县|我县|我区)",
    "plan": r"(?:今年[^。；，,\d]{0,12}(?:要|将|目标|预期|计划|确保|力争|安排)|预期目标|主要目标|奋斗目标|发展目标|工作目标|目标(?:是|为)|目标建议|目标任务(?:是|为)[:：]?|力争|确保|来年|明年|下一步|下年|新的一年|(?:要|将)(?:着力|继续|全面|突出|坚持|大力|进一步)|计划新增|拟)",
    "review": r"(?:过去(?:的)?一年|去年|上年|一年来|全年(?:完成|实现)|回顾|截至|截止|(?<!力争)(?<!确保)(?<!目标)(?<!预期)(?:实际)?完成(?!目标)|同比|比上年|较上年)",
    "respectively": r"分别",
}  # fmt: skip
EN = {name: re.compile(pattern) for name, pattern in _EN.items()}
ZH = {name: re.compile(pattern) for name, pattern in _ZH.items()}

SENTENCE_EN = re.compile(
    r";\s|;|\n+|[.!?](?:\s+(?=[A-Z(\"“]|[IVX]+\.)|\s*\Z|\s*(?=\n))|(?<=[a-z])\.(?=[A-Z])"
)
SENTENCE_ZH = re.compile(r"[。；;!?！？\n]+")
HEAVY_EN = re.compile(r"[,:()]")
LIGHT_EN = re.compile(r"\band\b|\bwith\b|\bof which\b|\bincluding\b|\bwhile\b")
HEAVY_ZH = re.compile(r"[，,：:（）()]")
LIGHT_ZH = re.compile(r"、|其中|以及|并")

PLAN_HEADING_ZH = re.compile(
    r"(?:^|\n)[^\n。，；]{0,30}?(?:(?:20\d\d|今|明|新)年?[^\n。，；]{0,24}(?:工作(?:安排|部署|打算|思路|重点|任务|目标|要求)|主要(?:工作|任务|目标)|目标任务|总体要求|预期目标|重点工作|计划|政府工作(?!报告))|下一步|今后五年)"
)
REVIEW_HEADING_ZH = re.compile(
    r"(?:^|\n)[^\n。，；]{0,30}?(?:回顾|过去[一五]年|工作总结|完成情况|主要成[效绩]|工作情况|工作进展|取得)"
)
PLAN_HEADING_EN = re.compile(
    r"(?i)(?:^|\n)[^\n.;]{0,40}(?:(?:work (?:plan|arrangements?|focus|ideas|tasks)|(?:main )?(?:targets|goals|tasks) (?:for|of))[^\n.;]{0,30}(?:next year|20\d\d|this year)|next year's work)"
)
FIVE_YEAR_PLAN = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021}
FIVE_YEAR_NUMBER = {"10": 2001, "11": 2006, "12": 2011, "13": 2016, "14": 2021, "tenth": 2001,
                    "eleventh": 2006, "twelfth": 2011, "thirteenth": 2016, "fourteenth": 2021}  # fmt: skip
