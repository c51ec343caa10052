"""A live session: builds ear, voice, screen and journal from the settings, and talks."""

from __future__ import annotations

import logging
import sys
from contextlib import ExitStack, closing, suppress
from typing import TextIO

from voice_triage.app import clock
from voice_triage.app.guard.lifeline import Lifeline
from voice_triage.app.guard.steadfast import SteadfastVoice
from voice_triage.app.journal import JsonLines, NoJournal
from voice_triage.app.live_ear import open_ear
from voice_triage.app.saved import restored, saved
from voice_triage.app.screen.large import LargePrintScreen
from voice_triage.app.screen.lasting import lasting
from voice_triage.app.screen.plain import NoScreen, PlainScreen
from voice_triage.app.session import Session
from voice_triage.app.settings import SessionSettings, choose_region
from voice_triage.app.standby import Calls, Standby, start_phrases
from voice_triage.app.wiring import Language, open_player, open_voice
from voice_triage.content.dialog import ENDED
from voice_triage.content.sentences import sentences
from voice_triage.conversation.conversation import Conversation
from voice_triage.conversation.state import State
from voice_triage.errors import ModelError, UsageError, VoiceTriageError
from voice_triage.ports import Heard, Journal, Resumed, Screen, Voice
from voice_triage.temporary import remove_leftovers
from voice_triage.values import Level

log = logging.getLogger(__name__)


def talk(settings: SessionSettings, line: Lifeline | None = None) -> Level | None:
    """One session, or with ``standby`` one after the other; the level of the last outcome.

    ``line``: to the parent that watches; the session that it knows of is gone on with.
    """
    line = line or Lifeline()
    line.beat()
    remove_leftovers()
    language = Language.load(settings.dialog)
    origin = settings.origin("region")
    region = choose_region(language.dialog, settings.region, origin=origin)
    screen = _screen(settings)
    journal: Journal = JsonLines(_output()) if settings.json else NoJournal()
    ruleset = language.dialog.ruleset

    def conversation(state: State) -> Conversation:
        interpreter = language.interpreter.on(clock.today())
        return Conversation(language.dialog, interpreter, region, state=state, story=settings.story)

    # “Slower” is slower than what the person chose, not than the default.
    beginning = State(rate_wpm=settings.rate_wpm)
    texts = conversation(beginning).wording
    wakes = start_phrases(language.dialog, settings.wake)
    line.beat()
    with ExitStack() as stack:
        player = stack.enter_context(closing(open_player(settings)))
        live = open_ear(settings, language, tell=lambda key: tell(texts.text(key)), beat=line.beat)
        stack.callback(live.ear.close)
        greeting = texts.text("opening_emergency")
        by_ear = settings.input == "mic"
        opened = open_voice(
            player, settings, language.dialog, region, greeting, line.beat, steadfast=by_ear
        )
        spoken = stack.enter_context(opened)
        voice: Voice = SteadfastVoice(spoken, again=_look_again, beat=line.beat, cued=live.cued)

        def tell(text: str) -> None:
            screen.show(text, speaker="assistant")
            voice.say(sentences(text))

        try:
            live.ready()
        except ModelError:
            tell(texts.text("microphone_lost"))
            raise
        line.ready()
        calls = Calls(wakes, language.words, language.interpreter)
        answers = language.words.short_answers
        standby = Standby(calls, wakes, answers, ask=lambda: tell(texts.text("did_you_call")))
        state = _known(line, ruleset)
        level: Level | None = None
        first: Resumed | Heard | None = Resumed(restarted=True) if line.restarted else None
        while True:
            if settings.standby and state is None:
                if first is not None:
                    tell(texts.text("restarted"))
                tell(texts.text("standby", phrase=wakes[0]))
                call = standby.wait(live.ear)
                if call is None:
                    return level
                first = Heard(call.first_words) if call.first_words is not None else None
            session = Session(
                conversation(state or beginning),
                language.words,
                live.ear,
                voice,
                screen,
                journal,
                cue=by_ear,
                keep=lambda state: line.keep(saved(state, ruleset)),
            )
            level = session.run(first)
            line.keep("")
            state = first = None
            if not settings.standby or session.input_ended:
                return level


def say_once(settings: SessionSettings, key: str) -> None:
    """Say one of the dialog's texts aloud where that works; for a session that cannot be held."""
    language = Language.load(settings.dialog)
    region = choose_region(language.dialog, settings.region)
    text = Conversation(language.dialog, language.interpreter, region).wording.text(key)
    with (
        suppress(VoiceTriageError),
        closing(open_player(settings)) as player,
        open_voice(player, settings, language.dialog, region, text) as voice,
    ):
        voice.say(sentences(text))


def _known(line: Lifeline, ruleset: str) -> State | None:
    """The state of the session before a restart; None where there was none to go on with."""
    if not line.known:
        return None
    try:
        state = restored(line.known, ruleset)
    except UsageError as error:  # the dialog was changed meanwhile
        log.warning("%s", error)
        return None
    return state if state.node != ENDED else None


def _look_again() -> None:
    from voice_triage.sound.devices import refresh

    refresh()


def _screen(settings: SessionSettings) -> Screen:
    if settings.json:
        return NoScreen()
    return LargePrintScreen(_output()) if settings.large_print else PlainScreen(_output())


def _output() -> TextIO:
    return lasting(sys.stdout, "standard output")
