"""The door for a WSGI server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Only now can the portal's modules be loaded; and before the first request, while the files are
# those that this process was started from.
from disclosures.public.responses import identify_release  # noqa: E402

identify_release()
