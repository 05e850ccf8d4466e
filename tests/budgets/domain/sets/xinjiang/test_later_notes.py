"""Notes 七 and 十 to 十二: what the sample does not show."""

from decimal import Decimal

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import Filing, Particulars, PriorBasis, ProjectPlan
from tests.factories.filings import (
    BUREAU,
    FIRST,
    SCHOOLS,
    UNION,
    filing,
    priors,
    reasons,
    spend,
    wan,
)
from tests.factories.printed import note, table
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


AID = ProjectPlan(
    unit=UNION.code,
    name="困难职工 帮扶. 资金",
    policy_basis="《困难职工帮扶办法》（总工发〔2020〕1号）。",
    executing_unit="尉犁县总工会",
    allocation="按帮扶档次分配到人",
    period="2025年1月至12月",
    recipient_number="120人",
    recipient_standard="每人每年2,500元",
    recipient_scope="全县建档困难职工",
    recipient_method="银行卡发放",
    recipient_benefit="困难职工生活得到保障",
)
HALL = ProjectPlan(
    unit=UNION.code,
    name="职工之家建设",
    policy_basis="县委常委会会议纪要",
    executing_unit="尉犁县总工会",
    allocation="全部用于设备购置",
    period="2025年3月至10月",
)


def project(amount, name, economic="", **more):
    return spend(amount, "2012901", economic, nature=Nature.PROJECT, project=name, **more)


PROJECTS = filing(
    project("30.00", AID.name, "30309"),
    project("10.00", HALL.name, "310"),
    project("2.00", HALL.name, "30201"),
    projects=(AID, HALL),
    priors=priors(
        {
            "T7.2012901:困难职工帮扶.资金.total": "36.00",
            "T7.2012901:职工之家建设.total": "0",
            "T7.2012901:职工运动会.total": "5.00",
        }
    ),
    words=reasons(
        {
            "T7.2012901:困难职工帮扶.资金.total": "困难职工人数减少",
            "T7.2012901:职工之家建设.total": "新建职工之家",
            "T7.2012901:职工运动会.total": "运动会每两年举办一次",
        }
    ),
)


def test_projects_note_tells_all_of_every_project_and_of_the_one_that_ended():
    assert note(PROJECTS, "N7") == [
        "尉犁县总工会2025年一般公共预算项目支出42.00万元，涉及项目2个。",
        "按支出经济分类，包括：商品和服务支出2.00万元，占4.76%；"
        "对个人和家庭的补助30.00万元，占71.43%；资本性支出10.00万元，占23.81%。",
        "1.项目名称：困难职工 帮扶. 资金",
        "设立的政策依据：《困难职工帮扶办法》（总工发〔2020〕1号）。",
        "预算安排规模：30.00万元，比上年预算减少6.00万元，下降16.67%，主要原因是困难职工人数减少。",
        "项目承担单位：尉犁县总工会。",
        "资金分配情况：按帮扶档次分配到人。",
        "资金执行时间：2025年1月至12月。",
        "补助人数：120人。",
        "补助标准：每人每年2,500元。",
        "补助范围：全县建档困难职工。",
        "补助方式：银行卡发放。",
        "受益人群和社会效益：困难职工生活得到保障。",
        "2.项目名称：职工之家建设",
        "设立的政策依据：县委常委会会议纪要。",
        "预算安排规模：12.00万元，比上年预算增加12.00万元，增长100.00%，主要原因是新建职工之家。",
        "项目承担单位：尉犁县总工会。",
        "资金分配情况：全部用于设备购置。",
        "资金执行时间：2025年3月至10月。",
        "尉犁县总工会2025年“职工运动会”项目0.00万元，比上年预算减少5.00万元，下降100.00%，"
        "主要原因是运动会每两年举办一次。",
    ]


def test_projects_table_has_a_row_for_each_project_under_its_item():
    assert table(PROJECTS, "T7") == [
        "|||总计||42.00||2.00|30.00|||10.00",
        "201|||一般公共服务支出||42.00||2.00|30.00|||10.00",
        "201|29||群众团体事务||42.00||2.00|30.00|||10.00",
        "201|29|01|行政运行||42.00||2.00|30.00|||10.00",
        "||||困难职工 帮扶. 资金|30.00|||30.00",
        "||||职工之家建设|12.00||2.00||||10.00",
    ]


def test_project_that_ended_is_told_even_where_no_other_is_left():
    made = filing(
        spend("1.00", "2012901"),
        priors=priors({"T7.2012901:职工运动会.total": "5.00"}),
        words=reasons({"T7.2012901:职工运动会.total": "运动会每两年举办一次"}),
    )
    assert note(made, "N7") == [
        "尉犁县总工会2025年没有使用一般公共预算安排项目支出，一般公共预算项目支出情况表为空表。",
        "尉犁县总工会2025年“职工运动会”项目0.00万元，比上年预算减少5.00万元，下降100.00%，"
        "主要原因是运动会每两年举办一次。",
    ]


