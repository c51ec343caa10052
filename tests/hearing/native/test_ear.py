"""The ear with the bundled model: what is heard of words, of noise, of danger."""

from __future__ import annotations

import pytest

from voice_triage.app.wiring import Language
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import Pause
from voice_triage.ports import Heard, ListenRequest, NoInput, NoMatch
from voice_triage.sound.audio import AudioClip, from_samples, join, mix, resample, silence
from voice_triage.sound.wav_source import RepliesSource, WavSource
from voice_triage.values import Answer, FindingId, QuestionId, Reply

pytestmark = pytest.mark.native

LANGUAGE = Language.load()
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
COMMANDS = ("yes", "no", "stop", "go", "on", "off", "up", "down", "left", "right")
ANSWERS = LANGUAGE.words.short_answers
NUMBERS = LANGUAGE.words.number_words()
LONGEST_WAIT_S = 0.65
"""Less than the 0.7 s of silence that end an answer."""


def with_pauses(*clips):
    parts = [silence(0.3, clips[0].rate)]
    for clip in clips:
        parts += [clip, silence(1.5, clip.rate)]
    return join(parts, clips[0].rate)


def ear_for(model, source):
    return VoskEar(source, model, is_danger=LANGUAGE.interpreter.is_danger)


def listen(model, clip, **options):
    request = ListenRequest(short_answers=ANSWERS, **options)
    return ear_for(model, WavSource(clip)).listen(request)


def wait_after(model, words, is_danger=LANGUAGE.interpreter.is_danger):
    """What was heard of ``words``, and how much of the silence after them was waited for."""
    rest_s = 3.0
    clip = join([silence(0.3, words.rate), words, silence(rest_s, words.rate)], words.rate)
    source = WavSource(clip)
    hearing = VoskEar(source, model, is_danger=is_danger).listen(ListenRequest(None, ANSWERS))
    return hearing, rest_s - sum(chunk.seconds for chunk in source.turn())


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_the_same_words_are_heard_at_every_sampling_rate(model, say, rate):
    hearing = listen(model, resample(with_pauses(say("no i don't")), rate))
    assert isinstance(hearing, Heard)
    assert hearing.text == "no i don't"
    assert 0.3 < hearing.seconds < 1.2


