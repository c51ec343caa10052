"""What works on this machine, measured, and what to do about the rest."""

from __future__ import annotations

import math
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from voice_triage.app.settings import SessionSettings, choose_region
from voice_triage.app.wiring import Language
from voice_triage.errors import VoiceTriageError
from voice_triage.hearing.model_store import LocatedModel, locate, verify
from voice_triage.hearing.vosk_ear import VoskEar
from voice_triage.hearing.vosk_model import VoskModel
from voice_triage.ports import Heard, ListenRequest
from voice_triage.review.problems import check_dialogs
from voice_triage.sound.audio import AudioClip, dbfs, join
from voice_triage.sound.devices import devices
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.microphone import Microphone
from voice_triage.sound.player import Loudspeaker
from voice_triage.sound.wav_source import WavSource
from voice_triage.speaking.renderer import SpeechRenderer
from voice_triage.values import Level

SLOWEST_REAL_TIME_FACTOR = 0.3
"""Recognition may take this share of the length of the speech: above it a Pi falls behind when
anything else runs. The budget on a desktop core is 0.03."""
MOST_MEMORY_MB = 250
"""Above this a 512 MB board swaps. The budget of a session with the bundled model is 120."""
QUIETEST_ROOM_DBFS = -90.0
"""A live microphone is never quieter; a muted or missing one gives digital silence."""
LISTEN_S = 1.0
DEADLINE_S = 15.0
"""For one part; a sleeping sound server takes 2 s, a slow computer some more."""
NO_ANSWER = "no answer within"
HEARD_DB = 10.0
"""How much louder the test tone must make the microphone to count as heard."""


class Verdict(StrEnum):
    """Whether a part can be relied upon."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PartChecked:
    """One line of the report."""

    part: str
    verdict: Verdict
    detail: str
    advice: str = ""


def examine(settings: SessionSettings) -> Iterator[PartChecked]:
    """Findings one by one, as they are measured (a few seconds in all), with what `run` would use:
    region, model and devices of ``settings``."""
    model_name, region_name = settings.model, settings.region
    problems = check_dialogs([], model_name)
    yield PartChecked(
        "dialog and vocabulary",
        Verdict.FAILED if problems else Verdict.OK,
        f"{len(problems)} problems" if problems else "complete; the model knows every word",
        "See them with: voice-triage check" if problems else "",
    )
    language = Language.load()
    region = choose_region(language.dialog, region_name, origin=settings.origin("region"))
    yield PartChecked(
        "emergency number",
        Verdict.OK if region.id != "other" or region_name else Verdict.WARNING,
        f"{region.emergency_number} (region {region.id})",
        "" if region.id != "other" or region_name else "Set yours with: --region US|UK|EU|…",
    )
    located: list[LocatedModel] = []
    yield _tried("speech model", lambda: _model(model_name, located))
    speech: list[AudioClip] = []
    yield _tried("speech synthesis", lambda: _synthesis(language, speech))
    if located and speech:
        yield _tried("recognition", lambda: _recognition(language, located[0], speech[0]))
    yield _tried("loudspeaker", lambda: _loudspeaker(settings.speaker))
    yield _tried("microphone", lambda: _microphone(settings.microphone))
    yield _tried("loudspeaker to microphone", lambda: _loopback(settings))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield PartChecked(
        "memory",
        Verdict.OK if used < MOST_MEMORY_MB else Verdict.WARNING,
        f"{used:.0f} MB at most",
        "" if used < MOST_MEMORY_MB else "Use the bundled model on small boards.",
    )


def _tried(part: str, examination: Callable[[], PartChecked]) -> PartChecked:
    """The examination's finding; an error becomes one too, with its own advice, and so does an
    examination without end: a sound server that hangs lets nobody return."""
    found: list[PartChecked] = []

    def examine_it() -> None:
        try:
            found.append(examination())
        except VoiceTriageError as error:
            what, _, advice = str(error).partition(". ")
            found.append(PartChecked(part, Verdict.FAILED, what, advice))

    worker = threading.Thread(target=examine_it, daemon=True)
    worker.start()
    worker.join(DEADLINE_S)
    if found:
        return found[0]
    advice = (
        "Restart the sound server (systemctl --user restart pipewire pulseaudio), or the machine."
    )
    return PartChecked(part, Verdict.FAILED, f"{NO_ANSWER} {DEADLINE_S:g} s", advice)


def _model(name: str | None, located: list[LocatedModel]) -> PartChecked:
    model = locate(name)
    located.append(model)
    count = verify(model)
    detail = f"{model.name}, " + (f"{count} files verified" if count else "no checksums known")
    return PartChecked("speech model", Verdict.OK, detail)


def _synthesis(language: Language, speech: list[AudioClip]) -> PartChecked:
    renderer = SpeechRenderer()
    try:
        renderer.render("Ready.")
        began = time.perf_counter()
        clip = renderer.render(_danger_words(language))
        seconds = time.perf_counter() - began
    finally:
        renderer.close()
    speech.append(clip)
    detail = f"{clip.seconds:.1f} s of speech made in {seconds * 1000:.0f} ms"
    return PartChecked("speech synthesis", Verdict.OK, detail)


def _danger_words(language: Language) -> str:
    """How a person says the first of the dialog's emergency signs."""
    dialog = language.dialog
    signs = (dialog.findings[f] for f, lv in dialog.lone_level.items() if lv is Level.EMERGENCY)
    return next((sign.said for sign in signs if sign.said), language.words.emergency_calls[0])


