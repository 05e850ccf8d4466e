"""Workbooks coming in: a file, its preview, and the word that decides."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from budgets import ledger, spreadsheets
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.importing import proposals
from budgets.importing.changes import compare_filings
from budgets.models import Budget, Upload, read_chart
from budgets.spreadsheets import WAN
from disclosures.workflow.access import Act, find_budget
from disclosures.workplace.clerk.conflicts import fingerprint_filing
from disclosures.workplace.clerk.page import show

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES_A_PAGE = 200
ACCEPT = "accept"


def upload_file(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Former uploads, and the place for a new one."""
    if request.method == "POST":
        return receive(request, find_budget(request.user, year, code, Act.FILL))
    budget = find_budget(request.user, year, code)
    return draw_uploads(request, budget)


def receive(request: HttpRequest, budget: Budget) -> HttpResponse:
    """Keep the file and go on to its preview; a missing or oversized one is refused at once."""
    file = request.FILES.get("file")
    if file is None:
        return draw_uploads(request, budget, [NO_FILE])
    if problems := proposals.check_size(file.size):
        return draw_uploads(request, budget, problems)
    upload = proposals.receive(budget, file.read(), file.name, request.user)
    return go(upload)


NO_FILE = Problem(message="没有选择文件。", advice="请先选择填好的工作簿，再点“上传”。")


def draw_uploads(request: HttpRequest, budget: Budget, problems=()) -> HttpResponse:
    """The list of uploads, newest first, with what is wrong with the last attempt."""
    uploads = budget.uploads.select_related("who").defer("content")
    return show(
        request,
        "workplace/uploads.html",
        budget,
        title="导入工作簿",
        uploads=uploads,
        problems=problems,
        status=400 if problems else 200,
    )


@require_safe
def preview_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """What is wrong with a file, and what it would change; nothing has been written."""
    upload = find_upload(request, year, code, pk)
    proposed = proposals.propose(upload)
    return show(
        request,
        "workplace/upload.html",
        upload.budget,
        title=f"导入预览：{upload.filename}",
        **describe(proposed, request.GET.get("page")),
    )


def describe(proposed: proposals.Proposal, page: str | None) -> dict[str, object]:
    """What the preview shows; a long list of changes comes page by page."""
    before, verdict = proposed.present, proposed.verdict
    changes = []
    if verdict.filing:
        chart = read_chart(before.year)
        changes = compare_filings(before, verdict.filing, chart, WAN)
    grades = {each: [p for p in verdict.problems if p.severity is each] for each in Severity}
    return {
        "proposed": proposed,
        "upload": proposed.upload,
        "errors": grades[Severity.ERROR],
        "others": [*grades[Severity.WARNING], *grades[Severity.HINT]],
        "has_cells": any(problem.cells for problem in verdict.problems),
        "count": len(changes),
        "changes": Paginator(changes, CHANGES_A_PAGE).get_page(page),
        "seen": fingerprint_filing(before),
        "money_unit": WAN,
    }


@require_POST
def decide_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """Take the file or give it up; once, however often the button is pressed."""
    upload = find_upload(request, year, code, pk, Act.FILL)
    try:
        return settle(request, upload)
    except proposals.DecidedError:
        messages.info(request, "这个文件已经处理过了，没有再次处理。")
    except proposals.StaleError:
        messages.warning(request, "预览之后预算有了变化，请核对新的预览后再确认。")
        return go(upload)
    except ledger.FilingRefusedError as refusal:
        messages.error(request, str(refusal))
        return go(upload)
    return redirect("filing:upload", year, code)


def settle(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Do what the button says, say what was done, and go on to where the next step is."""
    if request.POST.get("action") == ACCEPT:
        return accept(request, upload)
    proposals.give_up(upload, request.user)
    messages.success(request, f"已放弃“{upload.filename}”，预算没有改变。")
    return redirect("filing:upload", upload.budget.year, upload.budget.department.code)


def accept(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Take the file if the budget is still the one that the preview compared it with."""
    seen = request.POST.get("seen", "")

    def is_seen(filing: Filing) -> bool:
        return fingerprint_filing(filing) == seen

    if problems := proposals.take(upload, request.user, is_seen):
        messages.error(request, f"没有导入：{problems[0].message}")
        return go(upload)
    messages.success(request, f"已导入“{upload.filename}”。")
    return redirect("workplace:tasks", upload.budget.year, upload.budget.department.code)


@require_POST
def restore_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """Put a former file forward again."""
    upload = find_upload(request, year, code, pk, Act.FILL)
    return go(proposals.repeat(upload, request.user))


@require_safe
def send_upload(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file as it came in; always saved, never opened in the browser."""
    upload = find_upload(request, year, code, pk)
    return attach(bytes(upload.content), "application/octet-stream", upload.filename)


@require_safe
def send_marked(request: HttpRequest, year: int, code: str, pk: int) -> HttpResponse:
    """The file with its bad cells coloured and commented; Http404 where no cell is to blame."""
    upload = find_upload(request, year, code, pk)
    problems = proposals.propose(upload).verdict.problems
    if not any(problem.cells for problem in problems):
        raise Http404("这个文件没有可以标出的单元格。")
    marked = spreadsheets.mark(bytes(upload.content), problems)
    return attach(marked, XLSX_TYPE, f"已标出问题-{upload.filename}")


def find_upload(request: HttpRequest, year: int, code: str, pk: int, act: Act = Act.VIEW) -> Upload:
    """An upload of a budget that the person may act on; Http404 where there is none."""
    budget = find_budget(request.user, year, code, act)
    upload = budget.uploads.select_related("who", "budget__department").filter(pk=pk).first()
    if upload is None:
        raise Http404("没有这个上传的文件。")
    return upload


def go(upload: Upload) -> HttpResponse:
    """To the preview of an upload."""
    budget = upload.budget
    return redirect("filing:upload_preview", budget.year, budget.department.code, upload.pk)


def attach(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
