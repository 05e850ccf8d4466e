"""Workbooks: one comes in with its preview and the word that decides, one goes out to be filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
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
from budgets.importing.examination import Examination
from budgets.importing.examination_queue import count_ahead, examine_again
from budgets.importing.new_year import has_code, offer_lines
from budgets.importing.uploads import (
    DecidedError,
    StaleError,
    accept_upload,
    budget_of,
    check_upload,
    discard_upload,
    fingerprint_basis,
    read_examination,
    read_problems,
    receive_upload,
    repeat_upload,
)
from budgets.models import Budget, Department, Upload, read_chart
from budgets.spreadsheets import WAN, Offered
from disclosures.publishing.exports import serve_file
from disclosures.publishing.worker import examine_without_worker
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.drafting import draft_filing, last_year_amounts
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.sentences import OpenWriter, list_asked_cells

JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES_A_PAGE = 200
ACCEPT = "accept"
# Seconds until a page without scripts asks again.
REFRESH = 3
REMOVED = "这个文件没有导入，保留期已过，内容已经清除；记录还在。"
Amounts = Mapping[str, Decimal] | None


class UploadForm(forms.Form):
    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": "没有选择文件。请先选择填好的工作簿，再点“上传”。"},
    )

    def __init__(self, *args, budget: Budget, **kwargs):
        super().__init__(*args, **kwargs)
        self.budget = budget

    def clean_file(self):
        file = self.cleaned_data["file"]
        for problem in check_upload(self.budget, file.size):
            self.add_error("file", problem.message + problem.advice)
        return file


class DecisionForm(forms.Form):
    """The word that decides; `seen` is the basis of the examination that was shown."""

    action = forms.CharField(required=False)
    seen = forms.CharField(required=False)


def upload_file(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Former uploads, newest first, and the place for a new one, which leads on to its preview."""
    is_posted = request.method == "POST"
    budget = find_budget(request.user, year, code, Act.FILL if is_posted else Act.VIEW)
    form = UploadForm(*(request.POST, request.FILES) if is_posted else (), budget=budget)
    if form.is_valid():
        file = form.cleaned_data["file"]
        upload = receive_upload(budget, file.read(), file.name, request.user)
        examine_without_worker()
        return redirect("filing:upload_preview", year, code, upload.pk)
    return render_page(
        request,
        "workplace/uploads.html",
        budget,
        title="导入工作簿",
        uploads=budget.uploads.for_lists().select_related("who"),
        form=form,
        status=400 if form.errors else 200,
    )


@require_safe
def preview_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """What is wrong with a file, and what it would change; nothing has been written.

    A long list of changes comes page by page. While the file is examined, the page tells how far it
    is; one whose budget has changed since is examined again.
    """
    upload = find_upload(request, year, code, pk)
    examination = read_examination(upload)
    is_old = is_stale(upload, examination)
    if is_old:
        examine_again(upload)
    if is_old or upload.is_unexamined:
        examine_without_worker()
        upload = find_upload(request, year, code, pk)
        examination = read_examination(upload)
    if upload.is_unexamined:
        return show_progress(request, upload)
    problems = read_problems(upload)
    grades = {each: [p for p in problems if p.severity is each] for each in Severity}
    changes = (examination and examination.changes) or []
    return render_page(
        request,
        "workplace/upload.html",
        upload.budget,
        title=f"导入预览：{upload.filename}",
        upload=upload,
        is_acceptable=upload.result == Upload.Result.WAITING,
        has_proposal=bool(
            examination and examination.verdict.filing and examination.changes is not None
        ),
        errors=grades[Severity.ERROR],
        others=[*grades[Severity.WARNING], *grades[Severity.HINT]],
        count=len(changes),
        changes=Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page")),
        money_unit=WAN,
    )


def is_stale(upload: Upload, examination: Examination | None) -> bool:
    """True for a file that waits for a word while what it was judged by has changed."""
    budget = budget_of(upload)
    if upload.result != Upload.Result.WAITING or budget.locked:
        return False
    return examination is None or upload.basis != fingerprint_basis(budget)


def show_progress(request: HttpRequest, upload: Upload) -> HttpResponse:
    """How far the examination of a file is; the page asks again by itself, with and without
    scripts."""
    progress = describe_progress(upload)
    if request.get_preferred_type(["text/html", JSON_TYPE]) == JSON_TYPE:
        return JsonResponse({"progress": progress})
    return render_page(
        request,
        "workplace/upload_progress.html",
        upload.budget,
        title=f"正在检查：{upload.filename}",
        upload=upload,
        progress=progress,
        refresh=0 if "still" in request.GET else REFRESH,
    )


def describe_progress(upload: Upload) -> str:
    if upload.result == Upload.Result.EXAMINING:
        return "正在检查这个文件"
    ahead = count_ahead(upload)
    return f"等待检查，前面还有 {ahead} 个文件" if ahead else "等待检查，马上开始"


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
    try:
        if form.cleaned_data["action"] != ACCEPT:
            discard_upload(upload, request.user)
            messages.success(request, f"已放弃“{upload.filename}”，预算没有改变。")
        else:
            accept_upload(upload, request.user, form.cleaned_data["seen"])
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
    upload = find_upload(request, year, code, pk, Act.FILL)
    for problem in check_upload(budget_of(upload), upload.size):
        messages.error(request, problem.message + problem.advice)
        return redirect("filing:upload", year, code)
    try:
        upload = repeat_upload(upload, request.user)
    except DecidedError:
        messages.error(request, REMOVED)
        return redirect("filing:upload", year, code)
    examine_without_worker()
    return redirect("filing:upload_preview", year, code, upload.pk)


@require_safe
def send_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file as it came in; always saved, never opened in the browser."""
    upload = find_upload(request, year, code, pk)
    if upload.removed_at:
        raise Http404(REMOVED)
    return serve_file(bytes(upload.content), "application/octet-stream", upload.filename)


@require_safe
def send_marked(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file with its bad cells coloured and commented; Http404 where no cell is to blame."""
    upload = find_upload(request, year, code, pk)
    if upload.marked is None:
        raise Http404("这个文件没有可以标出的单元格。")
    return serve_file(bytes(upload.marked), XLSX_TYPE, f"已标出问题-{upload.filename}")


def find_upload(request: HttpRequest, year: int, code: str, pk: int, act: Act = Act.VIEW) -> Upload:
    """An upload of a budget that the person may act on; Http404 where there is none."""
    budget = find_budget(request.user, year, code, act)
    own = budget.uploads.without_files().select_related("who", "budget__department")
    upload = own.filter(pk=pk).first()
    if upload is None:
        raise Http404("没有这个上传的文件。")
    return upload


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
