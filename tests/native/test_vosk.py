"""The real recogniser with the bundled model, and the traps of the Vosk library."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from voice_triage.core.values import FindingId, QuestionId, Reply
from voice_triage.errors import InternalError, ModelError
from voice_triage.model_store import LocatedModel, locate
from voice_triage.ports import Heard, ListenRequest, NoInput, NoMatch
from voice_triage.speech.audio import from_samples, join, mix, resample, silence
from voice_triage.speech.vosk_ear import VoskEar
from voice_triage.speech.vosk_model import Pause, VoskModel
from voice_triage.speech.wav_source import RepliesSource, WavSource
from voice_triage.wiring import Language

pytestmark = pytest.mark.native

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
COMMANDS = ("yes", "no", "stop", "go", "on", "off", "up", "down", "left", "right")
YES_NO = ("yes", "no", "yes i do", "no i don't", "i don't know", "not sure", "go back", "help me")
DANGER = ("i can't breathe", "chest pain", "i fainted", "call an ambulance", "heart attack")


def with_pauses(*clips):
    parts = [silence(0.3, clips[0].rate)]
    for clip in clips:
        parts += [clip, silence(1.5, clip.rate)]
    return join(parts, clips[0].rate)


def listen(model, clip, *phrases, **options):
    request = ListenRequest(None, phrases, **options)
    return VoskEar(WavSource(clip), model).listen(request)


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_the_same_words_are_heard_at_every_sampling_rate(model, say, rate):
    clip = resample(with_pauses(say("no i don't")), rate)
    hearing = listen(model, clip, *YES_NO, danger_phrases=DANGER)
    assert isinstance(hearing, Heard)
    assert hearing.text == "no i don't"
    assert 0.3 < hearing.seconds < 1.2


def test_a_microphone_set_far_too_low_is_still_understood(model, say):
    clip = with_pauses(say("no i don't"))
    faint = from_samples((s // 100 for s in clip.samples), clip.rate)
    hearing = listen(model, faint, *YES_NO)
    assert isinstance(hearing, Heard)
    assert hearing.text == "no i don't"


def test_words_that_are_not_expected_do_not_end_the_sentence(model, say):
    clip = with_pauses(say("no but somebody stood upon a table and my chest hurts"))
    hearing = listen(model, clip, *YES_NO)
    assert isinstance(hearing, Heard)
    assert hearing.text.startswith("no ")
    assert hearing.seconds > 2.5


def test_a_long_sentence_is_read_in_two_ways_and_both_are_kept(model, say):
    clip = with_pauses(say("no but my right leg is swollen"))
    language = Language.load()
    ear = VoskEar(WavSource(clip), model, sense_of=language.sense_of)
    hearing = ear.listen(ListenRequest(QuestionId("breath_pain"), YES_NO))
    assert isinstance(hearing, Heard)
    readings = (hearing.text, *hearing.other_readings)
    assert len(readings) == 2
    stated = [language.interpreter.interpret(reading).findings for reading in readings]
    assert any(findings.get(FindingId("leg_swelling")) is Reply.YES for findings in stated)


def test_a_recording_is_answered_turn_by_turn_until_it_ends(model, say):
    clip = with_pauses(say("yes i do"), say("i don't know"))
    ear = VoskEar(WavSource(clip), model)
    heard = [ear.listen(ListenRequest(None, YES_NO)) for _ in range(4)]
    assert [getattr(h, "text", None) for h in heard] == ["yes i do", "i don't know", None, None]
    assert all(isinstance(h, NoInput) and h.ended for h in heard[2:])


def test_words_cut_off_in_one_turn_do_not_leak_into_the_next(model, say):
    ear = VoskEar(
        RepliesSource(iter([say("call an ambulance now please"), say("no")]).__next__), model
    )
    request = ListenRequest(None, ("call an ambulance now please", "no"), danger_phrases=DANGER)
    first = ear.listen(request)
    assert isinstance(first, Heard)
    assert first.text.startswith("call an ambulance")
    second = ear.listen(request)
    assert isinstance(second, Heard)
    assert second.text == "no"


def test_open_decoding_hears_the_patients_own_words(model, say):
    clip = with_pauses(say("my back hurts when i lift my bag"))
    hearing = listen(model, clip, patient_pause=True)
    assert isinstance(hearing, Heard)
    assert "my back" in hearing.text


def test_a_thoughtful_pause_ends_an_answer_but_not_a_story(model, say):
    clip = join([say("my back hurts"), silence(0.8, 22050), say("and my legs too")], 22050)
    clip = join([clip, silence(2, 22050)], 22050)
    answer = listen(model, clip, "my back hurts", "and my legs too")
    story = listen(model, clip, "my back hurts", "and my legs too", patient_pause=True)
    assert isinstance(answer, Heard)
    assert answer.text == "my back hurts"
    assert isinstance(story, Heard)
    assert story.text == "my back hurts and my legs too"


def test_danger_words_end_the_turn_before_the_silence_does(model, say):
    clip = join([say("chest pain"), silence(3, 22050)], 22050)
    source = WavSource(clip)
    hearing = VoskEar(source, model).listen(ListenRequest(None, YES_NO, danger_phrases=DANGER))
    assert isinstance(hearing, Heard)
    assert hearing.text == "chest pain"
    rest = sum(chunk.seconds for chunk in source.turn())
    assert rest > 3 - 0.65  # less than the 0.7 s of silence that end an answer


def test_negated_danger_words_are_heard_out(model, say):
    clip = with_pauses(say("no chest pain"))
    hearing = listen(model, clip, *YES_NO, "no chest pain", danger_phrases=DANGER)
    assert isinstance(hearing, Heard)
    assert hearing.text == "no chest pain"


def test_the_interpreters_judgement_of_danger_is_used(model, say):
    clip = join([say("chest pain"), silence(3, 22050)], 22050)
    source = WavSource(clip)
    ear = VoskEar(source, model, is_danger=lambda text: False)
    ear.listen(ListenRequest(None, YES_NO, danger_phrases=DANGER))
    assert sum(chunk.seconds for chunk in source.turn()) < 3 - 0.65


def test_other_speech_is_not_taken_for_an_answer(model, say):
    for words in ("tomorrow is wednesday", "where did you put the newspaper", "seven"):
        hearing = listen(model, with_pauses(say(words)), *YES_NO)
        assert not isinstance(hearing, Heard) or hearing.text not in YES_NO, words


@pytest.mark.parametrize("grammar", [YES_NO, DIGITS, DANGER], ids=["yes/no", "number", "danger"])
def test_silence_and_noise_are_never_an_answer(model, noises, grammar):
    for name, noise in {"silence": silence(5, 16000), **noises}.items():
        hearing = listen(model, noise, *grammar, danger_phrases=DANGER)
        assert isinstance(hearing, (NoInput, NoMatch)), name


def test_short_words_of_real_people_are_understood_and_others_refused(model, recordings):
    right = {DIGITS: 0, COMMANDS: 0}
    accepted_wrongly = 0
    for word, clip in recordings:
        for grammar in (DIGITS, COMMANDS):
            if word in grammar:
                hearing = listen(model, with_pauses(clip), *grammar)
                right[grammar] += isinstance(hearing, Heard) and hearing.text == word
        if word in DIGITS:
            hearing = listen(model, with_pauses(clip), *COMMANDS)
            accepted_wrongly += isinstance(hearing, Heard) and hearing.text in COMMANDS
    assert right[DIGITS] >= 82  # of 90
    assert right[COMMANDS] >= 39  # of 50
    assert accepted_wrongly <= 8  # of 90


def test_quiet_and_noisy_speech_passes_the_gate(model, recordings, noises):
    """Where the recogniser finds the words in noise, the gate must not take them away."""
    rain = noises["rain"]
    clips = [clip for word, clip in recordings if word in ("yes", "seven")]
    for clip in clips:
        quiet = resample(clip, clip.rate)
        noisy = mix(quiet, rain, 5)
        hearing = listen(model, noisy, *DIGITS, *COMMANDS)
        plain = model.recogniser(noisy.rate, (*DIGITS, *COMMANDS, "[unk]"), Pause.ANSWER)
        plain.feed(noisy.pcm)
        if plain.finish():
            assert not isinstance(hearing, NoInput)


def test_unknown_words_are_reported_and_the_other_phrases_still_heard(model, say, caplog):
    clip = with_pauses(say("yes i do"))
    hearing = listen(model, clip, "yes i do", "floccinaucinihilipilification")
    assert isinstance(hearing, Heard)
    assert "floccinaucinihilipilification" in caplog.text


@pytest.mark.parametrize("phrases", [["floccinauci pain"], [""], [" "], ['yes"]'], ["yes", "}{"]])
def test_unchecked_phrases_never_reach_vosk(model, phrases):
    with pytest.raises(InternalError, match="Unchecked phrases"):
        model.recogniser(16000, phrases, Pause.ANSWER)


def test_sound_that_is_too_poor_never_reaches_vosk(model):
    with pytest.raises(InternalError, match="4000 Hz"):
        model.recogniser(4000, ["yes"], Pause.ANSWER)


def test_a_second_thread_may_not_feed_a_recogniser(model):
    recogniser = model.recogniser(16000, ["yes"], Pause.ANSWER)
    errors = []

    def feed():
        try:
            recogniser.feed(bytes(3200))
        except InternalError as error:
            errors.append(error)

    thread = threading.Thread(target=feed)
    thread.start()
    thread.join()
    assert len(errors) == 1


def test_before_any_sound_there_is_no_guess(model):
    recogniser = model.recogniser(16000, ["yes"], Pause.ANSWER)
    assert recogniser.partial() == ""
    assert recogniser.finish() == ()


def test_the_vocabulary_can_be_asked(model):
    assert model.known("breathe")
    assert not model.known("floccinaucinihilipilification")
    assert model.unknown_token == "[unk]"


def test_the_wrong_folder_is_refused_before_vosk_sees_it(tmp_path):
    with pytest.raises(ModelError, match=r"lacks am/final\.mdl"):
        VoskModel(LocatedModel("empty", tmp_path))


def test_damaged_files_end_in_an_error_message_not_in_a_crash(tmp_path):
    """In a process of its own: Vosk may yet decide to abort."""
    good = locate().folder
    for name in ("am/final.mdl", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((good / name).read_bytes()[:1000])
    code = (
        "import sys, pathlib\n"
        "from voice_triage.errors import ModelError\n"
        "from voice_triage.speech.vosk_model import load_model\n"
        "try: load_model(pathlib.Path(sys.argv[1]))\n"
        "except ModelError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=30
    )
    assert "cannot be loaded" in done.stdout
