"""Workbooks: one comes in with its preview and the word that decides, one goes out to be filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from budgets import ledger, spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Prior
from budgets.domain.money import ZERO
from budgets.domain.notes import write_notes
from budgets.domain.places import Asks, find_place
from budgets.domain.problems import Severity
from budgets.importing.changes import compare_filings
from budgets.importing.new_year import has_code, offer_lines
from budgets.importing.uploads import (
    DecidedError,
    StaleError,
    accept_proposal,
    check_upload_size,
    discard_upload,
    propose_filing,
    receive_upload,
    repeat_upload,
)
from budgets.models import Budget, Department, Upload, read_chart
from budgets.spreadsheets import SHEETS, WAN, YUAN, Offered
from budgets.spreadsheets.filing_rows import list_filing_rows
from budgets.spreadsheets.values import spell_row
from disclosures.publishing.exports import serve_file
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.drafting import draft_filing, last_year_amounts
from disclosures.workplace.clerk.entries import fingerprint
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.sentences import OpenWriter, list_asked_cells

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES_A_PAGE = 200
ACCEPT = "accept"
Amounts = Mapping[str, Decimal] | None


class UploadForm(forms.Form):
    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": "没有选择文件。请先选择填好的工作簿，再点“上传”。"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        for problem in check_upload_size(file.size):
            self.add_error("file", problem.message + problem.advice)
        return file


class DecisionForm(forms.Form):
    """The word that decides; `seen` is the fingerprint of the budget that was compared with."""

    action = forms.CharField(required=False)
    seen = forms.CharField(required=False)


def upload_file(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Former uploads, newest first, and the place for a new one, which leads on to its preview."""
    is_posted = request.method == "POST"
    budget = find_budget(request.user, year, code, Act.FILL if is_posted else Act.VIEW)
    form = UploadForm(request.POST, request.FILES) if is_posted else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        upload = receive_upload(budget, file.read(), file.name, request.user)
        return redirect("filing:upload_preview", year, code, upload.pk)
    return render_page(
        request,
        "workplace/uploads.html",
        budget,
        title="导入工作簿",
        uploads=budget.uploads.select_related("who").defer("content"),
        form=form,
        status=400 if form.errors else 200,
    )


@require_safe
def preview_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """What is wrong with a file, and what it would change; nothing has been written.

    A long list of changes comes page by page.
    """
    upload = find_upload(request, year, code, pk)
    proposed = propose_filing(upload)
    before, verdict = proposed.present, proposed.verdict
    changes = []
    if verdict.filing:
        changes = compare_filings(before, verdict.filing, read_chart(before.year), WAN)
    grades = {each: [p for p in verdict.problems if p.severity is each] for each in Severity}
    return render_page(
        request,
        "workplace/upload.html",
        upload.budget,
        title=f"导入预览：{upload.filename}",
        proposed=proposed,
        upload=upload,
        errors=grades[Severity.ERROR],
        others=[*grades[Severity.WARNING], *grades[Severity.HINT]],
        has_cells=any(problem.cells for problem in verdict.problems),
        count=len(changes),
        changes=Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page")),
        seen=fingerprint_filing(before),
        money_unit=WAN,
    )


