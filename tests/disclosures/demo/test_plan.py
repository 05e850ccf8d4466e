"""The plan of the demo county: everybody has a name, and every fate comes about."""

from disclosures.demo.plan import plan_county

YEARS = range(2022, 2027)


def test_plan_of_a_large_county_names_everybody_once():
    bodies = plan_county(1500, YEARS, 1)
    assert len({body.name for body in bodies}) == 1500
    assert len({body.code for body in bodies}) == 1500


def test_plan_is_that_of_its_seed():
    assert plan_county(150, YEARS, 1) == plan_county(150, YEARS, 1)
    assert plan_county(150, YEARS, 1) != plan_county(150, YEARS, 2)


def test_every_fate_falls_upon_some():
    bodies = plan_county(150, YEARS, 1)
    known = {body.code: body for body in bodies}
    merged = [body for body in bodies if body.dissolved]
    assert len(merged) == 5
    for body in merged:
        assert not body.exists_in(body.dissolved)
        assert known[body.successor].exists_in(body.dissolved)
    renamed = [body for body in bodies if body.renamed]
    assert len(renamed) == 9
    for body in renamed:
        assert body.name_in(body.renamed - 1) != body.name_in(body.renamed) == body.name
    counts = [
        sum(1 for body in bodies if getattr(body, fate))
        for fate in ("established", "unpublished", "corrected", "unit_count")
    ]
    assert counts == [4, 13, 12, 13]