def test_project_of_two_units_is_one_row_and_says_what_both_say():
    plans = tuple(
        ProjectPlan(
            unit=unit.code,
            name="校舍维修",
            policy_basis="校舍安全长效机制",
            executing_unit=unit.name,
        )
        for unit in (BUREAU, FIRST)
    )
    made = filing(
        project("3.00", "校舍维修", "302", unit=BUREAU.code),
        project("4.00", "校舍维修", "302", unit=FIRST.code),
        department=SCHOOLS,
        units=(BUREAU, FIRST),
        projects=plans,
        priors=priors({"T7.2012901:校舍维修.total": "7.00"}),
    )
    assert note(made, "N7") == [
        "某县教育局2025年一般公共预算项目支出7.00万元，涉及项目1个。",
        "按支出经济分类，包括：商品和服务支出7.00万元，占100.00%。",
        "1.项目名称：校舍维修",
        "设立的政策依据：校舍安全长效机制。",
        "预算安排规模：7.00万元，比上年预算增加0.00万元，增长0.00%。",
        "项目承担单位：某县教育局本级；某县第一中学。",
    ]


CARRIED = filing(
    spend("3.00", "2012901", fund=Fund.CARRYOVER_GENERAL, nature=Nature.OPERATING),
    spend("1.00", "2012950", fund=Fund.CARRYOVER_UNIT_FUNDS, nature=Nature.PERSONNEL),
    project("6.00", "职工之家建设", "310", fund=Fund.CARRYOVER_GOVERNMENT_FUND),
    spend("20.00", "2012901"),
    priors=priors(
        {
            "T11.total.total": "8.00",
            "T11.2012901.total": "0",
            "T11.2012901:职工之家建设.total": "6.00",
            "T11.2012950.total": "0",
            "T11.2050803.total": "2.00",
        }
    ),
    words=reasons(
        {
            "T11.total.total": "上年支出进度较慢",
            "T11.2012901.total": "办公费未用完",
            "T11.2012950.total": "工资结转",
            "T11.2050803.total": "培训已完成",
        }
    ),
)


def test_carryover_note_tells_total_origins_and_every_item():
    assert note(CARRIED, "N11") == [
        "尉犁县总工会2025年上年结转结余预算安排的支出10.00万元，比上年预算增加2.00万元，"
        "增长25.00%，主要原因是上年支出进度较慢，"
        "其中：财政拨款结转9.00万元，非财政拨款结转结余1.00万元。",
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为3.00万元，"
        "比上年预算增加3.00万元，增长100.00%，主要原因是办公费未用完。",
        "2、一般公共服务支出（类）群众团体事务（款）行政运行（项）“职工之家建设”项目："
        "2025年预算数为6.00万元，比上年预算增加0.00万元，增长0.00%。",
        "3、一般公共服务支出（类）群众团体事务（款）事业运行（项）：2025年预算数为1.00万元，"
        "比上年预算增加1.00万元，增长100.00%，主要原因是工资结转。",
        "4、教育支出（类）进修及培训（款）培训支出（项）：2025年预算数为0.00万元，"
        "比上年预算减少2.00万元，下降100.00%，主要原因是培训已完成。",
    ]


def test_carryover_stands_in_tables_11_2_and_1_and_not_in_4_and_5():
    assert table(CARRIED, "T11") == [
        "合计|10.00|9.00||3.00|6.00|1.00|1.00",
        "行政运行|3.00|3.00||3.00",
        "职工之家建设|6.00|6.00|||6.00",
        "事业运行|1.00|||||1.00|1.00",
    ]
    assert table(CARRIED, "T2") == [
        "|||总计|30.00|20.00|20.00||||||||9.00|1.00",
        "201|||一般公共服务支出|30.00|20.00|20.00||||||||9.00|1.00",
        "201|29||群众团体事务|30.00|20.00|20.00||||||||9.00|1.00",
        "201|29|01|行政运行|29.00|20.00|20.00||||||||9.00",
        "201|29|50|事业运行|1.00|||||||||||1.00",
    ]
    assert [row for row in table(CARRIED, "T1") if "结转" in row or "合计" in row][:4] == [
        "二、上年结转结余|10.00|219|援助其他地区支出",
        "1.财政拨款结转|9.00|220|自然资源海洋气象等支出",
        "2.非财政拨款结转结余|1.00|224|灾害防治及应急管理支出",
    ]
    assert table(CARRIED, "T4")[-1] == "收入总计|20.00||支出总计|20.00|20.00"
    assert table(CARRIED, "T5")[0] == "|||总计|20.00|20.00"


def test_carryover_that_ended_is_accounted_for():
    made = filing(
        spend("1.00", "2012901"),
        priors=priors(
            {
                "T11.total.total": "5.00",
                "T11.2012901.total": "2.00",
                "T11.2012901:职工之家建设.total": "3.00",
            }
        ),
        words=reasons(
            {
                "T11.total.total": "上年资金已用完",
                "T11.2012901.total": "办公费已用完",
                "T11.2012901:职工之家建设.total": "项目已完工",
            }
        ),
    )
    assert note(made, "N11") == [
        "尉犁县总工会2025年没有上年结转结余预算安排的支出，上年结转结余情况明细表为空表。",
        "尉犁县总工会2025年上年结转结余0.00万元，比上年预算减少5.00万元，下降100.00%，"
        "主要原因是上年资金已用完。",
        "1、一般公共服务支出（类）群众团体事务（款）行政运行（项）：2025年预算数为0.00万元，"
        "比上年预算减少2.00万元，下降100.00%，主要原因是办公费已用完。",
        "尉犁县总工会2025年“职工之家建设”项目0.00万元，比上年预算减少3.00万元，下降100.00%，"
        "主要原因是项目已完工。",
    ]
