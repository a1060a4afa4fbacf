"""A growing list of problems: all of a run are told, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field

from sousveil.model.records import Problem, Severity


@dataclass
class Problems:
    """Collects what is wrong. `blurred` names what later checks must not complain about again.

    When a block cannot be read, its claims are missing, so "nobody claims this" further on would
    only repeat the first message. `blurred` holds the subjects concerned; None stands for all.
    """

    rows: list[Problem] = field(default_factory=list)
    blurred: set[str | None] = field(default_factory=set)

    def error(self, file: str, line: int | None, message: str) -> None:
        """Add a problem that stops a build."""
        self.rows.append(Problem(file=file, line=line, severity=Severity.ERROR, message=message))

    def warn(self, file: str, line: int | None, message: str) -> None:
        """Add a problem that does not stop a build."""
        self.rows.append(Problem(file=file, line=line, severity=Severity.WARNING, message=message))

    def is_blurred(self, subject: str | None) -> bool:
        """Tell whether claims of this subject may be missing because of an earlier problem."""
        return None in self.blurred or subject in self.blurred

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build, in file and line order."""
        return [p for p in self.sorted() if p.severity == Severity.ERROR]

    def sorted(self) -> list[Problem]:
        """All problems in file and line order, each once."""
        return sorted(set(self.rows), key=lambda p: (p.file, p.line or 0, p.severity, p.message))
