"""The addresses of the workplace's own pages, under /admin/workplace/."""

from django.contrib.admin import site
from django.urls import path, re_path

from disclosures.workplace.bureau.health import show_health
from disclosures.workplace.bureau.log import send_log, show_entry, show_log
from disclosures.workplace.bureau.releases import show_release, show_releases
from disclosures.workplace.clerk.checks import show_check_list, show_checks
from disclosures.workplace.clerk.confirmation import show_confirmation
from disclosures.workplace.clerk.preview import send_preview_pdf, show_preview
from disclosures.workplace.clerk.tasks import show_tasks
from disclosures.workplace.clerk.words import edit_words
from disclosures.workplace.clerk.workbooks import send_template
from disclosures.workplace.comments import show_comments
from disclosures.workplace.home import show_home
from disclosures.workplace.inbox import show_inbox
from disclosures.workplace.review.board import show_board
from disclosures.workplace.review.page import show_differences, show_review

app_name = "workplace"

BUDGET = "<int:year>/<str:code>"

urlpatterns = [
    path("", site.admin_view(show_home), name="home"),
    path("board/", site.admin_view(show_board), name="board"),
    path("notices/", site.admin_view(show_inbox), name="inbox"),
    path("checks/", site.admin_view(show_check_list), name="check_list"),
    path("release/", site.admin_view(show_releases), name="release"),
    path("release/<int:pk>/", site.admin_view(show_release), name="release_progress"),
    path("health/", site.admin_view(show_health), name="health"),
    path("log/", site.admin_view(show_log), name="log"),
    path("log/<int:number>/", site.admin_view(show_entry), name="log_entry"),
    re_path(r"^log/log\.(?P<form>csv|xlsx)$", site.admin_view(send_log), name="log_file"),
    path(f"{BUDGET}/", site.admin_view(show_tasks), name="tasks"),
    path(f"{BUDGET}/template.xlsx", site.admin_view(send_template), name="template"),
    path(f"{BUDGET}/words/", site.admin_view(edit_words), name="words"),
    path(f"{BUDGET}/checks/", site.admin_view(show_checks), name="checks"),
    path(f"{BUDGET}/preview/", site.admin_view(show_preview), name="preview"),
    path(f"{BUDGET}/preview.pdf", site.admin_view(send_preview_pdf), name="preview_pdf"),
    path(f"{BUDGET}/differences/", site.admin_view(show_differences), name="differences"),
    path(f"{BUDGET}/comments/", site.admin_view(show_comments), name="comments"),
    path(f"{BUDGET}/review/", site.admin_view(show_review), name="review"),
    path(f"{BUDGET}/confirm/", site.admin_view(show_confirmation), name="confirm"),
]
