"""The addresses of the portal: the workplace, the health probe, and the public site."""

from django.contrib import admin
from django.urls import include, path

from config.views import report_health
from disclosures.workplace.accounts.login import log_in, log_out
from disclosures.workplace.accounts.passwords import change_password
from disclosures.workplace.accounts.second_factor import ask_code, manage_app
from disclosures.workplace.bureau.health import send_health, send_metrics
from disclosures.workplace.home import show_admin_index

admin.site.site_header = "部门预算编报与公开 — 工作台"
admin.site.site_title = "部门预算编报与公开"
admin.site.index_title = "后台"

handler500 = "config.views.show_outage"

ACCOUNT = [
    path("code/", admin.site.admin_view(ask_code), name="code"),
    path("app/", admin.site.admin_view(manage_app), name="app"),
]

urlpatterns = [
    path("admin/workplace/", include("disclosures.workplace.urls")),
    path("admin/workplace/", include("disclosures.workplace.clerk.urls")),
    path("admin/account/", include((ACCOUNT, "accounts"))),
    # The admin's own ways in and out, told in the log; their names stay those of the admin.
    path("admin/login/", log_in),
    path("admin/logout/", log_out),
    path("admin/password_change/", admin.site.admin_view(change_password)),
    path("admin/", admin.site.admin_view(show_admin_index)),
    path("admin/", admin.site.urls),
    path("healthz", report_health, name="healthz"),
    path("healthz/status.json", send_health, name="health_status"),
    path("healthz/metrics", send_metrics, name="health_metrics"),
    path("api/", include("disclosures.public.api.entrance")),
    path("", include("disclosures.public.urls")),
]
