"""What a dialog file says aloud: outcomes, advice, texts, regions, danger phrases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from voice_triage.content.dialog import Outcome, Region
from voice_triage.content.reading.condition_reader import ConditionParser
from voice_triage.content.reading.fields import line_of
from voice_triage.values import FindingId, FindingKind, FindingValue, Level

TEXT_HOLES: Mapping[str, frozenset[str]] = {
    key: frozenset(holes.split())
    for key, holes in {
        "opening_emergency": "", "opening_tool": "", "opening_how": "", "story": "",
        "because": "reason", "because_one_of": "signs",
        "because_open": "signs", "because_none": "", "because_call": "", "because_silent": "signs",
        "open_sign": "signs", "open_sign_call": "", "emergency_again": "",
        "emergency_okay": "", "emergency_end": "", "advice_line": "", "in_doubt": "",
        "not_doctor": "", "repeat_hint": "", "help_first": "", "help_how": "",
        "moment": "", "went_back": "", "nothing_to_go_back": "",
        "start_over": "", "slower": "", "faster": "",
        "confirm_no": "signs", "confirm_no_again": "signs",
        "confirm_value": "value", "confirm_value_again": "value", "call_sign": "",
        "value_severity": "number", "value_days": "number", "heard": "reason",
        "clarify": "signs", "clarify_again": "signs", "yes_or_no": "",
        "progress": "count", "progress_one": "", "counts": "", "or": "", "and": "",
        "kept": "", "corrected": "", "stopped": "", "goodbye": "",
        "restarted": "", "told": "reason", "hearing_again": "", "standby": "phrase",
        "microphone_lost": "", "microphone_muted": "", "no_microphone": "", "already_running": "",
        "wake": "", "did_you_call": "",
    }.items()
}  # fmt: skip
"""Every text a dialog must have, and the holes that it may use beside the region's."""
REGION_HOLES = frozenset({"emergency_number", "advice_line"})

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
KEYS: Mapping[str, tuple[str, ...]] = {
    "dialog": (
        "schema", "id", "version", "language", "title", "findings", "rules", "questions",
        "outcomes", "advice", "remarks", "usual", "texts", "regions", "danger_phrases",
    ),
    "finding": ("kind", "asked", "clause", "sign", "options", "derived", "said"),
    "rule": ("id", "when", "level", "reason", "source"),
    "question": (
        "asks", "no_also", "ask", "again", "help", "when", "half", "which_of", "parts", "source",
    ),
    "part": ("fine", "there", "ask"),
    "outcome": ("head", "act", "watch"),
    "region": ("emergency_number", "advice_line"),
}  # fmt: skip
"""The keys of each kind of entry; dialogs/schema.json has the same."""


