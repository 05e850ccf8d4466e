"""What every department is asked about: expenses, procurement, staff, assets."""

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.domain.document import Unit
from budgets.domain.tables.form import Role
from disclosures.public.reports.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A list of all departments in a year: its columns, the first of which is compared.

    `has_zeros` where a blank in the document means that nothing has been budgeted; elsewhere a
    figure that cannot be read is not known. `why` is the paragraph in which a department may say
    why its figure is narrower than the rule, or does not apply to it.
    """

    title: str
    lead: str
    scope: str
    measures: Sequence[Measure]
    has_zeros: bool = False
    why: str = ""


def expense(row: str, label: str) -> Measure:
    """A row of Table 10."""
    return Measure(Role.THREE_PUBLIC, row, "total", label)


def asset(place: int, column: str, label: str, unit: Unit = Unit.YUAN) -> Measure:
    """A figure of a sentence on assets."""
    return Measure("N12", f"assets.{place}", column, label, unit)


TOPICS = {
    "three-public": Topic(
        title="“三公”经费",
        lead="因公出国（境）、公务接待、公务用车购置及运行，取自各部门公开的表10。没有安排的部门也列出，写作0.00。",
        scope="财政拨款",
        measures=(
            expense("total", "合计"),
            expense("abroad", "因公出国（境）费"),
            expense("reception", "公务接待费"),
            expense("vehicles", "公务用车小计"),
            expense("vehicle_purchase", "公务用车购置费"),
            expense("vehicle_running", "公务用车运行费"),
        ),
        has_zeros=True,
        why="N10.why",
    ),
    "agency-operating": Topic(
        title="机关运行经费",
        lead=(
            "各部门在情况说明里公开的机关运行经费财政拨款预算，旁边是表6的公用经费；两个数不同的，"
            "部门自己的说明写在名称下面。没有安排的、不适用的（例如事业单位）也列出，写作0.00。"
        ),
        scope="一般公共预算基本支出",
        measures=(
            Measure("N12", "agency_operating", "agency", "机关运行经费"),
            Measure(Role.BASIC, "total", "operating", "公用经费"),
        ),
        has_zeros=True,
        why="N12.agency_operating.why",
    ),
    "procurement": Topic(
        title="政府采购",
        lead="各部门在情况说明里公开的政府采购预算，和其中预留给中小企业、小微企业的金额。",
        scope="政府采购预算",
        measures=(
            Measure("N12", "procurement", "total", "合计"),
            Measure("N12", "procurement", "goods", "货物"),
            Measure("N12", "procurement", "works", "工程"),
            Measure("N12", "procurement", "services", "服务"),
            Measure("N12", "reserved", "sme", "预留中小企业"),
            Measure("N12", "reserved", "micro", "预留小微企业"),
        ),
    ),
    "staff": Topic(
        title="人员",
        lead="各部门在部门概况里公开的编制数和实有人数。",
        scope="部门及所属单位",
        measures=(
            Measure("D2", "staff", "actual", "实有人数", Unit.HEADS),
            Measure("D2", "staff", "authorized", "编制数", Unit.HEADS),
            Measure("D2", "staff", "serving", "在职", Unit.HEADS),
            Measure("D2", "staff", "retired", "退休", Unit.HEADS),
            Measure("D2", "staff", "honorary", "离休", Unit.HEADS),
        ),
    ),
    "assets": Topic(
        title="国有资产",
        lead="各部门在情况说明里公开的上年底占用使用的国有资产。",
        scope="上年底占用使用",
        measures=(
            asset(3, "vehicle_count", "车辆（辆）", Unit.PIECES),
            asset(3, "vehicle_value", "车辆价值"),
            asset(2, "house_area", "房屋面积", Unit.AREA),
            asset(2, "house_value", "房屋价值"),
            asset(4, "furniture_value", "办公家具价值"),
            asset(5, "other_assets_value", "其他资产价值"),
            asset(6, "equipment_50_count", "50万元以上设备（台）", Unit.PIECES),
            asset(6, "equipment_100_count", "100万元以上设备（台）", Unit.PIECES),
        ),
    ),
}
