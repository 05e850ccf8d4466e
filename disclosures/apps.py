"""The portal: who does what with a budget, and what the public reads."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "预算公开"
