"""Who there is in the demo county, and what becomes of them: begun, renamed, merged, late."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from budgets.models import DepartmentKind

COUNTY = "演示县"
PARTY, COUNCIL = DepartmentKind.PARTY, DepartmentKind.COUNCIL
GOVERNMENT, SOCIETY = DepartmentKind.GOVERNMENT, DepartmentKind.SOCIETY
TOWNSHIP, INSTITUTION = DepartmentKind.TOWNSHIP, DepartmentKind.INSTITUTION


class Agency(NamedTuple):
    """A body: its name without the county's, what it is, its function section, staff and field."""

    name: str
    kind: DepartmentKind
    section: str
    staff: int
    field: str


AGENCIES = (
    Agency("县委办公室", PARTY, "20131", 42, "党委日常运转"),
    Agency("人大常委会办公室", COUNCIL, "20101", 28, "代表和监督"),
    Agency("人民政府办公室", GOVERNMENT, "20103", 55, "政务运转"),
    Agency("政协办公室", COUNCIL, "20102", 24, "协商和提案"),
    Agency("教育局", GOVERNMENT, "20501", 620, "教育"),
    Agency("财政局", GOVERNMENT, "20106", 68, "财政"),
    Agency("发展和改革委员会", GOVERNMENT, "20104", 46, "发展改革"),
    Agency("公安局", COUNCIL, "20402", 410, "公共安全"),
    Agency("司法局", COUNCIL, "20406", 52, "司法行政"),
    Agency("民政局", GOVERNMENT, "20802", 44, "民政"),
    Agency("人力资源和社会保障局", GOVERNMENT, "20801", 58, "就业和社会保障"),
    Agency("自然资源局", GOVERNMENT, "22001", 49, "自然资源"),
    Agency("住房和城乡建设局", GOVERNMENT, "21201", 63, "住房和城乡建设"),
    Agency("交通运输局", GOVERNMENT, "21401", 57, "交通运输"),
    Agency("农业农村局", GOVERNMENT, "21301", 96, "农业农村"),
    Agency("水利局", GOVERNMENT, "21303", 61, "水利"),
    Agency("林业和草原局", GOVERNMENT, "21302", 53, "林业和草原"),
    Agency("文化和旅游局", GOVERNMENT, "20701", 48, "文化和旅游"),
    Agency("卫生健康委员会", GOVERNMENT, "21001", 72, "卫生健康"),
    Agency("医疗保障局", GOVERNMENT, "21015", 31, "医疗保障"),
    Agency("应急管理局", GOVERNMENT, "22401", 36, "应急管理"),
    Agency("审计局", GOVERNMENT, "20108", 26, "审计监督"),
    Agency("统计局", GOVERNMENT, "20105", 22, "统计调查"),
    Agency("市场监督管理局", GOVERNMENT, "20138", 88, "市场监管"),
    Agency("退役军人事务局", GOVERNMENT, "20828", 19, "退役军人服务"),
    Agency("信访局", GOVERNMENT, "20140", 15, "信访"),
    Agency("生态环境局", GOVERNMENT, "21101", 34, "生态环境"),
    Agency("商务和工业信息化局", GOVERNMENT, "21505", 33, "商务和工业"),
    Agency("国有资产监督管理委员会", GOVERNMENT, "21507", 18, "国有资产监管"),
    Agency("数据局", GOVERNMENT, "20141", 14, "政务数据"),
    Agency("气象局", INSTITUTION, "22005", 17, "气象服务"),
    Agency("县委组织部", PARTY, "20132", 29, "组织和人才"),
    Agency("县委宣传部", PARTY, "20133", 25, "宣传"),
    Agency("县委统战部", PARTY, "20134", 16, "统一战线"),
    Agency("县委社会工作部", PARTY, "20139", 12, "社会工作"),
    Agency("纪委监委", COUNCIL, "20111", 47, "纪检监察"),
    Agency("总工会", SOCIETY, "20129", 13, "职工服务"),
    Agency("共青团委员会", SOCIETY, "20129", 9, "青少年服务"),
    Agency("妇女联合会", SOCIETY, "20129", 10, "妇女儿童服务"),
    Agency("残疾人联合会", SOCIETY, "20811", 12, "残疾人服务"),
    Agency("红十字会", SOCIETY, "20816", 6, "人道救助"),
    Agency("科学技术协会", SOCIETY, "20607", 8, "科学普及"),
    Agency("档案馆", INSTITUTION, "20126", 11, "档案"),
    Agency("融媒体中心", INSTITUTION, "20708", 38, "新闻传播"),
    Agency("消防救援大队", COUNCIL, "22402", 45, "消防救援"),
    Agency("粮食和物资储备中心", INSTITUTION, "22201", 16, "粮食储备"),
    Agency("职业技术学校", INSTITUTION, "20503", 132, "职业教育"),
    Agency("特殊教育学校", INSTITUTION, "20507", 35, "特殊教育"),
    Agency("人民医院", INSTITUTION, "21002", 285, "医疗服务"),
    Agency("疾病预防控制中心", INSTITUTION, "21004", 54, "疾病预防控制"),
)
# Those who come again and again: a name is a place and what stands there.
PLACES = (
    "河东", "河西", "南湖", "北山", "青松", "白杨", "东风", "红旗", "团结", "兴旺",
    "柳树", "石桥", "沙坪", "清水", "长岭", "新安", "太平", "永丰", "金川", "龙泉",
    "和平", "胜利", "幸福", "向阳", "梧桐", "杏花", "枣园", "双河", "三泉", "五里",
)  # fmt: skip
SERIES = (
    ("镇人民政府", TOWNSHIP, "20103", 48, "镇域治理"),
    ("小学", INSTITUTION, "20502", 66, "小学教育"),
    ("乡人民政府", TOWNSHIP, "20103", 39, "乡域治理"),
    ("中学", INSTITUTION, "20502", 104, "中学教育"),
    ("街道办事处", TOWNSHIP, "20103", 42, "社区治理"),
    ("卫生院", INSTITUTION, "21003", 33, "基层医疗"),
    ("幼儿园", INSTITUTION, "20502", 24, "学前教育"),
    ("水管站", INSTITUTION, "21303", 14, "灌溉供水"),
)


