"""Parsed dialog file → validated Dialog, or every problem at once.

Structure only: keys, types, ids and references. What makes a well-formed dialog unsafe or hard to
follow is for ``review.lint``. The catalogue of codes is
``review.lint.catalogue``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from voice_triage.content.condition_reader import ConditionParser
from voice_triage.content.dialog import (
    Asked,
    Dialog,
    Finding,
    Outcome,
    Part,
    Question,
    Region,
    Rule,
)
from voice_triage.content.fields import Reader, line_of, lines_below
from voice_triage.content.nodes import RESERVED
from voice_triage.content.templates import TemplateError, listed, read_template
from voice_triage.errors import DialogError
from voice_triage.values import FindingId, FindingKind, FindingValue, Level, QuestionId, RuleId

SCHEMA_VERSION = 1

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
        "progress": "count", "progress_one": "", "counts": "",
        "kept": "", "corrected": "", "stopped": "", "goodbye": "",
        "restarted": "", "standby": "", "microphone_lost": "",
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


def parse_dialog(data: object, file: str) -> Dialog:
    """Raise DialogError with all problems if ``data`` (parsed YAML) is not a dialog."""
    reader = Reader(file)
    top = reader.mapping(data, "dialog")
    reader.known_keys(top, KEYS["dialog"], "dialog")
    if top.get("schema") is True or top.get("schema") != SCHEMA_VERSION:
        message = f"this program reads 'schema: {SCHEMA_VERSION}'; found {top.get('schema')!r}"
        reader.report("D013", "schema", message, line_of(top, "schema"))
    parser = _Parser(reader)
    for key in ("findings", "rules", "questions", "regions"):
        if key in top and isinstance(top[key], list | dict) and not top[key]:
            reader.report("D018", key, f"'{key}' is empty; add at least one", line_of(top, key))
    names = (
        *("findings", "questions", "outcomes", "advice", "texts", "regions", "danger_phrases"),
    )
    sections = {name: reader.section(top, name) for name in names}
    findings = parser.findings(sections["findings"])
    if "rules" not in top:
        reader.report("D001", "rules", "section 'rules' is missing; add it", line_of(top))
    rules = parser.rules(top.get("rules", ()), line_of(top, "rules"))
    questions = parser.questions(sections["questions"])
    outcomes = parser.outcomes(sections["outcomes"]) if "outcomes" in top else {}
    advice = parser.by_option(sections["advice"], "advice")
    remarks = parser.by_option(top.get("remarks") or {}, "remarks")
    usual = parser.usual(top.get("usual") or {})
    texts = parser.texts(sections["texts"]) if "texts" in top else {}
    regions = parser.regions(sections["regions"])
    danger = parser.danger_phrases(sections["danger_phrases"])
    about = [reader.text(top, key, "dialog") for key in ("id", "version", "language", "title")]
    if reader.problems:
        raise DialogError(reader.problems)
    dialog_id, version, language, title = about
    return Dialog(
        id=dialog_id, version=version, language=language, title=title, findings=findings,
        rules=rules, questions=questions, outcomes=outcomes, advice=advice, remarks=remarks,
        usual=usual, texts=texts, regions=regions, danger_phrases=danger,
        ruleset=_fingerprint(top), file=file, lines=lines_below(top),
    )  # fmt: skip


def _fingerprint(top: Mapping[str, Any]) -> str:
    """Hash of what decides levels: findings, rules and questions, independent of layout."""
    decisive = {key: top[key] for key in ("id", "version", "findings", "rules", "questions")}
    text = json.dumps(decisive, sort_keys=True, ensure_ascii=False, default=str)
    return "sha256:" + hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


class _Parser(ConditionParser):
    """Parses section after section; later ones refer to the ids of earlier ones."""

    def findings(self, section: Mapping[str, Any]) -> dict[FindingId, Finding]:
        reader = self.reader
        kinds = [k.value for k in FindingKind]
        for name, node in section.items():
            line = line_of(section, name)
            if not self._check_id(name, "finding", line):
                continue
            body = reader.mapping(node, name, line)
            kind = reader.choice(body, "kind", name, kinds, "D005")
            self.kinds[name] = FindingKind(kind or "yes_no")
            if self.kinds[name] is FindingKind.CHOICE:
                self.options[name] = reader.texts(body, "options", name)
                self._not_empty(body, "options", name)
        return {FindingId(name): self._finding(name, section[name]) for name in self.kinds}

    def _finding(self, name: str, node: object) -> Finding:
        reader = self.reader
        body = node if isinstance(node, Mapping) else {}
        reader.known_keys(body, KEYS["finding"], name)
        asked = reader.choice(body, "asked", name, [a.value for a in Asked], "D005")
        derived = None
        if "derived" in body:
            derived = self.condition(body["derived"], name, line_of(body, "derived"))
        if (asked == Asked.DERIVED) != (derived is not None):
            message = "'asked: derived' and a 'derived' condition go together"
            reader.report("D014", name, message, line_of(body))
        return Finding(
            FindingId(name), self.kinds[name], Asked(asked or "always"),
            self._plain(body, "clause", name), self._plain(body, "sign", name),
            self.options.get(name, ()), derived,
            reader.text(body, "said", name, ""),
        )  # fmt: skip

    def danger_phrases(self, section: Mapping[str, Any]) -> dict[FindingId, tuple[str, ...]]:
        """Templates by finding: lists of phrases, a comma or a line end after each."""
        phrases = {}
        for finding in section:
            line = line_of(section, finding)
            self.known(finding, "danger_phrases", line)
            templates = tuple(listed(self.reader.text(section, finding, "danger_phrases")))
            for template in templates:
                try:
                    read_template(template)
                except TemplateError as error:
                    self.reader.report("D020", "danger_phrases", f"{error}; check brackets", line)
            phrases[FindingId(finding)] = templates
        return phrases

    def rules(self, node: object, line: int) -> tuple[Rule, ...]:
        reader, rules = self.reader, []
        seen: set[str] = set()
        for at, item in reader.items(node, "rules", line):
            body = reader.mapping(item, "rules", at)
            name = reader.text(body, "id", "rules")
            reader.known_keys(body, KEYS["rule"], name)
            self._check_id(name, "rule", at)
            if name in seen:
                reader.report("D006", name, "this rule id is used twice; rename one", at)
            seen.add(name)
            when = self.condition(body.get("when"), name, line_of(body, "when") or at)
            level = reader.choice(body, "level", name, [lv.id for lv in Level], "D005")
            reason = self._plain(body, "reason", name)
            source = reader.text(body, "source", name)
            if when is not None and level is not None:
                rules.append(Rule(RuleId(name), when, Level.from_id(level), reason, source, at))
        return tuple(rules)

    def questions(self, section: Mapping[str, Any]) -> tuple[Question, ...]:
        return tuple(
            question for name in section if (question := self._question(name, section)) is not None
        )

    def _question(self, name: str, section: Mapping[str, Any]) -> Question | None:
        reader, line = self.reader, line_of(section, name)
        body = reader.mapping(section[name], name, line)
        reader.known_keys(body, KEYS["question"], name)
        self._check_id(name, "question", line)
        if name in RESERVED:
            reader.report("D006", name, "this name is used by the program; choose another", line)
        asks = reader.texts(body, "asks", name)
        no_also = reader.texts(body, "no_also", name, default=())
        for finding in (*asks, *no_also):
            self.known(finding, name, line_of(body, "asks"))
        kinds = {self.kinds.get(f, FindingKind.YES_NO) for f in asks}
        if len(kinds) > 1 or (len(asks) > 1 and FindingKind.YES_NO not in kinds):
            reader.report("D015", name, "findings asked together must all be yes_no", line)
            return None
        again = reader.texts(body, "again", name)
        if "again" in body and len(again) != 2:
            message = "'again' needs two reprompts: for no match or no input, then in plain words"
            reader.report("D016", name, message, line_of(body, "again"))
            return None
        when = None
        if "when" in body:
            when = self.condition(body["when"], name, line_of(body, "when"))
        which_of = body.get("which_of")
        if "which_of" in body and not (isinstance(which_of, str) and which_of in section):
            message = f"'which_of: {which_of}' names no question"
            reader.report("D010", name, message, line_of(body, "which_of"))
        self._not_empty(body, "asks", name)
        for text in again:
            self._check_holes(text, None, name, line_of(body, "again"))
        ask, why = self._plain(body, "ask", name), self._plain(body, "help", name)
        source = reader.text(body, "source", name)
        if not asks or len(again) != 2:
            return None
        return Question(
            QuestionId(name), tuple(map(FindingId, asks)), kinds.pop(), ask, (again[0], again[1]),
            why, tuple(map(FindingId, no_also)), when, reader.flag(body, "half", name),
            None if which_of is None else QuestionId(str(which_of)),
            self._parts(body, name, asks), source, line,
        )  # fmt: skip

    def _parts(self, body: Mapping[str, Any], name: str, asks: tuple[str, ...]) -> tuple[Part, ...]:
        """One for each finding asked, or none at all."""
        reader = self.reader
        section = reader.section(body, "parts") if "parts" in body else {}
        if "parts" in body and set(section) != set(asks):
            message = f"'parts' must be about {', '.join(asks)}, each of them"
            reader.report("D019", name, message, line_of(body, "parts"))
            return ()
        parts = []
        for finding in asks if section else ():
            part = reader.mapping(section[finding], name, line_of(section, finding))
            reader.known_keys(part, KEYS["part"], name)
            fine, ask = self._plain(part, "fine", name), self._plain(part, "ask", name)
            there = self._plain(part, "there", name) if "there" in part else ""
            parts.append(Part(FindingId(finding), fine, ask, there))
        return tuple(parts)

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
            self._not_empty(body, "act", level.id)
            watch = reader.texts(body, "watch", level.id, default=())
            self._check_holes(head, frozenset(), level.id, line_of(body, "head"))
            for key, texts in (("act", act), ("watch", watch)):
                for at, text in enumerate(texts):
                    self._check_holes(text, frozenset(), level.id, line_of(body[key], at))
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
                said = {option: self._plain(texts, option, where) for option in texts}
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
            self._check_holes(texts[key], holes, key, line_of(section, key))
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

    def _check_id(self, name: object, what: str, line: int) -> bool:
        good = isinstance(name, str) and _ID.match(name) is not None
        if not good:
            message = f"{what} id '{name}' must be lower case words joined by '_'"
            self.reader.report("D006", str(name), message, line)
        return good

    def _not_empty(self, body: Mapping[str, Any], key: str, where: str) -> None:
        if isinstance(body.get(key), list) and not body[key]:
            message = f"'{key}' is an empty list; name at least one"
            self.reader.report("D018", where, message, line_of(body, key))

    def _plain(self, body: Mapping[str, Any], key: str, where: str) -> str:
        """A text that is spoken as it stands, without holes."""
        text = self.reader.text(body, key, where)
        self._check_holes(text, None, where, line_of(body, key))
        return text

    def _check_holes(self, text: str, holes: frozenset[str] | None, where: str, line: int) -> None:
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