class TextParser(ConditionParser):
    """Parses what is said, and looks for holes that nothing fills."""

    def danger_phrases(self, section: Mapping[str, Any]) -> dict[FindingId, tuple[str, ...]]:
        """Templates by finding: lists of phrases, a comma or a line end after each."""
        phrases = {}
        for finding in section:
            line = line_of(section, finding)
            self.known(finding, "danger_phrases", line)
            said = self.reader.templates(section, finding, "danger_phrases", "D020")
            phrases[FindingId(finding)] = said
        return phrases

    def outcomes(self, section: Mapping[str, Any]) -> dict[Level, Outcome]:
        reader, outcomes = self.reader, {}
        reader.known_keys(section, [lv.id for lv in Level], "outcomes")
        for level in Level:
            body = reader.section(section, level.id)
            if level.id not in section:
                continue
            reader.known_keys(body, KEYS["outcome"], level.id)
            head = reader.text(body, "head", level.id)
            act = reader.texts(body, "act", level.id)
            self.not_empty(body, "act", level.id)
            watch = reader.texts(body, "watch", level.id, default=())
            self.check_holes(head, frozenset(), level.id, line_of(body, "head"))
            for key, texts in (("act", act), ("watch", watch)):
                for at, text in enumerate(texts):
                    self.check_holes(text, frozenset(), level.id, line_of(body[key], at))
            outcomes[level] = Outcome(level, head, act, watch)
        return outcomes

    def by_option(self, node: Any, where: str) -> dict[FindingId, dict[str, str]]:
        """Texts by finding and option."""
        section = self.reader.mapping(node, where)
        found: dict[FindingId, dict[str, str]] = {}
        for finding in section:
            line = line_of(section, finding)
            texts = self.reader.mapping(section[finding], where, line)
            if self.known(finding, where, line):
                for option in texts:
                    self._check_option(finding, option, where, line_of(texts, option))
                said = {option: self.plain(texts, option, where) for option in texts}
                found[FindingId(finding)] = said
        return found

    def usual(self, node: Any) -> dict[FindingId, FindingValue]:
        """Values of findings for a number or a choice."""
        section = self.reader.mapping(node, "usual")
        found: dict[FindingId, FindingValue] = {}
        for finding in section:
            line = line_of(section, finding)
            if not self.known(finding, "usual", line):
                continue
            if self.kinds[finding] is FindingKind.CHOICE:
                self._check_option(finding, section[finding], "usual", line)
                found[FindingId(finding)] = (str(section[finding]),)
            else:
                found[FindingId(finding)] = self.reader.number(section, finding, "usual")
        return found

    def _check_option(self, finding: str, option: object, where: str, line: int) -> None:
        options = self.options.get(finding, ())
        if option not in options:
            message = f"'{option}' is no option of '{finding}'; use one of {', '.join(options)}"
            self.reader.report("D009", where, message, line)

    def texts(self, section: Mapping[str, Any]) -> dict[str, str]:
        self.reader.known_keys(section, TEXT_HOLES, "texts")
        texts = {}
        for key, holes in TEXT_HOLES.items():
            texts[key] = self.reader.text(section, key, "texts")
            self.check_holes(texts[key], holes, key, line_of(section, key))
        return texts

    def regions(self, section: Mapping[str, Any]) -> dict[str, Region]:
        reader, regions = self.reader, {}
        for name in section:
            body = reader.mapping(section[name], name, line_of(section, name))
            reader.known_keys(body, KEYS["region"], name)
            number = reader.text(body, "emergency_number", name)
            regions[name] = Region(name, number, reader.text(body, "advice_line", name, ""))
        if section and "other" not in section:
            message = "region 'other' is missing: it serves where the country is unknown"
            reader.report("D001", "regions", message, line_of(section))
        return regions

    def check_id(self, name: object, what: str, line: int) -> bool:
        good = isinstance(name, str) and _ID.match(name) is not None
        if not good:
            message = f"{what} id '{name}' must be lower case words joined by '_'"
            self.reader.report("D006", str(name), message, line)
        return good

    def not_empty(self, body: Mapping[str, Any], key: str, where: str) -> None:
        if isinstance(body.get(key), list) and not body[key]:
            message = f"'{key}' is an empty list; name at least one"
            self.reader.report("D018", where, message, line_of(body, key))

    def plain(self, body: Mapping[str, Any], key: str, where: str) -> str:
        """A text that is spoken as it stands, without holes."""
        text = self.reader.text(body, key, where)
        self.check_holes(text, None, where, line_of(body, key))
        return text

    def check_holes(self, text: str, holes: frozenset[str] | None, where: str, line: int) -> None:
        """``holes`` None: this text is never filled, so a brace would be read aloud."""
        try:
            used = {
                f"{name}{'!' + convert if convert else ''}{':' + spec if spec else ''}"
                for _, name, spec, convert in Formatter().parse(text)
                if name is not None
            }
        except ValueError:
            used = {"{"}
        allowed = frozenset() if holes is None else holes | REGION_HOLES
        for name in sorted(used - allowed):
            message = f"'{{{name}}}' cannot be filled here; use {_braced(allowed)}"
            self.reader.report("D012", where, message, line)


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "words only"