def _recognition(language: Language, located: LocatedModel, clip: AudioClip) -> PartChecked:
    question = language.dialog.questions[0]
    ear = VoskEar(
        WavSource(join([clip], clip.rate)),
        VoskModel(located),
        is_danger=language.interpreter.is_danger,
    )
    request = ListenRequest(question.id)
    began = time.process_time()
    hearing = ear.listen(request)
    factor = (time.process_time() - began) / clip.seconds
    words = hearing.text if isinstance(hearing, Heard) else ""
    understood = language.interpreter.interpret(words, question).danger
    if not understood:
        return PartChecked(
            "recognition", Verdict.FAILED, "synthesised speech was not understood",
            "Verify the model with: voice-triage models verify",
        )  # fmt: skip
    slow = factor > SLOWEST_REAL_TIME_FACTOR
    return PartChecked(
        "recognition",
        Verdict.WARNING if slow else Verdict.OK,
        f"synthesised speech understood; real-time factor {factor:.3f}",
        "This computer is too slow to answer promptly; a Raspberry Pi 4 or 5 is enough."
        if slow
        else "",
    )


def _loudspeaker(name: str | None) -> PartChecked:
    device = Loudspeaker(name).device
    return PartChecked("loudspeaker", Verdict.OK, f"{device.name}, one of {len(devices())} devices")


def _microphone(name: str | None) -> PartChecked:
    microphone = Microphone(name)
    level = _level(_record(microphone, LISTEN_S))
    detail = f"{microphone.device.name}, {microphone.device.rate} Hz, room at {level:.0f} dBFS"
    if level < QUIETEST_ROOM_DBFS:
        advice = "It is muted or not plugged in: check its switch and the recording volume."
        return PartChecked("microphone", Verdict.FAILED, detail, advice)
    return PartChecked("microphone", Verdict.OK, detail)


def _loopback(settings: SessionSettings) -> PartChecked:
    """Play a tone and see whether the microphone gets louder."""
    speaker, microphone = Loudspeaker(settings.speaker), Microphone(settings.microphone)
    before = _level(_record(microphone, LISTEN_S))
    sound = tone(Earcon.EMERGENCY, 22050)
    trouble: list[VoiceTriageError] = []

    def play() -> None:
        try:
            speaker.play([sound, sound])
        except VoiceTriageError as error:
            trouble.append(error)

    playing = threading.Thread(target=play, daemon=True)
    playing.start()
    during = _level(_record(microphone, LISTEN_S))
    playing.join()
    if trouble:
        raise trouble[0]
    part, detail = "loudspeaker to microphone", f"tone {during - before:+.0f} dB over the room"
    if during - before < HEARD_DB:
        advice = "Turn the volume up, or bring them closer together (with headphones: ignore)."
        return PartChecked(part, Verdict.WARNING, detail, advice)
    return PartChecked(part, Verdict.OK, detail)


def _record(microphone: Microphone, seconds: float) -> AudioClip:
    with closing(microphone.turn()) as chunks:
        clips = list(islice(chunks, max(1, round(seconds / 0.1))))
    return join(clips, clips[0].rate) if clips else AudioClip(b"", 16_000)


def _level(clip: AudioClip) -> float:
    level = dbfs(clip.samples)
    return level if math.isfinite(level) else -100.0
