"""Notes 十 and 十二: what the sample does not show."""

from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, Particulars, PriorBasis, ProjectPlan
from tests.disclosures.printed import note, table
from tests.factories.filings import UNION, filing, priors, reasons, spend, wan
from tests.factories.union import union_filing

DRIVEN = filing(
    spend("3.20", "2012901", "30231", nature=Nature.OPERATING),
    spend("0.80", "2012901", "30217", nature=Nature.OPERATING),
    spend(
        "18.00",
        "2012901",
        "31013",
        nature=Nature.PROJECT,
        project="公务用车更新",
    ),
    priors=priors(
        {
            "T10.total.total": "5.00",
            "T10.abroad.total": "0",
            "T10.vehicle_purchase.total": "0",
            "T10.vehicle_running.total": "4.00",
            "T10.reception.total": "1.00",
            "N12.agency_operating": "5.00",
        }
    ),
    words=reasons(
        {
            "T10.vehicle_purchase.total": "经批准更新公务用车1辆",
            "T10.vehicle_running.total": "车辆减少出行",
            "T10.reception.total": "厉行节约",
            "N12.agency_operating": "压减公用经费",
        }
    ),
)


def test_three_public_derived_from_economic_codes_tells_rises_and_falls():
    assert note(DRIVEN, "N10") == [
        "尉犁县总工会2025年财政拨款“三公”经费数为22.00万元，其中：因公出国（境）费0.00万元，"
        "公务用车购置费18.00万元，公务用车运行费3.20万元，公务接待费0.80万元。",
        "2025年财政拨款“三公”经费预算比上年预算增加17.00万元，增长340.00%，其中："
        "因公出国（境）费增加0.00万元，增长0.00%；"
        "公务用车购置费增加18.00万元，增长100.00%，主要原因是经批准更新公务用车1辆；"
        "公务用车运行费减少0.80万元，下降20.00%，主要原因是车辆减少出行；"
        "公务接待费减少0.20万元，下降20.00%，主要原因是厉行节约。",
    ]


def test_three_public_table_sums_vehicles_and_shows_the_source():
    assert table(DRIVEN, "T10") == [
        "合计|22.00|22.00",
        "因公出国（境）费",
        "公务接待费|0.80|0.80",
        "公务用车购置及运行费（小计）|21.20|21.20",
        "其中：公务用车购置费|18.00|18.00",
        "公务用车运行费|3.20|3.20",
    ]


def test_three_public_stated_with_a_difference_is_explained():
    stated = spend("2.00", economic="30217", nature=Nature.PROJECT, fund=Fund.GENERAL_OWN)
    made = filing(
        spend("0.80", "2012901", "30217", nature=Nature.OPERATING),
        spend("10.00", "2012901", "302", nature=Nature.PROJECT, project="招商引资"),
        three_public=(stated,),
        three_public_why="含项目“招商引资”中的公务接待费1.20万元。",
        priors=priors(
            {
                "T10.total.total": "2.00",
                "T10.abroad.total": "0",
                "T10.vehicle_purchase.total": "0",
                "T10.vehicle_running.total": "0",
                "T10.reception.total": "2.00",
            }
        ),
    )
    assert note(made, "N10") == [
        "尉犁县总工会2025年财政拨款“三公”经费数为2.00万元，其中：因公出国（境）费0.00万元，"
        "公务用车购置费0.00万元，公务用车运行费0.00万元，公务接待费2.00万元。",
        "2025年财政拨款“三公”经费预算比上年预算增加0.00万元，增长0.00%，其中："
        "因公出国（境）费增加0.00万元，增长0.00%；公务用车购置费增加0.00万元，增长0.00%；"
        "公务用车运行费增加0.00万元，增长0.00%；公务接待费增加0.00万元，增长0.00%。",
        "“三公”经费与支出经济分类科目的差异说明：含项目“招商引资”中的公务接待费1.20万元。",
    ]


def test_three_public_item_says_its_basis_where_it_is_not_the_totals():
    made = filing(
        spend("0.80", "2012901", "30217", nature=Nature.OPERATING),
        priors=priors(
            {
                "T10.total.total": "0.80",
                "T10.abroad.total": "0",
                "T10.vehicle_purchase.total": "0",
                "T10.vehicle_running.total": "0",
            }
        )
        + priors({"T10.reception.total": "1.00"}, PriorBasis.EXECUTION),
        words=reasons({"T10.reception.total": "厉行节约", "T10.total.total": "与上年预算持平"}),
    )
    assert note(made, "N10")[1] == (
        "2025年财政拨款“三公”经费预算比上年预算增加0.00万元，增长0.00%，主要原因是与上年预算持平，"
        "其中：因公出国（境）费增加0.00万元，增长0.00%；公务用车购置费增加0.00万元，增长0.00%；"
        "公务用车运行费增加0.00万元，增长0.00%；"
        "公务接待费比上年执行数减少0.20万元，下降20.00%，主要原因是厉行节约。"
    )


