"""The places where a clerk states last year's figure, a reason or a use, by name and by address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from budgets.domain.document import SectionRole
from budgets.domain.tables.form import Role
from budgets.domain.text import LabelledEnum, remove_blanks


class Asks(LabelledEnum):
    """What a place asks the clerk for, by the columns of the workbook that it fills."""

    CHANGE = "change", "上年数和变动原因"
    USE = "use", "主要用途"


FORMS = {
    "{item}": r"(?P<code>\d{7})",
    "{class}": r"(?P<code>\d{3})",
    "{project}": r"(?P<project>\S+)",
}
BLANK = re.compile(r"(\{\w+\})")


@dataclass(frozen=True)
class Place:
    """A name in the drop-down list and the pattern of the addresses of its cells, after `table`."""

    label: str
    table: str
    cell: str
    asks: Asks = Asks.CHANGE

    @cached_property
    def form(self) -> re.Pattern[str]:
        parts = BLANK.split(self.pattern)
        return re.compile(r"\A" + "".join(FORMS.get(part) or re.escape(part) for part in parts))

    @property
    def pattern(self) -> str:
        """`T7.{item}:{project}.total`."""
        return f"{self.table}.{self.cell}"

    @property
    def digits(self) -> int:
        """How many digits the function code has that the place takes; 0 where it takes none."""
        if "{item}" in self.pattern:
            return 7
        return 3 if "{class}" in self.pattern else 0

    @property
    def takes_project(self) -> bool:
        return "{project}" in self.pattern

    def address(self, code: str = "", project: str = "") -> str:
        """The cell's address, `T7.2012901:培训.total`; blanks in a project's name are left out."""
        name = remove_blanks(project)
        return self.pattern.format_map({"item": code, "class": code, "project": name})


PLACES = (
    Place("收入：一般公共预算", Role.INCOME, "total.general_own"),
    Place("收入：上级一般公共预算转移支付", Role.INCOME, "total.general_transfer"),
    Place("收入：政府性基金预算", Role.INCOME, "total.government_fund_own"),
    Place("收入：上级政府性基金转移支付", Role.INCOME, "total.government_fund_transfer"),
    Place("收入：国有资本经营预算", Role.INCOME, "total.state_capital_own"),
    Place("收入：上级国有资本经营预算转移支付", Role.INCOME, "total.state_capital_transfer"),
    Place("收入：财政专户", Role.INCOME, "total.special_account"),
    Place("收入：单位资金", Role.INCOME, "total.unit_funds"),
    Place("收入：财政拨款结转", Role.INCOME, "total.fiscal_carryover"),
    Place("收入：非财政拨款结转结余", Role.INCOME, "total.other_carryover"),
    Place("支出：基本支出", Role.SPENDING, "total.basic"),
    Place("支出：项目支出", Role.SPENDING, "total.project"),
    Place("一般公共预算：支出用途（类）", Role.FISCAL, "{class}.general", Asks.USE),
    Place("政府性基金预算：支出用途（类）", Role.FISCAL, "{class}.government_fund", Asks.USE),
    Place("国有资本经营预算：支出用途（类）", Role.FISCAL, "{class}.state_capital", Asks.USE),
    Place("一般公共预算：合计", Role.GENERAL, "total.total"),
    Place("一般公共预算：基本支出", Role.GENERAL, "total.basic"),
    Place("一般公共预算：项目支出", Role.GENERAL, "total.project"),
    Place("一般公共预算：功能科目（项）", Role.GENERAL, "{item}.total"),
    Place("一般公共预算：具体项目（项、项目）", Role.PROJECTS, "{item}:{project}.total"),
    Place("政府性基金预算：合计", Role.GOVERNMENT_FUND, "total.total"),
    Place("政府性基金预算：功能科目（项）", Role.GOVERNMENT_FUND, "{item}.total"),
    Place("国有资本经营预算：合计", Role.STATE_CAPITAL, "total.total"),
    Place("国有资本经营预算：功能科目（项）", Role.STATE_CAPITAL, "{item}.total"),
    Place("“三公”经费：合计", Role.THREE_PUBLIC, "total.total"),
    Place("“三公”经费：因公出国（境）费", Role.THREE_PUBLIC, "abroad.total"),
    Place("“三公”经费：公务用车购置费", Role.THREE_PUBLIC, "vehicle_purchase.total"),
    Place("“三公”经费：公务用车运行费", Role.THREE_PUBLIC, "vehicle_running.total"),
    Place("“三公”经费：公务接待费", Role.THREE_PUBLIC, "reception.total"),
    Place("上年结转结余：合计", Role.CARRYOVER, "total.total"),
    Place("上年结转结余：功能科目（项）", Role.CARRYOVER, "{item}.total"),
    Place("上年结转结余：具体项目（项、项目）", Role.CARRYOVER, "{item}:{project}.total"),
    Place("机关运行经费", SectionRole.OTHER_MATTERS, "agency_operating"),
)
BY_LABEL: Mapping[str, Place] = {place.label: place for place in PLACES}


def find_place(address: str) -> tuple[Place, str, str] | None:
    """The place, function code and project of an address; None where no place has it."""
    for place in PLACES:
        if found := place.form.fullmatch(address):
            parts = {"code": "", "project": ""} | found.groupdict()
            return place, parts["code"], parts["project"]
    return None
