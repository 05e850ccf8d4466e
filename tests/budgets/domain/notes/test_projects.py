"""Notes 七 and 十一: projects of the general budget, and last year's money."""

from budgets.domain.facts import Fund, Nature
from budgets.domain.filing import ProjectPlan
from tests.disclosures.printed import note, table
from tests.factories.filings import BUREAU, FIRST, SCHOOLS, UNION, filing, priors, reasons, spend

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
