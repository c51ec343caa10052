"""One turn of listening, with a recogniser that says what the test wants."""

from __future__ import annotations

import math
import random
from functools import partial

import pytest

from voice_triage.hearing.gate import SpeechGate
from voice_triage.hearing.recognised import HeardWord, wording
from voice_triage.hearing.turn import Turn
from voice_triage.ports import Heard, ListenRequest, NoInput, NoMatch, Source
from voice_triage.sound.audio import from_samples, silence

RATE = 16000
CHUNK_S = 0.1


def loud(seconds=CHUNK_S):
    chance = random.Random(1)
    return from_samples((chance.randint(-3000, 3000) for _ in range(int(seconds * RATE))), RATE)


QUIET = silence(CHUNK_S, RATE)


class Script:
    """A recogniser that follows a script: guesses per chunk, then an endpoint with words."""

    def __init__(self, guesses=(), words="", final=""):
        self.guesses = list(guesses)
        self.said, self.final = words, final
        self.chunks = 0
        self.finished = False

    def feed(self, pcm):
        self.chunks += 1
        return bool(self.said) and self.chunks > len(self.guesses)

    def partial(self):
        return self.guesses[self.chunks - 1] if self.chunks <= len(self.guesses) else ""

    def _words(self, text):
        end = self.chunks * CHUNK_S
        return tuple(HeardWord(w, 0.0, end) for w in text.split())

    def words(self):
        return self._words(self.said)

    def finish(self):
        self.finished = True
        return self._words(self.final)


def turn_of(*scripts, danger=(), no_input_seconds=7.0):
    made = list(scripts)
    return Turn(
        ListenRequest(None, no_input_seconds=no_input_seconds),
        Source.WAV,
        listener=lambda rate: made.pop(0),
        gate=SpeechGate(),
        wording=partial(wording, not_words={"<unk>"}),
        is_danger=lambda text: text in danger,
    )


def run(turn, chunks):
    for chunk in chunks:
        hearing = turn.feed(chunk)
        if hearing is not None:
            return hearing
    return turn.end_of_sound()


def test_words_at_an_endpoint_are_heard():
    turn = turn_of(Script(["yes", "yes"], words="yes"))
    hearing = run(turn, [QUIET, loud(), loud(), QUIET])
    assert isinstance(hearing, Heard)
    assert (hearing.text, hearing.source) == ("yes", Source.WAV)


@pytest.mark.parametrize("said", ["<unk>", "<unk> <unk>", "[unk]"])
def test_speech_that_nobody_could_make_out_is_no_match(said):
    turn = turn_of(Script([said], words=said))
    assert isinstance(run(turn, [QUIET, loud(), loud()]), NoMatch)


def test_a_ghost_word_in_silence_is_ignored_and_listening_goes_on_afresh():
    turn = turn_of(Script(["yes"], words="yes"), Script(["no"] * 3, words="no"))
    hearing = run(turn, [QUIET] * 3 + [loud(), loud(), loud()])
    assert isinstance(hearing, Heard)
    assert hearing.text == "no"


def test_silence_is_no_input_after_the_time_of_the_request():
    recogniser = Script()
    hearing = run(turn_of(recogniser, no_input_seconds=1.0), [QUIET] * 30)
    assert isinstance(hearing, NoInput)
    assert hearing.seconds == pytest.approx(1.0, abs=CHUNK_S)
    assert not hearing.ended
    assert recogniser.finished


def test_somebody_in_mid_sentence_is_not_cut_off_when_the_time_is_up():
    turn = turn_of(Script([""] * 8 + ["yes"] * 5, words="yes"), no_input_seconds=1.0)
    assert isinstance(run(turn, [QUIET] * 8 + [loud()] * 6), Heard)


def test_somebody_who_has_just_begun_is_given_time_to_be_recognised():
    turn = turn_of(Script([""] * 12 + ["yes"] * 3, words="yes"), no_input_seconds=1.0)
    assert isinstance(run(turn, [QUIET] * 8 + [loud()] * 8), Heard)


