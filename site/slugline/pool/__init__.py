"""Work shared among processes, in order, with a retry for a worker that dies.

scheduler.py   hands shares of work to workers and yields their results in order
worker.py      one worker process: how it starts, what it does, when it ends
"""

from slugline.pool.scheduler import WorkerDied, map_shares
from slugline.pool.worker import may_fork

__all__ = ["WorkerDied", "map_shares", "may_fork"]