def test_a_microphone_set_far_too_low_is_still_understood(model, say):
    clip = with_pauses(say("no i don't"))
    hearing = listen(model, from_samples((s // 100 for s in clip.samples), clip.rate))
    assert isinstance(hearing, Heard)
    assert hearing.text == "no i don't"


@pytest.mark.parametrize(
    "words",
    [
        "no but somebody stood on a table and my chest is fine",
        "my back hurts when i lift my bag",
        "tomorrow is wednesday",
        "where did you put the newspaper",
    ],
)
def test_free_speech_is_heard_as_it_was_said_and_not_bent_into_answers(model, say, words):
    hearing = listen(model, with_pauses(say(words)))
    assert isinstance(hearing, Heard)
    said, heard = words.split(), hearing.text.split()
    assert len(set(said) - set(heard)) <= 1
    assert heard[:3] == said[:3]


def test_a_sign_behind_a_no_is_understood_from_sound(model, say):
    clip = with_pauses(say("no but my right leg is swollen"))
    question = LANGUAGE.dialog.question_by_id[QuestionId("breath_pain")]
    hearing = listen(model, clip, question=question.id)
    assert isinstance(hearing, Heard)
    heard = LANGUAGE.interpreter.interpret(hearing.text, question)
    stated = heard.findings.get(FindingId("leg_swelling")) is Reply.YES
    assert stated or FindingId("leg_swelling") in (*heard.danger, *heard.asks)


def test_a_recording_is_answered_turn_by_turn_until_it_ends(model, say):
    ear = ear_for(model, WavSource(with_pauses(say("yes i do"), say("i don't know"))))
    heard = [ear.listen(ListenRequest(None, ANSWERS)) for _ in range(4)]
    assert [getattr(h, "text", None) for h in heard] == ["yes i do", "i don't know", None, None]
    assert all(isinstance(h, NoInput) and h.ended for h in heard[2:])


def test_words_cut_off_in_one_turn_do_not_leak_into_the_next(model, say):
    said = iter([say("call an ambulance now please"), say("no")])
    ear = ear_for(model, RepliesSource(said.__next__))
    first = ear.listen(ListenRequest(None, ANSWERS))
    assert isinstance(first, Heard)
    assert first.text == "call an ambulance"  # it acts before the rest is said
    second = ear.listen(ListenRequest(None, ANSWERS))
    assert isinstance(second, Heard)
    assert second.text == "no"


def test_a_thoughtful_pause_ends_an_answer_but_not_a_story(model, say):
    clip = join([say("my back hurts"), silence(0.8, 22050), say("and my legs hurt")], 22050)
    clip = join([clip, silence(2, 22050)], 22050)
    answer = listen(model, clip)
    story = listen(model, clip, patient_pause=True)
    assert isinstance(answer, Heard)
    assert answer.text == "my back hurts"
    assert isinstance(story, Heard)
    assert story.text == "my back hurts and my legs hurt"


@pytest.mark.parametrize("words", ["chest pain", "i can't breathe", "i'm going to faint"])
def test_danger_words_end_the_turn_before_the_silence_does(model, say, words):
    hearing, waited = wait_after(model, say(words))
    assert isinstance(hearing, Heard)
    assert hearing.text == words
    assert waited < LONGEST_WAIT_S


def test_danger_words_end_the_turn_before_the_sentence_does(model, say):
    hearing, waited = wait_after(model, say("i can't breathe and i am so very frightened now"))
    assert isinstance(hearing, Heard)
    assert hearing.text.startswith("i can't breathe")
    assert not hearing.text.endswith("frightened now")
    assert waited < 0.0


@pytest.mark.parametrize("words", ["no chest pain", "i don't have chest pain"])
def test_denied_danger_words_are_heard_out(model, say, words):
    hearing, waited = wait_after(model, say(words))
    assert isinstance(hearing, Heard)
    assert hearing.text == words
    assert waited >= LONGEST_WAIT_S
    assert LANGUAGE.interpreter.interpret(hearing.text).danger == ()


def test_who_judges_what_danger_is_decides_when_a_turn_ends(model, say):
    hearing, waited = wait_after(model, say("chest pain"), is_danger=lambda text: False)
    assert isinstance(hearing, Heard)
    assert waited >= LONGEST_WAIT_S
    _, waited = wait_after(model, say("my back hurts"), is_danger=lambda text: "back" in text)
    assert waited < LONGEST_WAIT_S


@pytest.mark.parametrize("numbers", [(), NUMBERS], ids=["yes/no", "number"])
def test_silence_and_noise_are_never_an_answer(model, noises, numbers):
    for name, noise in {"silence": silence(5, 16000), **noises}.items():
        hearing = listen(model, noise, numbers=numbers)
        assert isinstance(hearing, (NoInput, NoMatch)), name


def test_noises_alone_give_no_answer_wherever_listening_begins(model, noises):
    """Some are heard as words now and then; none of them may mean anything to any question."""
    for name, noise in noises.items():
        for tenth in range(0, 10, 3):
            begin = len(noise.pcm) // 20 * tenth * 2
            clip = AudioClip(noise.pcm[begin:] + noise.pcm[:begin], noise.rate)
            hearing = listen(model, clip)
            if not isinstance(hearing, Heard):
                continue
            for question in LANGUAGE.dialog.questions[:3]:
                heard = LANGUAGE.interpreter.interpret(hearing.text, question)
                assert heard.answer not in (Answer.YES, Answer.NO), (name, tenth, hearing.text)
                assert not heard.danger, (name, tenth, hearing.text)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_heard_through_their_list(model, say, number):
    hearing = listen(model, with_pauses(say(number)), numbers=NUMBERS)
    assert isinstance(hearing, Heard)
    assert hearing.text == number


def test_a_number_that_sounds_like_a_plain_word_needs_the_list(model, say):
    free = listen(model, with_pauses(say("four")))
    assert isinstance(free, Heard)
    assert free.text == "for"


def test_short_words_of_real_people_are_understood_and_others_refused(model, recordings):
    digits = commands = answers = accepted_wrongly = 0
    for word, clip in recordings:
        asked = listen(model, with_pauses(clip), numbers=NUMBERS if word in DIGITS else ())
        right = isinstance(asked, Heard) and asked.text == word
        if word in DIGITS:
            digits += right
            other = listen(model, with_pauses(clip))
            text = other.text if isinstance(other, Heard) else ""
            accepted_wrongly += text in COMMANDS or text in ANSWERS
        if word in COMMANDS:
            commands += right
            answers += right and word in ("yes", "no")
    assert digits >= 82  # of 90
    assert commands >= 37  # of 50, among all words that people may say
    assert answers >= 9  # of 10
    assert accepted_wrongly <= 6  # of 90


def test_noisy_speech_passes_the_gate(model, recordings, noises):
    """Where the recogniser finds the word in noise, the gate must not take it away."""
    found = 0
    for word, clip in recordings:
        if word not in ("yes", "seven"):
            continue
        noisy = mix(clip, noises["rain"], 5)
        plain = model.recogniser(noisy.rate, (), Pause.ANSWER)
        plain.feed(noisy.pcm)
        if {w.text for w in plain.finish()} & {word, "yeah"}:
            found += 1
            assert not isinstance(listen(model, noisy), NoInput)
    assert found >= 5


def test_words_that_the_model_lacks_are_reported_once_and_the_others_listened_for(
    model, say, caplog
):
    request = ListenRequest(None, (*ANSWERS, "floccinaucinihilipilification"))
    ear = ear_for(model, WavSource(with_pauses(say("yes i do"), say("no"))))
    heard = [ear.listen(request), ear.listen(request)]
    assert [getattr(h, "text", None) for h in heard] == ["yes i do", "no"]
    assert caplog.text.count("floccinaucinihilipilification") == 1