def test_a_word_still_undecoded_when_the_time_is_up_is_not_lost():
    turn = turn_of(Script(final="yes"), no_input_seconds=1.0)
    hearing = run(turn, [QUIET] * 4 + [loud()] * 3 + [QUIET] * 10)
    assert isinstance(hearing, Heard)


def test_the_end_of_the_input_is_told():
    hearing = run(turn_of(Script()), [QUIET] * 3)
    assert isinstance(hearing, NoInput)
    assert hearing.ended
    assert hearing.seconds == pytest.approx(0.3)
    assert run(turn_of(), []) == NoInput(0.0, ended=True)


def test_what_is_said_until_the_input_ends_is_heard():
    hearing = run(turn_of(Script(["yes"] * 4, final="yes")), [QUIET, loud(), loud(), QUIET])
    assert isinstance(hearing, Heard)


DANGER = "i can't breathe"


def test_stable_danger_words_end_the_turn_before_the_sentence_does():
    recogniser = Script(["", "i can't", DANGER, DANGER, DANGER, DANGER + " well"])
    turn = turn_of(recogniser, danger=[DANGER])
    hearing = run(turn, [QUIET] + [loud()] * 8)
    assert isinstance(hearing, Heard)
    assert hearing.text == DANGER
    assert recogniser.chunks == 5
    assert recogniser.finished


def test_flickering_danger_words_are_not_believed():
    turn = turn_of(Script([DANGER, DANGER, "i can", DANGER, DANGER, "yes"]), danger=[DANGER])
    assert isinstance(run(turn, [QUIET] + [loud()] * 6), NoInput)


def test_words_that_are_no_danger_to_the_judge_never_end_a_turn_early():
    guesses = ["no chest pain"] * 8
    turn = turn_of(Script(guesses, words="no chest pain"), danger=["chest pain"])
    hearing = run(turn, [loud()] * 7 + [QUIET] * 3)
    assert isinstance(hearing, Heard)
    assert hearing.text == "no chest pain"


def test_danger_words_in_silence_are_ghosts():
    turn = turn_of(Script([DANGER] * 9), danger=[DANGER])
    assert isinstance(run(turn, [QUIET] * 9), NoInput)


def test_danger_words_of_which_the_judge_changes_its_mind_are_heard_out():
    guesses = ["chest pain"] * 2 + ["chest pain no none"] * 5
    turn = turn_of(Script(guesses, words="chest pain no none"), danger=["chest pain"])
    hearing = run(turn, [QUIET] + [loud()] * 8)
    assert isinstance(hearing, Heard)
    assert hearing.text == "chest pain no none"


def test_words_faster_than_speech_are_a_ghost_and_listening_goes_on_afresh():
    sneeze = Script([""], words=DANGER)  # said within 0.2 s
    turn = turn_of(sneeze, Script([""] * 6, words=DANGER))
    hearing = run(turn, [loud(), loud(), *[QUIET] * 3, *[loud()] * 4])
    assert isinstance(hearing, Heard)
    assert hearing.seconds > 0.5


def test_a_sound_with_nothing_but_words_faster_than_speech_is_no_input():
    assert isinstance(run(turn_of(Script([""], final=DANGER)), [loud(), loud()]), NoInput)


def test_another_sampling_rate_gets_another_recogniser():
    first, second = Script([""] * 9), Script(["yes"] * 2, words="yes")
    turn = turn_of(first, second)
    other = [from_samples(clip.samples, 8000) for clip in (loud(), loud(), loud())]
    assert isinstance(run(turn, [QUIET, QUIET, *other]), Heard)
    assert first.finished


def test_words_tell_for_how_long_nobody_spoke_before_them():
    gate = SpeechGate()

    def heard(*chunks):
        turn = Turn(
            ListenRequest(None),
            Source.WAV,
            listener=lambda rate: Script(["help"] * (len(chunks) - 1), words="help"),
            gate=gate,
            wording=partial(wording, not_words=()),
            is_danger=lambda text: False,
        )
        return run(turn, chunks)

    assert heard(QUIET, loud(), loud()).quiet_before_s == math.inf
    assert heard(*[QUIET] * 20, loud(), loud(), QUIET).quiet_before_s == pytest.approx(0.0)
