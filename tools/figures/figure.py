"""A measurement beside its budget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    budget: float
    at_most: bool = True

    @property
    def met(self) -> bool:
        return self.value <= self.budget if self.at_most else self.value >= self.budget

    def __str__(self) -> str:
        sign = "<=" if self.at_most else ">="
        verdict = "ok" if self.met else "OVER BUDGET"
        return f"{self.what:58} {self.value:10.4g} {self.unit:6} {sign} {self.budget:<8g} {verdict}"