@require_POST
def decide_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """Take the file or give it up; once, however often the button is pressed.

    It is taken if the budget is still the one that the preview compared it with.
    """
    upload = find_upload(request, year, code, pk, Act.FILL)
    preview = redirect("filing:upload_preview", year, code, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return preview

    def is_seen(filing: Filing) -> bool:
        return fingerprint_filing(filing) == form.cleaned_data["seen"]

    try:
        if form.cleaned_data["action"] != ACCEPT:
            discard_upload(upload, request.user)
            messages.success(request, f"已放弃“{upload.filename}”，预算没有改变。")
        elif problems := accept_proposal(upload, request.user, is_seen):
            messages.error(request, f"没有导入：{problems[0].message}")
            return preview
        else:
            messages.success(request, f"已导入“{upload.filename}”。")
            return redirect("workplace:tasks", year, code)
    except DecidedError:
        messages.info(request, "这个文件已经处理过了，没有再次处理。")
    except StaleError:
        messages.warning(request, "预览之后预算有了变化，请核对新的预览后再确认。")
        return preview
    except ledger.FilingRefusedError as refusal:
        messages.error(request, str(refusal))
        return preview
    return redirect("filing:upload", year, code)


@require_POST
def restore_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    upload = repeat_upload(find_upload(request, year, code, pk, Act.FILL), request.user)
    return redirect("filing:upload_preview", year, code, upload.pk)


@require_safe
def send_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file as it came in; always saved, never opened in the browser."""
    upload = find_upload(request, year, code, pk)
    return serve_file(bytes(upload.content), "application/octet-stream", upload.filename)


@require_safe
def send_marked(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file with its bad cells coloured and commented; Http404 where no cell is to blame."""
    upload = find_upload(request, year, code, pk)
    problems = propose_filing(upload).verdict.problems
    if not any(problem.cells for problem in problems):
        raise Http404("这个文件没有可以标出的单元格。")
    marked = spreadsheets.mark_workbook(bytes(upload.content), problems)
    return serve_file(marked, XLSX_TYPE, f"已标出问题-{upload.filename}")


def find_upload(request: HttpRequest, year: int, code: str, pk: int, act: Act = Act.VIEW) -> Upload:
    """An upload of a budget that the person may act on; Http404 where there is none."""
    budget = find_budget(request.user, year, code, act)
    upload = budget.uploads.select_related("who", "budget__department").filter(pk=pk).first()
    if upload is None:
        raise Http404("没有这个上传的文件。")
    return upload


def fingerprint_filing(filing: Filing) -> str:
    """The digest of everything that a budget holds, for what replaces all of it."""
    laid = list_filing_rows(filing, Chart(filing.year), YUAN)
    return fingerprint(
        {
            sheet.key: [spell_row(sheet.typed(), row, YUAN) for row in laid[sheet.key]]
            for sheet in SHEETS
        }
    )


@require_safe
def send_template(request: HttpRequest, year: int, code: str) -> HttpResponse:
    budget = find_budget(request.user, year, code)
    content = write_template(budget, ledger.read_filing(budget))
    return serve_file(content, XLSX_TYPE, f"{budget.department.name}{year}年预算填报.xlsx")


def write_template(budget: Budget, filing: Filing, money_unit: str = WAN) -> bytes:
    """A template with the filing of a budget, which need not be stored, and what last year offers.

    It lists every registered unit. Last year's figures are those of its disclosure, else of its
    budget in the ledger.
    """
    chart = read_chart(budget.year)
    registered = (unit.organisation for unit in Department.objects.units_of(budget.department))
    units = {unit.code: unit for unit in (*registered, *filing.units)}
    filing = replace(filing, units=tuple(units[code] for code in sorted(units)))
    told = Filing(department=filing.department, year=budget.year - 1)
    amounts = last_year_amounts(budget)
    last = Budget.objects.filter(department=budget.department, year=budget.year - 1).first()
    if last:
        told = ledger.read_filing(last)
        if amounts is None and told.facts:
            amounts = draft_filing(last, told).amounts
    lines = offer_lines(filing, told, chart)
    places = list_asked_places(filing, lines, chart, amounts)
    filing = replace(filing, priors=complete_priors(filing.priors, places, amounts))
    return spreadsheets.fill_template(
        filing, chart, money_unit, Offered(lines=lines, places=places)
    )


def list_asked_places(
    filing: Filing, lines: Sequence[Fact], chart: Chart, amounts: Amounts
) -> list[str]:
    """The cells that the notes will speak of once the lines are filled in, by address.

    None while there is no money on either side; then nobody can tell. A code that this year's
    chart lacks can be stated nowhere in a workbook.
    """
    expected = replace(filing, facts=(*filing.facts, *lines))
    if not (expected.facts or amounts):
        return []
    addresses = list_asked_cells(write_notes(OpenWriter.over(expected, chart, amounts)))
    found = {at: find_place(at) for at in addresses}
    return [at for at, place in found.items() if place and has_code(chart.functions, place[1])]


def complete_priors(
    stated: Iterable[Prior], places: Iterable[str], amounts: Amounts
) -> tuple[Prior, ...]:
    """Last year's figures (yuan) as stated, and from `amounts` where nobody has stated any."""
    priors = {prior.at: prior for prior in stated}
    if amounts is None:
        return tuple(priors.values())
    located = ((at, find_place(at)) for at in places)
    asked = (at for at, place in located if place and place[0].asks is Asks.CHANGE)
    known = {at: Prior(at=at, amount=amounts.get(at, ZERO)) for at in asked}
    return tuple((known | priors).values())