def test_agency_operating_is_table_6_operating_unless_stated_narrower():
    assert note(DRIVEN, "N12")[1] == (
        "尉犁县总工会2025年的机关运行经费财政拨款预算4.00万元，比上年预算减少1.00万元，"
        "下降20.00%，主要原因是压减公用经费。"
    )
    narrower = Filing(
        department=UNION,
        year=2025,
        facts=DRIVEN.facts,
        particulars=Particulars(
            agency_operating=wan("3.00"), agency_operating_why="不含下属事业编制人员的公用经费。"
        ),
        priors=DRIVEN.priors,
        words=DRIVEN.words,
    )
    assert note(narrower, "N12")[1:3] == [
        "尉犁县总工会2025年的机关运行经费财政拨款预算3.00万元，比上年预算减少2.00万元，"
        "下降40.00%，主要原因是压减公用经费。",
        "机关运行经费与公用经费的口径差异说明：不含下属事业编制人员的公用经费。",
    ]


def test_procurement_and_assets_print_money_areas_and_counts():
    made = Filing(
        department=UNION,
        year=2025,
        particulars=Particulars(
            procurement_total=wan("1234.50"),
            procurement_goods=wan("1000.00"),
            procurement_works=wan("200.00"),
            procurement_services=wan("34.50"),
            procurement_sme=wan("800.00"),
            procurement_micro=wan("300.00"),
            house_area=Decimal("12345.6"),
            house_value=wan("2500.00"),
            vehicle_count=5,
            vehicle_value=wan("90.00"),
            vehicle_general_count=2,
            vehicle_general_value=wan("40.00"),
            vehicle_enforcement_count=2,
            vehicle_enforcement_value=wan("35.00"),
            vehicle_other_count=1,
            vehicle_other_value=wan("15.00"),
            furniture_value=wan("6.05"),
            other_assets_value=wan("12.33"),
            equipment_50_count=3,
            equipment_100_count=1,
            planned_vehicle_amount=wan("18.00"),
            planned_equipment_50_count=2,
            planned_equipment_100_count=1,
        ),
    )
    assert note(made, "N12")[2:14] == [
        "（二）政府采购情况",
        "2025年，尉犁县总工会政府采购预算1,234.50万元，其中：政府采购货物预算1,000.00万元，"
        "政府采购工程预算200.00万元，政府采购服务预算34.50万元。",
        "2025年，尉犁县总工会面向中小企业预留政府采购项目预算金额800.00万元，"
        "小微企业预留政府采购项目预算金额300.00万元。",
        "（三）国有资产占用使用情况",
        "截至2024年底，尉犁县总工会占用使用国有资产总体情况为：",
        "1.房屋12,345.60平方米，价值2,500.00万元。",
        "2.车辆5辆，价值90.00万元；其中：一般公务用车2辆，价值40.00万元；"
        "执法执勤用车2辆，价值35.00万元；其他车辆1辆，价值15.00万元。",
        "3.办公家具价值6.05万元。",
        "4.其他资产价值12.33万元。",
        "部门价值50万元以上大型设备3台，部门价值100万元以上大型设备1台。",
        "2025年部门预算安排购置车辆经费18.00万元，安排购置50万元以上大型设备2台，"
        "单位价值100万元以上大型设备1台。",
        "（四）预算绩效情况",
    ]


def test_performance_adds_up_projects_by_origin_and_places_every_table():
    names = ("甲", "乙", "丙")
    made = filing(
        spend("1.00", "2012901", "302", nature=Nature.PROJECT, project="甲"),
        spend(
            "2.00",
            "2012901",
            "302",
            fund=Fund.CARRYOVER_GENERAL,
            nature=Nature.PROJECT,
            project="乙",
        ),
        spend(
            "4.00", "2012901", "302", fund=Fund.OTHER_INCOME, nature=Nature.PROJECT, project="乙"
        ),
        spend(
            "8.00",
            "2012901",
            "302",
            fund=Fund.SPECIAL_ACCOUNT,
            nature=Nature.PROJECT,
            project="丙",
        ),
        projects=tuple(ProjectPlan(unit=UNION.code, name=name) for name in names),
    )
    assert note(made, "N12")[14:19] == [
        "2025年，本部门预算绩效管理整体预算绩效目标1个，涉及预算金额15.00万元；"
        "当年预算安排项目共3个，其中：财政拨款项目涉及预算金额3.00万元；"
        "非财政拨款项目涉及预算金额12.00万元。具体情况见下表：",
        "[P0]",
        "[P1]",
        "[P2]",
        "[P3]",
    ]


def test_remarks_keep_their_lines_and_default_to_none():
    made = Filing(
        department=UNION,
        year=2025,
        particulars=Particulars(other_matters="一、本年新增债券项目。\n\n二、无其他事项。"),
    )
    assert note(made, "N12")[-2:] == ["一、本年新增债券项目。", "二、无其他事项。"]
    assert note(union_filing(), "N12")[-1] == "本部门无其他需说明事项。"
