"""The addresses of the portal: the workplace, the health probe, and the public site."""

from django.contrib import admin
from django.urls import include, path

from budgets.admin.entrance import EntranceForm
from config.health import report_health
from disclosures.workplace.home import show_desk

admin.site.site_header = "部门预算编报与公开 — 工作台"
admin.site.site_title = "部门预算编报与公开"
admin.site.index_title = "工作台"
admin.site.login_form = EntranceForm

urlpatterns = [
    path("admin/workplace/", include("disclosures.workplace.urls")),
    path("admin/workplace/", include("budgets.workplace.urls")),
    path("admin/", admin.site.admin_view(show_desk)),
    path("admin/", admin.site.urls),
    path("healthz", report_health, name="healthz"),
    path("", include("disclosures.urls")),
]
