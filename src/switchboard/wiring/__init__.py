"""The only place that connects features: who listens to which facts, what web and worker are made of."""

from switchboard.wiring.listeners import listening_database
from switchboard.wiring.web import CONTROLLERS, Web, open_bus, running

__all__ = ["CONTROLLERS", "Web", "listening_database", "open_bus", "running"]
