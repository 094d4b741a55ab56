"""Work shared among processes, in order, with a retry for a worker that dies."""

from slugline.pool.shares import WorkerDied, may_fork, shared

__all__ = ["WorkerDied", "may_fork", "shared"]
