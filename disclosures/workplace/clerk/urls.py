"""The addresses of data entry, under /admin/workplace/."""

from django.contrib.admin import site
from django.urls import path

from disclosures.workplace.clerk.sheets import edit_sheet
from disclosures.workplace.clerk.targets import edit_project
from disclosures.workplace.clerk.tasks import open_budget
from disclosures.workplace.clerk.workbooks import (
    decide_upload,
    preview_upload,
    restore_upload,
    send_marked,
    send_upload,
    upload_file,
)

app_name = "filing"

BUDGET = "<int:year>/<str:code>"
UPLOAD = f"{BUDGET}/upload/<int:pk>"

urlpatterns = [
    path(f"{BUDGET}/open/", site.admin_view(open_budget), name="open"),
    path(f"{BUDGET}/sheet/<str:key>/", site.admin_view(edit_sheet), name="sheet"),
    path(f"{BUDGET}/project/new/", site.admin_view(edit_project), name="project_new"),
    path(f"{BUDGET}/project/<int:number>/", site.admin_view(edit_project), name="project"),
    path(f"{BUDGET}/upload/", site.admin_view(upload_file), name="upload"),
    path(f"{UPLOAD}/", site.admin_view(preview_upload), name="upload_preview"),
    path(f"{UPLOAD}/decide/", site.admin_view(decide_upload), name="upload_decide"),
    path(f"{UPLOAD}/restore/", site.admin_view(restore_upload), name="upload_restore"),
    path(f"{UPLOAD}/file", site.admin_view(send_upload), name="upload_file"),
    path(f"{UPLOAD}/marked.xlsx", site.admin_view(send_marked), name="upload_marked"),
]
