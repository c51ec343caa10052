"""Every problem code of dialog files, what it means, and what to do about it.

The table in dialogs/README.md is made from this one; a test keeps them equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem. Codes are never reused."""

    id: str
    title: str
    advice: str


def _table(rows: Iterable[tuple[str, str, str]]) -> Mapping[str, Code]:
    return {code: Code(code, title, advice) for code, title, advice in rows}


STRUCTURE = _table((
    ("D000", "not readable as YAML", "check indentation, quotes and colons on that line"),
    ("D001", "something is missing", "add the section or key that the message names"),
    ("D002", "unknown key", "correct the spelling, or remove it"),
    ("D003", "wrong kind of value", "write a text, a list, or keys and values, as asked"),
    ("D004", "unknown finding", "declare it under 'findings', or correct the spelling"),
    ("D005", "unknown word where a fixed set is allowed", "use one of the words listed"),
    ("D006", "bad or doubled id", "use lower case words joined by '_', each id once"),
    ("D007", "key given twice", "keep one of the two"),
    ("D008", "not a condition", "use one of the condition forms of dialogs/README.md"),
    ("D009", "unknown option", "use an option that the finding declares, or declare it"),
    ("D010", "unknown question", "name a question of this file in 'which_of'"),
    ("D011", "condition does not fit the finding's kind", "use the bare name, 'at_least' or 'is'"),
    ("D012", "hole that cannot be filled", "use only the holes listed in the message"),
    ("D013", "unknown schema version", "write 'schema: 1', or update this program"),
    ("D014", "'derived' without its condition, or the reverse", "give both, or neither"),
    ("D015", "findings of different kinds in one question", "ask about numbers and choices alone"),
    ("D016", "not exactly two reprompts", "write two texts under 'again'"),
    ("D017", "number missing or out of range", "give a number that the condition can reach"),
    ("D018", "empty list", "name at least one"),
    ("D019", "'parts' that do not match 'asks'",
     "write one part for each finding of the grouped question"),
    ("D020", "danger phrase that cannot be read", "check brackets and commas of the template"),
    ("D021", "number or choice asked under another name",
     "give the question the id of its finding: replies are labelled by it"),
    ("D022", "too large by its aliases", "write it out, with fewer aliases"),
))  # fmt: skip
"""Found while reading; the dialog cannot be used at all."""

FLOW = _table((
    ("D101", "question that is never reached", "ask what its 'when' needs, or remove the question"),
    ("D102", "question that only an emergency would reach",
     "an emergency ends the questions: ask it earlier, or remove it"),
    ("D103", "which-question out of place",
     "put it after the grouped question, about the same findings"),
    ("D104", "danger sign that some paths skip", "ask one of its questions of everyone"),
    ("D105", "'asked' disagrees with the questions", "correct 'asked', or the question's 'when'"),
    ("D106", "emergency sign that is never asked about",
     "add a question, or write 'asked: volunteered'"),
    ("D107", "danger asked about too late", "move the question up, danger comes first"),
    ("D108", "grouped question without a which-question",
     "a bare “yes” would be lost: add a question with 'which_of'"),
    ("D109", "half a question without the other half",
     "add the other half with 'half: true', or remove 'half'"),
    ("D110", "'no_also' that cannot be answered “yes” later",
     "add a question about that finding after this one"),
    ("D111", "too many questions", "a person with nothing serious gets at most 21: merge or drop"),
    ("D112", "too many signs in one question", "ask about at most three signs at once"),
    ("D113", "question whose findings are settled before", "remove it, or the earlier one"),
    ("D114", "grouped question without 'parts'",
     "half of it may be known: add for each finding what to say and ask about it alone"),
))  # fmt: skip
"""Which questions come up, and in which order."""

RULES = _table((
    ("D121", "rule or question without a source", "name the article or guideline it rests on"),
    ("D122", "two rules with the same condition", "keep the one with the higher level"),
    ("D123", "rule that never fires", "ask about the findings it needs, or remove the rule"),
    ("D124", "rule that never decides anything", "remove it, or give it the higher level"),
    ("D125", "level that no rule reaches", "add a rule for that level"),
    ("D126", "question that leads to nothing",
     "no rule, follow-up or advice uses it: remove it, or add the rule"),
))  # fmt: skip
"""What the answers amount to."""

