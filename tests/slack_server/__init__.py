"""A local server that speaks Slack's Web API, events and Socket Mode, so that an unmodified slack-bolt can be tried."""

from tests.slack_server.person import Person
from tests.slack_server.server import SlackServer, slack_server
from tests.slack_server.sight import Sight

__all__ = ["Person", "Sight", "SlackServer", "slack_server"]
