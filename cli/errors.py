"""What a command says when it cannot go on: one sentence of what is wrong, one of what to do, never a traceback."""

from collections.abc import Sequence


class StackError(Exception):
    """The stack cannot start or go on. `log_lines` are the last words of the process at fault, where there is one."""

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "", *, log_lines: Sequence[str] = ()) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.log_lines = tuple(log_lines)


class BadInput(StackError):
    """The caller gave something unusable: a résumé that cannot be read, an unknown option value."""

    exit_code = 2