OUTCOMES = _table((
    ("D131", "outcome without a safety net", "add to 'watch' what should make the person call"),
    ("D132", "text that does not name the emergency number", "put {emergency_number} into it"),
    ("D133", "cause without home advice", "add a sentence for it under 'advice'"),
    ("D134", "not a number that can be dialled", "write the digits in quotes, such as \"112\""),
    ("D135", "text that leaves out what it is about", "use the hole that the message names"),
    ("D136", "home care in an emergency", "remove it: only the call and staying safe belong there"),
))  # fmt: skip
"""What is said at the end."""

WORDING = _table((
    ("D141", "sentence too long for the ear", "split it: at most 20 words"),
    ("D142", "too many things offered at once", "offer at most three"),
    ("D143", "hard words or long sentences",
     "use shorter words and sentences, for a reading age of 11 at most"),
    ("D144", "sounds like a diagnosis", "say 'possible', 'can', 'may' or 'needs checking'"),
    ("D145", "sounds like an all-clear", "nobody was examined: leave it out"),
    ("D146", "reprompt that says the same again", "find other words: the first ones did not work"),
    ("D147", "second reprompt not plainer than the first", "use shorter words and sentences"),
    ("D148", "help that does not say who says so", "name it: the article, a study, doctors"),
    ("D149", "two questions in one prompt", "ask one thing; turn the other into a statement"),
    ("D150", "text that a voice cannot say well",
     "write words instead of signs, and end every text with . ? or !"),
    ("D151", "'clause' or 'sign' that does not fit into a sentence",
     "start in lower case, at most 12 words, no full stop"),
    ("D152", "question asked in the negative",
     "a “no” to it would be unclear: ask so that “yes” is the bad answer"),
))  # fmt: skip
"""How it is said."""

SPEECH = _table((
    ("D161", "prompt ends in words that answer it",
     "an echo of the loudspeaker would answer: end in other words"),
    ("D162", "danger phrase that does not act",
     "the reader takes it otherwise: say it plainer, or add replies with it and train"),
    ("D163", "phrase with words that the speech model lacks",
     "say it with other words, or mark the word with '~'"),
    ("D164", "command that is not taken for one", "take it out of the other command's list"),
    ("D165", "danger question answered “no” by half a phrase",
     "a lost word may be the one that matters: train the reader, see its policy"),
    ("D166", "plain answer that is not understood",
     "add it to replies/ with its label, and train"),
    ("D168", "emergency sign without danger phrases", "add some under 'danger_phrases'"),
    ("D170", "reader that has not learned a finding",
     "train one for this dialog, from replies to its questions"),
    ("D169", "no words file for this language", "add dialogs/LANGUAGE.yaml"),
    ("D171", "no speech model of this language",
     "add one to models/registry.toml, or name its folder with --model"),
))  # fmt: skip
"""How it is heard."""

WORDS = _table((
    ("P001", "something is missing", "add the section or key that the message names"),
    ("P002", "unknown key", "correct the spelling, or remove it"),
    ("P003", "wrong kind of value", "write a text, a number, or keys and values, as asked"),
    ("P004", "template that cannot be read", "check brackets and commas"),
    ("P005", "unknown schema version", "write 'schema: 1', or update this program"),
))  # fmt: skip
"""Found while reading a words file; it cannot be used at all."""

PATIENTS = _table((
    ("V001", "something is missing", "add the key that the message names"),
    ("V002", "unknown key", "correct the spelling, or remove it"),
    ("V003", "wrong kind of value", "write what the message asks for"),
    ("V004", "patient id used twice", "rename one"),
    ("V005", "unknown level", "use one of the levels listed"),
    ("V006", "unknown question or finding", "use an id of the dialog"),
))  # fmt: skip
"""Found while reading a patient (vignette) file."""

SECTIONS: Mapping[str, Mapping[str, Code]] = {
    "Reading the file": STRUCTURE,
    "Order of questions": FLOW,
    "Rules": RULES,
    "Outcomes": OUTCOMES,
    "Wording": WORDING,
    "Hearing": SPEECH,
    "Words files": WORDS,
    "Patient files": PATIENTS,
}
CODES: Mapping[str, Code] = {k: v for section in SECTIONS.values() for k, v in section.items()}


def as_markdown() -> str:
    """The catalogue as the tables of dialogs/README.md."""
    lines: list[str] = []
    for title, section in SECTIONS.items():
        lines += [f"### {title}", "", "| code | problem | what to do |", "|---|---|---|"]
        lines += [f"| {code.id} | {code.title} | {code.advice} |" for code in section.values()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
