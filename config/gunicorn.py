"""How gunicorn serves the portal; options on its command line win over these."""

from config.environment import read_choice, read_number, read_text
from config.logs import describe_logs

wsgi_app = "config.wsgi"
bind = read_text("BIND", "127.0.0.1:8000")
workers = read_number("WEB_WORKERS", default=2)
# A whole document may be rendered within a request; memory freed late is given back by restarts.
timeout = 120
max_requests = 2000
max_requests_jitter = 200
accesslog: str | None = "-"
if read_choice("LOG_FORMAT", choices=("TEXT", "JSON"), default="TEXT") == "JSON":
    # Without address, question and browser: who reads what stands in no log.
    accesslog = None
    access_log_format = "%(m)s %(U)s %(s)s %(B)s %(L)s %({x-request-id}i)s"
    own = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    logconfig_dict = describe_logs("JSON") | {
        "loggers": {"gunicorn.error": own, "gunicorn.access": own},
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }
# Nobody steers it from outside, and the account it runs under has no home to write to.
control_socket_disable = True