def list_agencies(count: int) -> list[Agency]:
    """The first `count` bodies of the county; each has a name of its own, however many."""
    found = list(AGENCIES[:count])
    for number in range(max(0, count - len(found))):
        place, row = number % len(PLACES), number // len(PLACES)
        suffix, kind, section, staff, field = SERIES[(place + row) % len(SERIES)]
        again = row // len(SERIES)
        name = f"{PLACES[place]}{f'第{again + 1}' if again else ''}{suffix}"
        found.append(Agency(name, kind, section, staff + (place * 7 + row) % 20, field))
    return found


# Every so many departments one has such a fate; the numbers are prime, so that fates mix.
RENAMED, MERGED, FOUNDED, LATE, CORRECTED, DIVIDED = 17, 29, 37, 11, 13, 7
UNITS = ("本级", "服务中心", "综合执法队")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDepartment:
    """A department of the plan; years are fiscal years, None where nothing of the kind happens."""

    code: str
    agency: Agency
    number: int
    seed: int
    established: int | None = None
    dissolved: int | None = None
    successor: str = ""
    renamed: int | None = None
    unpublished: int | None = None
    corrected: int | None = None
    unit_count: int = 0

    @property
    def name(self) -> str:
        return f"{COUNTY}{self.agency.name.removeprefix('县')}"

    @property
    def former_name(self) -> str:
        return f"{COUNTY}城关{self.agency.name}" if self.renamed else ""

    @property
    def units(self) -> list[tuple[str, str]]:
        """(code, name) of its budget units; none where it is its own only unit."""
        return [
            (f"{self.code}{place:03d}", f"{self.name}{UNITS[place - 1]}")
            for place in range(1, self.unit_count + 1)
        ]

    def exists_in(self, year: int) -> bool:
        return (self.established or 0) <= year and (self.dissolved or 9999) > year

    def name_in(self, year: int) -> str:
        return self.former_name if self.renamed and year < self.renamed else self.name


def plan_county(count: int, years: Sequence[int], seed: int) -> list[DemoDepartment]:
    """The departments in the order of their codes; the same for the same arguments."""
    return [
        plan_body(number, agency, years, seed) for number, agency in enumerate(list_agencies(count))
    ]


def plan_body(number: int, agency: Agency, years: Sequence[int], seed: int) -> DemoDepartment:
    """One department and its fate, which falls in the years after the first."""
    chance = Random(f"{seed} {number}")
    later = chance.choice(years[1:]) if years[1:] else None
    merged = number % MERGED == MERGED - 1
    divided = agency.staff > 40 and number % DIVIDED == 4
    return DemoDepartment(
        code=f"{101 + number}",
        agency=agency,
        number=number,
        seed=seed,
        established=later if number % FOUNDED == FOUNDED - 1 else None,
        dissolved=later if merged and number % FOUNDED != FOUNDED - 1 else None,
        successor=f"{100 + number}" if merged and later else "",
        renamed=later if number % RENAMED == 5 and not divided else None,
        unpublished=years[-1] if number % LATE == LATE - 1 else None,
        corrected=chance.choice(years) if number % CORRECTED == 3 else None,
        unit_count=len(UNITS) - number % 2 if divided else 0,
    )
