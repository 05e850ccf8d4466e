"""Notes 一 to 四: the whole budget, its income, its expenditure, and the appropriations in it."""

from collections.abc import Iterator

from budgets.domain.document import Paragraph
from budgets.domain.notes.sentences import Filling, Spans, compose, enlist
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.xinjiang import wording

FUND_COLUMNS = (
    ("general_own", "一般公共预算", True),
    ("general_transfer", "上级一般公共预算安排的转移支付资金", True),
    ("government_fund_own", "政府性基金预算", True),
    ("government_fund_transfer", "上级政府性基金安排的转移支付资金", True),
    ("state_capital_own", "国有资本经营预算", True),
    ("state_capital_transfer", "上级国有资本经营预算安排的转移支付资金", True),
    ("special_account", "财政专户管理资金", False),
    ("unit_funds", "单位资金", True),
    ("fiscal_carryover", "财政拨款结转", False),
    ("other_carryover", "非财政拨款结转结余", False),
)
FISCAL_BUDGETS = (
    ("general", "一般公共预算", "一般公共预算拨款"),
    ("government_fund", "政府性基金预算", "政府性基金预算拨款"),
    ("state_capital", "国有资本经营预算", "国有资本经营预算"),
)


def whole_budget(writer: Writer) -> Iterator[Paragraph]:
    """一: the total, and the names of what it consists of."""
    yield writer.say("N1.total", wording.WHOLE, total=writer.amount("T1.total.income"))
    funds = [name for key, name, _ in FUND_COLUMNS if writer.yuan(f"T2.total.{key}")]
    yield _listed(writer, "N1.income", funds, wording.INCOME_LIST, wording.NO_INCOME)
    classes = [name for _, name in budgeted_classes(writer, "T3", "total")]
    yield _listed(
        writer, "N1.expenditure", classes, wording.EXPENDITURE_LIST, wording.NO_EXPENDITURE
    )


def _listed(writer: Writer, key: str, names: list[str], form: str, otherwise: str) -> Paragraph:
    return writer.say(key, form, names="、".join(names)) if names else writer.say(key, otherwise)


def budgeted_classes(writer: Writer, table: str, column: str) -> list[tuple[str, str]]:
    """(code, name) of the function classes with money in a column of a table, in code order."""
    return [
        (code, name)
        for code, name in writer.chart.function_classes()
        if writer.yuan(f"{table}.{code}.{column}")
    ]


def income(writer: Writer) -> Iterator[Paragraph]:
    """二: every source with its share and its change; an empty one says so."""
    yield writer.say("N2.total", wording.INCOME_TOTAL, total=writer.amount("T2.total.total"))
    for key, name, always in FUND_COLUMNS:
        at = f"T2.total.{key}"
        if writer.was_or_is(at):
            yield part_of_total(writer, "N2", name, at, "T2.total.total")
        elif always:
            yield writer.say(f"N2.{at}", wording.NOT_BUDGETED, name=name)


def part_of_total(writer: Writer, note: str, name: str, at: str, whole: str) -> Paragraph:
    """A part with its amount, its share of the whole, its change and the reason."""
    return writer.say(
        f"{note}.{at}",
        wording.SHARE_AND_CHANGE,
        name=name,
        amount=writer.amount(at),
        share=writer.share(at, whole),
        change=writer.change(at),
    )


def expenditure(writer: Writer) -> Iterator[Paragraph]:
    """三: basic and project expenditure."""
    yield writer.say("N3.total", wording.EXPENDITURE_TOTAL, total=writer.amount("T3.total.total"))
    yield part_of_total(writer, "N3", "基本支出", "T3.total.basic", "T3.total.total")
    yield part_of_total(writer, "N3", "项目支出", "T3.total.project", "T3.total.total")


def appropriations(writer: Writer) -> Iterator[Paragraph]:
    """四: which of the three fiscal budgets there are, and what each is used for."""
    total = writer.amount("T4.total.income")
    yield writer.say("N4.total", wording.FISCAL_TOTAL, total=total)
    present = [row for row in FISCAL_BUDGETS if writer.yuan(f"T4.{row[0]}.income")]
    if not present:
        yield writer.say("N4.sources", wording.FISCAL_NONE)
        return
    yield _sources(writer, present)
    parts: list[Filling] = [
        _named_amount(writer, f"{name}拨款", f"T4.{key}.income") for key, name, _ in present
    ]
    yield writer.say("N4.income", wording.FISCAL_INCOME_LIST, parts=enlist(parts, "；"))
    for key, name, _ in FISCAL_BUDGETS:
        uses = [
            _use(writer, code, label, key) for code, label in budgeted_classes(writer, "T4", key)
        ]
        if uses:
            yield writer.say(
                f"N4.{key}", wording.FISCAL_EXPENDITURE_LIST, name=name, parts=enlist(uses, "；")
            )


def _sources(writer: Writer, present: list[tuple[str, str, str]]) -> Paragraph:
    lacking = "和".join(row[2] for row in FISCAL_BUDGETS if row not in present)
    names = [f"{name}拨款" for _, name, _ in present]
    if len(names) == 1:
        return writer.say("N4.sources", wording.FISCAL_ALL_ONE, only=names[0], others=lacking)
    form = wording.FISCAL_SOME_LACK if lacking else wording.FISCAL_SOME
    joined = "和".join(("、".join(names[:-1]), names[-1]))
    return writer.say("N4.sources", form, names=joined, others=lacking)


def _named_amount(writer: Writer, name: str, at: str) -> Spans:
    return compose(wording.AMOUNT, name=name, amount=writer.amount(at))


def _use(writer: Writer, code: str, name: str, budget: str) -> Spans:
    at = f"T4.{code}.{budget}"
    return compose(wording.USE, name=name, amount=writer.amount(at), words=writer.use(at))
