"""Parsed dialog file → validated Dialog, or every problem at once.

Structure only: keys, types, ids and references. What makes a well-formed dialog unsafe or hard to
follow is for ``review.lint``. The catalogue of codes is
``review.lint.catalogue``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from voice_triage.content.dialog import RESERVED, AskedWhen, Dialog, Finding, Part, Question, Rule
from voice_triage.content.reading.fields import FileReader, line_of, lines_below
from voice_triage.content.reading.texts_reader import KEYS, TextParser
from voice_triage.errors import DialogError
from voice_triage.values import FindingId, FindingKind, Level, QuestionId, RuleId

SCHEMA_VERSION = 1


def parse_dialog(data: object, file: str) -> Dialog:
    """Raise DialogError with all problems if ``data`` (parsed YAML) is not a dialog."""
    reader = FileReader(file)
    top = reader.mapping(data, "dialog")
    reader.known_keys(top, KEYS["dialog"], "dialog")
    reader.schema(top, SCHEMA_VERSION, "D013")
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


class _Parser(TextParser):
    """Parses section after section; later ones refer to the ids of earlier ones."""

    def findings(self, section: Mapping[str, Any]) -> dict[FindingId, Finding]:
        reader = self.reader
        kinds = [k.value for k in FindingKind]
        for name, node in section.items():
            line = line_of(section, name)
            if not self.check_id(name, "finding", line):
                continue
            body = reader.mapping(node, name, line)
            kind = reader.choice(body, "kind", name, kinds, "D005")
            self.kinds[name] = FindingKind(kind or "yes_no")
            if self.kinds[name] is FindingKind.CHOICE:
                self.options[name] = reader.texts(body, "options", name)
                self.not_empty(body, "options", name)
        return {FindingId(name): self._finding(name, section[name]) for name in self.kinds}

    def _finding(self, name: str, node: object) -> Finding:
        reader = self.reader
        body = node if isinstance(node, Mapping) else {}
        reader.known_keys(body, KEYS["finding"], name)
        asked = reader.choice(body, "asked", name, [a.value for a in AskedWhen], "D005")
        derived = None
        if "derived" in body:
            derived = self.condition(body["derived"], name, line_of(body, "derived"))
        if (asked == AskedWhen.DERIVED) != (derived is not None):
            message = "'asked: derived' and a 'derived' condition go together"
            reader.report("D014", name, message, line_of(body))
        return Finding(
            FindingId(name), self.kinds[name], AskedWhen(asked or "always"),
            self.plain(body, "clause", name), self.plain(body, "sign", name),
            self.options.get(name, ()), derived,
            reader.text(body, "said", name, ""),
        )  # fmt: skip

    def rules(self, node: object, line: int) -> tuple[Rule, ...]:
        reader, rules = self.reader, []
        seen: set[str] = set()
        for at, item in reader.items(node, "rules", line):
            body = reader.mapping(item, "rules", at)
            name = reader.text(body, "id", "rules")
            reader.known_keys(body, KEYS["rule"], name)
            self.check_id(name, "rule", at)
            if name in seen:
                reader.report("D006", name, "this rule id is used twice; rename one", at)
            seen.add(name)
            when = self.condition(body.get("when"), name, line_of(body, "when") or at)
            level = reader.choice(body, "level", name, [lv.id for lv in Level], "D005")
            reason = self.plain(body, "reason", name)
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
        self.check_id(name, "question", line)
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
        if asks and kinds != {FindingKind.YES_NO} and name != asks[0]:
            message = f"a question for a number or a choice bears its finding's id: '{asks[0]}'"
            reader.report("D021", name, message, line)
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
        self.not_empty(body, "asks", name)
        for text in again:
            self.check_holes(text, None, name, line_of(body, "again"))
        ask, why = self.plain(body, "ask", name), self.plain(body, "help", name)
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
            fine, ask = self.plain(part, "fine", name), self.plain(part, "ask", name)
            there = self.plain(part, "there", name) if "there" in part else ""
            parts.append(Part(FindingId(finding), fine, ask, there))
        return tuple(parts)
