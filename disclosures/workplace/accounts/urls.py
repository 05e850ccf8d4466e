"""The addresses of a person's own account, under /admin/account/."""

from django.contrib.admin import site
from django.urls import path

from disclosures.workplace.accounts.second_factor import ask_code, manage_app

app_name = "accounts"

urlpatterns = [
    path("code/", site.admin_view(ask_code), name="code"),
    path("app/", site.admin_view(manage_app), name="app"),
]
