"""Parts 1 and 4: what the department is, and what the terms mean."""

from collections.abc import Iterable
from decimal import Decimal

from budgets.domain.document import (
    GlossaryWords,
    OwnWords,
    Paragraph,
    Section,
    SectionRole,
    Span,
    Stated,
    StatedChange,
    Text,
    Unit,
)
from budgets.domain.filing import Filing, GlossaryEntry, Profile
from budgets.domain.notes import compose
from budgets.domain.sets.xinjiang import wording


def profile_sections(filing: Filing) -> list[Section]:
    """第一部分: duties, then offices and staff."""
    return [
        Section(
            key=SectionRole.DUTIES,
            number="一、",
            title="主要职能",
            blocks=tuple(
                Paragraph(key=f"D1.{place}", spans=(OwnWords(text=line.strip(), at="D1"),))
                for place, line in enumerate(filing.profile.duties.splitlines(), start=1)
                if line.strip()
            ),
        ),
        Section(
            key=SectionRole.STAFF,
            number="二、",
            title="机构设置及人员情况",
            blocks=(_structure(filing), _staff(filing)),
        ),
    ]


def _structure(filing: Filing) -> Paragraph:
    units, offices = wording.NO_UNITS, wording.NO_OFFICES
    if filing.units:
        names = "、".join(unit.name for unit in filing.units)
        units = wording.SOME_UNITS.format(count=len(filing.units), names=names)
    if filing.profile.offices:
        names = "、".join(filing.profile.offices)
        offices = wording.SOME_OFFICES.format(count=len(filing.profile.offices), names=names)
    text = wording.STRUCTURE.format(department=filing.department.name, units=units, offices=offices)
    return Paragraph(key="D2.structure", spans=(Text(text=text),))


def _staff(filing: Filing) -> Paragraph:
    profile = filing.profile
    spans = compose(
        wording.STAFF,
        department=filing.department.name,
        **{
            name: Stated(
                text=str(getattr(profile, name)),
                key=name,
                label=wording.STATED[name],
                value=Decimal(getattr(profile, name)),
                unit=Unit.HEADS,
            )
            for name in ("authorized", "actual", "serving", "retired", "honorary")
        },
        **{
            f"{name}_change": _staff_change(profile, name)
            for name in ("serving", "retired", "honorary")
        },
    )
    return Paragraph(key="D2.staff", spans=spans)


def _staff_change(profile: Profile, name: str) -> tuple[Span, ...]:
    change = getattr(profile, f"{name}_change")
    return compose(
        wording.STAFF_CHANGE,
        direction=wording.FELL if change < 0 else wording.ROSE,
        count=StatedChange(
            text=str(abs(change)), key=name, change=Decimal(change), unit=Unit.HEADS
        ),
    )


def glossary_section(entries: Iterable[GlossaryEntry]) -> Section:
    """第四部分: one paragraph for each term."""
    paragraphs = tuple(
        Paragraph(
            key=f"G.{place}",
            spans=compose(
                wording.ENTRY,
                number=numeral(place),
                term=GlossaryWords(text=entry.term, part="term"),
                meaning=GlossaryWords(text=entry.meaning, part="meaning"),
            ),
        )
        for place, entry in enumerate(entries, start=1)
    )
    return Section(key="G", number="", title="", blocks=paragraphs)


def numeral(number: int) -> str:
    """A whole number from 1 to 99 as Chinese numerals: 12 is 十二."""
    tens, ones = divmod(number, 10)
    digits: tuple[str, ...] = ("", *wording.NUMERALS[:9])
    head = "" if not tens else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + digits[ones]
