"""How Chinese reports word the figures: government work reports, bureau summaries, filler.

Slots as in `english`; `{jobs.t}` in a section of plans is the coming year's target. Figures of the
province, the nation, other years or other programmes stand outside slots: they state nothing
about the city and the period, and must not be taken for it.
"""

from __future__ import annotations

GOVERNMENT_OPENINGS = [
    "政府工作报告\n——{year}年1月{n2}日在市第{c}届人民代表大会第{c}次会议上\n各位代表：\n"
    "现在，我代表市人民政府向大会报告工作，请予审议。\n",
    "{year}年政府工作报告\n各位代表：\n我代表市人民政府，向大会作政府工作报告。\n",
]
REVIEW_HEADINGS = [
    "一、{last}年工作回顾\n",
    "一、过去一年工作回顾\n刚刚过去的{last}年，是极不平凡的一年。",
    "一、{last}年主要工作\n",
]
REVIEW = [
    [
        "城镇新增就业{jobs.o}，城镇登记失业率{rate.o}。",
        "全年实现城镇新增就业{jobs.o}，下岗失业人员再就业{re.o}，城镇登记失业率控制在{rate.o}。",
        "坚持就业优先，城镇新增就业{jobs.o}，失业人员再就业{re.o}，就业困难人员就业{hard.o}，"
        "城镇登记失业率为{rate.o}，低于控制目标。",
        "新增城镇就业{jobs.o}，完成年度目标的{jobs.c}；城镇登记失业率{rate.o}，控制在{rate.l}以内的目标之内。",
        "城镇新增就业、失业人员再就业、就业困难人员就业分别达到{jobs.o}、{re.o}和{hard.o}，"
        "分别完成目标任务的{jobs.c}、{re.c}和{hard.c}。",
        "全市新增城镇就业{jobs.o}，比上年增加{x}万人；失业人员再就业{re.o}；登记失业率{rate.o}，"
        "比上年下降0.{d}个百分点。",
        "城镇新增就业{jobs.o}、超目标任务0.{d}万人，城镇失业人员和就业困难人员再就业分别为{re.o}、{hard.o}，"
        "年末登记失业率{rate.o}。",
        "就业形势保持稳定，城镇新增就业人数达{jobs.o}，超额完成全年目标任务，城镇调查失业率平均为{survey.o}。",
    ],
    [
        "转移输出农村劳动力{transfer.o}，实现劳务收入{income.o}，增长{n2}.{d}%。",
        "农村劳动力转移就业{transfer.o}，劳务总收入{income.o}。",
        "新增农村劳动力转移就业{d}.{d}万人，转移就业总规模达{transfer.o}，劳务收入{income.o}。",
        "劳务输出{transfer.o}，劳务收入达到{income.o}，同比增长{n2}%。",
    ],
    [
        "城镇职工基本养老保险参保人数达到{i_wp.o}，失业保险参保{i_un.o}，工伤保险参保{i_wi.o}，生育保险参保{i_ma.o}。",
        "基本养老、基本医疗保险制度不断完善，城镇职工养老保险、失业保险、工伤保险参保人数分别达{i_wp.o}、"
        "{i_un.o}和{i_wi.o}。",
        "新型农村社会养老保险参保{i_np.o}，城镇居民基本医疗保险参保{i_rm.o}。",
        "企业职工养老保险参保{i_wp.o}，净增{d}.{d}万人；失业、工伤、生育保险参保人数分别为{i_un.o}、{i_wi.o}、"
        "{i_ma.o}，五项保险参保总人次比上年增长{n2}%。",
    ],
    [
        "发放小额担保贷款{loans.o}，扶持创业{n3}人。",
        "动态消除零就业家庭{zero.o}。",
        "小额担保贷款余额{d}.{d}亿元，全年新增发放小额担保贷款{loans.o}；为{paid.o}农民工讨回工资{recovered.o}。",
        "开展农民工培训{migrants.o}，创业培训{startup.o}。",
    ],
]
TARGET_HEADINGS = [
    "二、{year}年工作安排\n今年经济社会发展的主要预期目标是：",
    "二、今年的目标任务\n{year}年经济社会发展的主要预期目标：",
    "三、{year}年重点工作\n今年发展的主要目标建议为：",
]
TARGETS = [
    "地区生产总值增长{n2}%左右，城镇新增就业{jobs.t}以上，城镇登记失业率控制在{rate.l}以内。",
    "城镇登记失业率控制在{rate.l}以内，新增城镇就业{jobs.t}，下岗失业人员再就业{re.t}，人口自然增长率控制在{d}‰以内。",
    "全社会固定资产投资增长{n2}%，城镇新增就业不低于{jobs.t}，登记失业率不高于{rate.l}，"
    "居民人均可支配收入与经济增长基本同步。",
    "力争城镇新增就业{jobs.t}，失业人员再就业{re.t}，就业困难人员实现就业{hard.t}，"
    "确保城镇登记失业率控制在{rate.l}以内。",
]
#: measures for the year further down in the plan, without its year
PLANS = [
    "围绕实现上述目标，重点抓好以下工作：\n（一）保障和改善民生。完成失业人员再就业{re.t}，就业困难人员再就业{hard.t}，"
    "转移输出农村劳动力{transfer.t}，实现劳务收入{income.t}。",
    "（五）办好民生实事。新增发放小额担保贷款{loans.t}，开展创业培训{startup.t}，城镇居民基本医疗保险参保达到{i_rm.t}。",
]
#: aims of the coming five years
FUTURE = [
    "今后五年的奋斗目标是：地区生产总值年均增长{n2}%，城镇新增就业累计{jobs.t}以上，城镇化率提高到5{d}%。",
    "未来五年，经济总量再上新台阶，累计新增城镇就业{jobs.t}，居民收入与经济同步增长。",
]
#: figures of a part of the year, of other regions: nobody's result
PARTS = [
    "今年一季度，城镇新增就业0.{d}万人，同比下降{n2}%。",
    "上半年城镇新增就业{d}.{d}万人，时间任务双过半。",
    "与全省城镇新增就业{n2}.{d}万人的规模相比，我市差距仍然明显。",
]
CUMULATIVE = [
    "“{plan}”期间，全市累计实现城镇新增就业{jobs.s}，城镇登记失业率始终控制在{rate.l}以内。",
    "五年来，城镇新增就业累计达到{jobs.s}，农村居民人均纯收入年均增长1{d}.{d}%。",
    "过去五年，累计新增城镇就业{jobs.s}，登记失业率一直保持在较低水平。",
]
DISTRACTORS = [
    "全省城镇新增就业{n2}.{d}万人，全国城镇新增就业1{n3}万人，为我市稳就业创造了有利条件。",
    "地区生产总值突破{n3}亿元、增长{n2}.{d}%，规模以上工业增加值增长1{d}.{d}%。",
    "新建农村公路{n3}公里，改造危旧房{n4}户，建成保障性住房{n3}套。",
    "“一带一路”沿线国家进出口总额增长{n2}.{d}%，招商引资到位资金{n3}亿元。",
    "城乡居民人均可支配收入分别达到{n4}元和{n4}元，分别增长{d}.{d}%和1{d}.{d}%。",
    "发放最低生活保障金{n2}.{d}亿元，惠及困难群众{n2}.{d}万人。",
    "办理人大代表建议{n3}件、政协提案{n3}件，办复率100%。",
    "市民服务热线12345受理群众诉求{n2}.{d}万件。",
    "粮食总产量{n3}.{d}万吨，连续{d}年增产。",
    "高校毕业生就业率达到9{d}.{d}%，退役军人安置率100%。",
    "完成财政公共预算收入{n2}.{d}亿元，同口径增长{n2}%。",
    "人口自然增长率为{d}.{d}‰，{n3}所中小学完成标准化建设。",
    "发放失业保险金{n4}万元，稳岗返还资金惠及企业{n3}户。",
    "企业退休人员基本养老金月人均提高{n3}元。",
]
BUREAU_OPENINGS = [
    "{last}年人力资源和社会保障工作总结\n一、主要工作完成情况\n",
    "市劳动和社会保障局{last}年工作总结\n{last}年，全市劳动保障工作取得显著成效。\n",
]
BUREAU = [
    [
        "全市城镇新增就业{jobs.o}，完成目标任务{jobs.t}的{jobs.c}。",
        "全年城镇新增就业{jobs.o}，占年度目标任务的{jobs.c}；失业人员再就业{re.o}，占目标任务{re.t}的{re.c}；"
        "就业困难人员再就业{hard.o}，占目标任务{hard.t}的{hard.c}。",
        "1-12月，城镇新增就业{jobs.o}（目标{jobs.t}），完成率{jobs.c}；下岗失业人员再就业{re.o}（目标{re.t}），"
        "完成率{re.c}。",
        "城镇新增就业、下岗失业人员再就业、“4050”人员再就业分别为{jobs.o}、{re.o}、{hard.o}，分别完成目标任务"
        "{jobs.t}、{re.t}、{hard.t}的{jobs.c}、{re.c}、{hard.c}。",
    ],
    [
        "城镇登记失业率{rate.o}，控制在{rate.l}的目标以内。",
        "年末城镇登记失业率为{rate.o}，低于{rate.l}的控制目标。",
        "城镇登记失业率控制在{rate.o}。",
    ],
    ["帮助{zero.o}零就业家庭至少一人实现就业。", "零就业家庭{zero.o}全部得到就业援助，实现动态清零。"],
    [
        "1.城镇新增就业。目标任务{jobs.t}，实际完成{jobs.o}，完成率{jobs.c}。\n2.失业人员再就业。目标任务{re.t}，"
        "实际完成{re.o}，完成率{re.c}。\n3.就业困难人员就业。目标任务{hard.t}，实际完成{hard.o}，占任务的{hard.c}。",
        "城镇新增就业、失业人员再就业、就业困难人员就业分别完成{jobs.o}、{re.o}、{hard.o}，为年度目标的{jobs.c}、"
        "{re.c}、{hard.c}。",
    ],
    [
        "开展再就业培训{retrain.o}，培训后就业率达{placed.o}；创业培训{startup.o}，创业成功率{success.o}。",
        "组织下岗失业人员再就业培训{retrain.o}，完成目标任务的{retrain.c}；开展创业培训{startup.o}，完成目标任务的"
        "{startup.c}。",
    ],
    [
        "转移输出农村劳动力{transfer.o}，完成目标任务{transfer.t}的{transfer.c}；实现劳务收入{income.o}，"
        "完成目标任务{income.t}的{income.c}。",
        "农村劳动力转移输出{transfer.o}，实现劳务收入{income.o}，分别完成年度目标的{transfer.c}和{income.c}。",
        "培训农民工{migrants.o}，完成目标任务的{migrants.c}。",
        "转移农村劳动力{transfer.o}、实现劳务收入{income.o}，分别占目标任务{transfer.t}、{income.t}的{transfer.c}、"
        "{income.c}。",
    ],
    [
        "发放小额担保贷款{loans.o}，其中个人贷款{personal.o}、劳动密集型小企业贷款{enterprise.o}。",
        "新增发放小额担保贷款{loans.o}（个人小额担保贷款{personal.o}，劳动密集型企业贷款{enterprise.o}），"
        "完成个人贷款目标任务{personal.t}的{personal.c}。",
    ],
    [
        "社会保险费征缴总额达{f_all.o}。其中：城镇职工基本养老保险参保{i_wp.o}，征缴基金{f_wp.o}；机关事业单位养老"
        "保险参保{i_ip.o}，征缴基金{f_ip.o}；失业保险参保{i_un.o}，征缴基金{f_un.o}；城镇职工基本医疗保险参保"
        "{i_wm.o}，征缴基金{f_wm.o}；工伤保险参保{i_wi.o}，征缴基金{f_wi.o}；生育保险参保{i_ma.o}，征缴基金"
        "{f_ma.o}。",
        "社会保险基金总收入{n3}.{d}亿元，其中五项社会保险费征缴收入{f_all.o}，完成任务的{f_all.c}；城镇职工基本养老、"
        "失业、城镇职工基本医疗、工伤、生育保险参保人数分别达{i_wp.o}、{i_un.o}、{i_wm.o}、{i_wi.o}、{i_ma.o}。",
        "五项社会保险费共征缴{f_all.o}，完成目标任务的{f_all.c}，其中城镇职工基本养老保险费{f_wp.o}，机关事业单位"
        "养老保险费{f_ip.o}，失业保险费{f_un.o}，城镇职工基本医疗保险费{f_wm.o}，工伤保险费{f_wi.o}，生育保险费"
        "{f_ma.o}。",
    ],
    [
        "城镇居民基本医疗保险参保{i_rm.o}，完成目标任务{i_rm.t}的{i_rm.c}；新型农村社会养老保险参保{i_np.o}，"
        "征缴基金{f_np.o}。",
        "新型农村社会养老保险参保人数达到{i_np.o}。",
    ],
    [
        "集体合同覆盖企业{contracts.o}，完成目标任务{contracts.t}的{contracts.c}；建立工资集体协商制度企业{wages.o}。",
        "全市签订集体合同的企业达{contracts.o}。",
    ],
    [
        "监察用人单位{inspected.o}，补签劳动合同{signed.o}，为{paid.o}劳动者追回工资及押金{recovered.o}，"
        "督促{registered.o}单位办理社会保险登记，补缴社会保险费{premiums.o}。",
        "主动检查用人单位{inspected.o}，督促补签劳动合同{signed.o}，为{paid.o}农民工追回拖欠工资{recovered.o}。",
    ],
    [
        "受理劳动争议案件{accepted.o}，其中调解结案{mediated.o}，结案率{settled.o}。",
        "全年共受理各类劳动人事争议案件{accepted.o}，调解{mediated.o}，结案率达到{settled.o}。",
    ],
]
