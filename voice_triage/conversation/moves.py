"""Where the conversation stands and how it moves on: asking, asking again, concluding."""

from __future__ import annotations

from voice_triage.content.dialog import CLARIFY, CONFIRM, ENDED, STORY, Dialog, Question, Region
from voice_triage.conversation import machine
from voice_triage.conversation.budget import MOST_PROMPTS, Budget
from voice_triage.conversation.effects import Asked, Concluded, Finish, Listen
from voice_triage.conversation.ledger import Ledger
from voice_triage.conversation.machine import DialogMachine
from voice_triage.conversation.state import Doubt, Pending, State
from voice_triage.conversation.wording import MOST_CLAUSES
from voice_triage.errors import InternalError
from voice_triage.triage.groups import narrowed, recap
from voice_triage.triage.next_question import follows, next_question, unsettled
from voice_triage.values import NOTHING_EARLIER, Earlier, FindingKind, Level, QuestionId, Reply

NO_INPUT_SECONDS = 7.0
"""NoInput after a prompt before it is put again: pain slows people down, so longer than the 5 s
that voice menus commonly use."""
ALARM_SECONDS = 6.0
"""NoInput after the emergency prompt before it is said again."""


class Stage(Ledger):
    """The moves of one session between the questions, the outcomes and the end."""

    def __init__(
        self,
        dialog: Dialog,
        region: Region,
        state: State,
        *,
        story: bool,
        most_prompts: int = MOST_PROMPTS,
    ) -> None:
        super().__init__(dialog, region, state)
        self.budget = Budget(dialog, most_prompts)
        self._machine = DialogMachine(dialog)
        self._story = story

    def go(self, node: str) -> None:
        self.set(node=self._machine.move(self.state.node, node))

    def listen(self, seconds: float = NO_INPUT_SECONDS) -> None:
        self.out.append(Listen(self.question, seconds, open_mode=self.state.node == STORY))

    def prompt(self, texts: tuple[str, ...], seconds: float = NO_INPUT_SECONDS) -> None:
        self.set(last_said=texts)
        self.say(*texts, alarm=self.state.node == Level.EMERGENCY.id)
        self.listen(seconds)

    # Moving on

    def open(self) -> None:
        """Begin, or begin again: all evidence is cleared."""
        now = self.state
        self.state = State(rate_wpm=now.rate_wpm, node=now.node, alarms=now.alarms)
        self.say(*(self.wording.text(f"opening_{part}") for part in ("emergency", "tool", "how")))
        if self._story:
            self.go(STORY)
            self.prompt((self.wording.text("story"),))
        else:
            self.proceed()

    def proceed(self) -> None:
        """Go where the evidence leads: the emergency, the next question, or the outcome."""
        if self.state.revisiting or self.state.pending is not None:
            self.set(revisiting=False, pending=None)
        if self.emergency:
            self.conclude(Level.EMERGENCY)
            return
        while question := next_question(self.dialog, self.state.evidence, self.state.replies):
            wording = self._next_wording(question)
            if wording is not None:
                self.ask(question, wording)
                return
            self.leave_open(question)
            if self.emergency:
                break
        self.conclude(self.state.assessment.level)

    def _next_wording(self, question: Question) -> int | None:
        """In which wording to put ``question``, perhaps not for the first time; None: no more."""
        last = self.state.worded.get(question.id)
        if last is None:
            return 0 if self.budget.may_ask(question, self.state) else None
        return last + 1 if self.may_ask_again(question, last + 1) else None

    def may_ask_again(self, question: Question, wording: int) -> bool:
        """A red flag is put three times at most, and anything else twice."""
        most = len(question.again) if self.dialog.is_red_flag(question) else 1
        return wording <= most and self.budget.may_ask_again(question, self.state)

    def ask(self, question: Question, wording: int = 0) -> None:
        """Put a question: for the first time, after something else, or anew after going back."""
        history, revisiting = self.state.history, self.state.revisiting
        if not revisiting:
            history = (*(q for q in history if q != question.id), question.id)
            self._tell_progress(question)
        here = self.dialog.question_by_id.get(QuestionId(self.state.node))
        led = self.state.earlier.replies[-1:] if follows(question, here) else ()
        node = self._machine.move(self.state.node, machine.question_node(question.id))
        self._word(
            question, wording, node=node, history=history, silences=0, earlier=Earlier(led=led)
        )
        self.put(counted=not revisiting)

    def ask_again(self, question: Question, wording: int, *, plainly: bool = False) -> None:
        """Put the question at this node once more, in another wording, or in its plainest."""
        self._word(question, wording, plainly=plainly)
        self.put()

    def _word(self, question: Question, wording: int, **changes: object) -> None:
        worded = self.state.worded
        if question.id in self.dialog.question_by_id:
            worded = {**worded, question.id: wording}
        self.set(**{"wording": wording, "worded": worded, "plainly": False, **changes})

    def put(self, *, counted: bool = True) -> None:
        """Say the current wording of the question at this node and listen."""
        question, pending = self.question, self.state.pending
        if question is None:
            raise InternalError(f"there is no question at {self.state.node}")
        texts = (question.ask, *question.again)
        text = texts[-1] if self.state.plainly else texts[self.state.wording]
        text = " ".join((*self._recap(question), text))
        about = pending.findings if pending is not None else question.asks
        self.out.append(Asked(question.id, text, about))
        self.set(prompts=self.state.prompts + counted, last_said=(text,))
        self.say(text)
        self.out.append(Listen(question, NO_INPUT_SECONDS))

    def _recap(self, question: Question) -> tuple[str, ...]:
        """What was understood of a group in this turn, where only the rest of it is asked."""
        whole = self.dialog.question_by_id.get(question.id)
        if whole is None or len(question.asks) == len(whole.asks):
            return ()
        return recap(whole, self.recorded)

    def _tell_progress(self, question: Question) -> None:
        """Once, when the first question is put that is no red flag, and none of those is left."""
        budget, state = self.budget, self.state
        if state.told_progress or self.dialog.is_red_flag(question):
            return
        if budget.red_flags_done(state):
            count = budget.count(state)
            words = self.wording.text("progress", count=self.wording.count(count))
            self.say(words if count > 1 else self.wording.text("progress_one"))
            self.set(told_progress=True)

    def step_away(self) -> None:
        """The person leaves the question at this node by a command: it is put anew afterwards, in
        its first wording, and counts then."""
        here, worded = QuestionId(self.state.node), self.state.worded
        if here in worded and here not in self.state.replies:
            rest = {q: wording for q, wording in worded.items() if q != here}
            self.set(worded=rest, prompts=self.state.prompts - 1)

    def enter(self, node: str, pending: Pending, *, counted: bool = True) -> None:
        """Ask the clarify or confirm question about ``pending``."""
        self.set(pending=pending, wording=0, plainly=False, silences=0, revisiting=False)
        self.set(earlier=NOTHING_EARLIER)
        self.go(node)
        self.put(counted=counted)

    def conclude(self, level: Level) -> None:
        """Reach an outcome: announce it, say all of it, and listen for what comes after."""
        if level is not Level.EMERGENCY and self.state.node == level.id:
            self.repeat_outcome()
            return
        self.go(level.id)
        texts = self._outcome(level)
        fired = self.state.assessment.fired
        self.out.append(
            Concluded(
                level,
                self.state.evidence.values,
                tuple(f.rule for f in fired),
                self.dialog.ruleset,
                texts,
            )
        )
        self.set(wording=0)
        if level is Level.EMERGENCY:
            self.count_alarm()
        self.tell_outcome(level)

    def repeat_outcome(self) -> None:
        """Say the outcome once more; in an emergency this is the next alarm."""
        level = Level.from_id(self.state.node)
        if level is Level.EMERGENCY:
            self.count_alarm()
        self.tell_outcome(level)

    def tell_outcome(self, level: Level) -> None:
        seconds = ALARM_SECONDS if level is Level.EMERGENCY else NO_INPUT_SECONDS
        self.prompt(self._outcome(level), seconds)

    def _outcome(self, level: Level) -> tuple[str, ...]:
        return self.wording.outcome(level, self.state.assessment, self.state.evidence)

    def count_alarm(self) -> None:
        """One more round of the emergency, with the prompt or with a command instead of it."""
        self.set(alarms=self.state.alarms + 1, remarks=0)

    def end(self, *texts: str) -> None:
        self.say(*texts)
        self.go(ENDED)
        self.out.append(Finish())

    # What is being asked

    @property
    def question(self) -> Question | None:
        """The question at the current node, a clarifying one included; None elsewhere."""
        node, pending = self.state.node, self.state.pending
        if node in (CLARIFY, CONFIRM) and pending is not None:
            return self._clarifying(node, pending)
        question = self.dialog.question_by_id.get(QuestionId(node))
        if question is None or len(question.asks) == 1 or self.state.revisiting:
            return question
        open_now = unsettled(question, self.state.evidence)
        if not open_now or len(open_now) == len(question.asks):
            return question
        plainly, conjunction = (self.wording.text(key) for key in ("yes_or_no", "or"))
        return narrowed(question, open_now, plainly, conjunction)

    def _clarifying(self, node: str, pending: Pending) -> Question:
        key, holes = "clarify", {"signs": self.wording.signs(pending.findings)}
        if pending.doubt is Doubt.HEARD:
            signs = pending.findings[:MOST_CLAUSES]
            key, holes = "heard", {"reason": self.wording.clauses(signs, "or")}
        elif node == CONFIRM:
            key = "confirm_no"
            for finding, value in pending.change.items():
                if not isinstance(value, Reply):
                    key, holes = "confirm_value", {"value": self.wording.value(value, finding)}
        ask = self.wording.text(key, **holes)
        again = ask if key == "heard" else self.wording.text(f"{key}_again", **holes)
        return Question(
            QuestionId(node),
            # Only “clarify” asks about the signs; “confirm” asks whether I have understood.
            asks=pending.findings if node == CLARIFY else (),
            kind=FindingKind.YES_NO,
            ask=ask,
            again=(again, again),
            help=self.wording.text("help_how"),
        )
