"""What every web server of Limner's tells those who ask whether it lives: watchdogs, balancers, and the doctor."""

PATH = "/healthz"
WORDS = "ok\n"
HEADERS = {"Server": "Limner"}
"""By which the doctor knows that it is no other program."""
