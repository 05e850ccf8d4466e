"""How gunicorn serves the portal; options on its command line win over these."""

from config.environment import read_number, read_text

wsgi_app = "config.wsgi"
bind = read_text("BIND", "127.0.0.1:8000")
workers = read_number("WEB_WORKERS", default=2)
# A whole document may be rendered within a request; memory freed late is given back by restarts.
timeout = 120
max_requests = 2000
max_requests_jitter = 200
accesslog = "-"
# Nobody steers it from outside, and the account it runs under has no home to write to.
control_socket_disable = True
