"""The stock of words that demo departments write: duties, offices, reasons and uses."""

import re
from random import Random

from budgets.domain.tables.form import Role

DUTIES = (
    "（一）贯彻执行国家关于{field}的方针政策和法律法规，拟订本县{field}工作计划并组织实施。",
    "（二）负责本县{field}的日常管理、指导和服务，回应群众关切。",
    "（三）完成县委、县政府交办的其他任务。",
)
OFFICES = ("办公室", "财务科", "业务科", "综合科", "政策法规科", "监督检查科", "信息科")
# What rose, and what fell.
PEOPLE = (
    (
        "调入人员增加，工资、津贴补贴相应增加",
        "社会保险和住房公积金缴费基数上调",
        "落实工资晋级晋档政策",
        "新录用人员到岗",
    ),
    (
        "退休和调出人员增加，在职人员减少",
        "上年清算补缴的社会保险本年不再安排",
        "空编人员经费不再预留",
        "按实有人数核定，不再安排一次性补发",
    ),
)
OFFICE = (
    (
        "在职人员增加，定额公用经费相应增加",
        "水电取暖价格上涨",
        "办公用房面积增加，运行费用增加",
    ),
    (
        "落实过紧日子要求，压减一般性支出",
        "会议、差旅从严从紧安排",
        "按实有人数核定公用经费",
    ),
)
PROJECTS = (
    (
        "根据本年重点任务增加安排",
        "新增上级转移支付项目",
        "项目进入集中实施阶段，按进度安排资金",
        "设备到期更新，按政府采购计划安排",
    ),
    (
        "上年一次性项目已经完成",
        "压减低效项目，资金统筹用于重点工作",
        "项目进入收尾阶段，资金需求减少",
        "上级转移支付提前下达数减少",
    ),
)
CARRIED = (
    ("上年项目跨年实施，按合同约定结转", "上年资金下达较晚，结转本年继续使用"),
    ("上年项目执行较快，结转资金减少", "加快预算执行，清理盘活结转资金"),
)
CARS = (
    ("车辆老旧，维修费用增加", "承办上级会议和检查增多"),
    ("落实中央八项规定精神，厉行节约", "公务活动减少，接待从简", "公务用车集中管理，运行费用下降"),
)
USES = ("人员工资、社会保险和机构日常运转", "在职和退休人员的保障支出", "年度重点工作和项目实施")
# The table of a cell, and for totals its column, tells what the reason speaks of.
PROJECT_ITEM = re.compile(rf"{Role.GENERAL}\.(?!208|210|221)\d{{5}}(?!01)\d\d\.")
SUBJECTS = (
    (f"{Role.THREE_PUBLIC}.", CARS),
    (f"{Role.CARRYOVER}.", CARRIED),
    (f"{Role.PROJECTS}.", PROJECTS),
    (f"{Role.GOVERNMENT_FUND}.", PROJECTS),
    (f"{Role.STATE_CAPITAL}.", PROJECTS),
    (f"{Role.SPENDING}.total.project", PROJECTS),
    (f"{Role.GENERAL}.total.project", PROJECTS),
    (f"{Role.BASIC}.", OFFICE),
    (f"{Role.INCOME}.total.fiscal_carryover", CARRIED),
    (f"{Role.INCOME}.total.other_carryover", CARRIED),
    (f"{Role.INCOME}.total.general_transfer", PROJECTS),
    ("N12.", OFFICE),
)


def find_reason(at: str, chance: Random, *, fell: bool) -> str:
    """Why the figure of a cell changed: one cause or two."""
    usual = PROJECTS if PROJECT_ITEM.match(at) else PEOPLE
    stock = next((words for start, words in SUBJECTS if at.startswith(start)), usual)[fell]
    return "；".join(chance.sample(stock, chance.randint(1, 2)))


def find_use(chance: Random) -> str:
    """What an amount is used for."""
    return chance.choice(USES)
