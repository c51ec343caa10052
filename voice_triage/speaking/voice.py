"""The voice: says texts aloud, the next sentence being made while one is heard."""

from __future__ import annotations

import logging
import queue
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import count

from voice_triage.conversation.state import DEFAULT_RATE_WPM, FASTEST_RATE_WPM, SLOWEST_RATE_WPM
from voice_triage.errors import SynthesisError
from voice_triage.sound.audio import SAMPLE_BYTES, AudioClip, decode_wav
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.player import Player
from voice_triage.speaking.renderer import Renderer

log = logging.getLogger(__name__)

RATE_HZ = 22050
"""Sampling rate of the synthesiser, for sounds of our own between its sentences."""
_CACHE_BYTES = 12_000_000
"""About 4.5 minutes of speech: the prompts of one session, little enough for a Raspberry Pi."""
EMERGENCY_NUMBERS = ("911", "999", "112", "000", "111")
_EMERGENCY_HEAD = re.compile(r"could be an emergency", re.IGNORECASE)
_NUMBER = re.compile(rf"\b({'|'.join(EMERGENCY_NUMBERS)})\b")
_FAINT = 200
"""Samples below this (-44 dB) at the end of a sentence are its fading; espeak-ng adds 0.37 s."""
_BREATH_S = 0.08
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def spoken(text: str) -> str:
    """Emergency numbers digit by digit: “9 1 1”, not “nine hundred and eleven”."""
    return _NUMBER.sub(lambda found: " ".join(found[0]), text)


def emergency_number_in(text: str) -> str | None:
    """The number to call if this is the head line of an emergency, else None.

    Without a number that was recorded: 112, which leads to help in most countries.
    """
    if not _EMERGENCY_HEAD.search(text):
        return None
    found = _NUMBER.search(text)
    return found[0] if found else "112"


def without_last_silence(clip: AudioClip) -> AudioClip:
    """The clip up to its last sound, and a breath more."""
    samples = clip.samples
    last = next((n for n in range(len(samples), 0, -1) if abs(samples[n - 1]) > _FAINT), 0)
    end = min(len(samples), last + round(_BREATH_S * clip.rate))
    return AudioClip(clip.pcm[: end * SAMPLE_BYTES], clip.rate)


def recorded_emergency(number: str) -> AudioClip:
    """“This could be an emergency. Call … now.”, shipped as sound: needs no synthesiser."""
    file = files("voice_triage.speaking") / "emergency" / f"{number}.wav"
    return decode_wav(file.read_bytes(), file.name)


class SpeakingVoice:
    """Implements ports.Voice. Remembers what it made by (sentence, rate)."""

    def __init__(self, renderer: Renderer, player: Player, *, rate: int = DEFAULT_RATE_WPM) -> None:
        """``rate`` in words a minute. Neither renderer nor player is closed with the voice."""
        self._renderer = renderer
        self._player = player
        self._made: OrderedDict[tuple[str, int], AudioClip] = OrderedDict()
        self._making = threading.Lock()
        self._ahead: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._order = count()
        self._helper: threading.Thread | None = None
        self.set_rate(rate)

    def say(self, text: str, *, cue: bool = False) -> None:
        """Say it and return when it has been heard, or ``hush`` was called.

        ``cue``: end with a short tone instead of the synthesiser's own silence, since the ear
        opens next and people answer at once.

        Raises SynthesisError when no speech can be made; the head line of an emergency is then
        said by a recording instead.
        """
        parts = sentences(spoken(text))
        self._make_ahead(parts[1:], _SOON)
        try:
            self._player.play(self._sounds(parts, cue))
        except SynthesisError:
            number = emergency_number_in(text)
            if number is None:
                raise
            log.error("no speech synthesis: the emergency prompt is played from a recording")
            self._player.play([tone(Earcon.EMERGENCY, RATE_HZ), recorded_emergency(number)])

    def _sounds(self, parts: Sequence[str], cue: bool) -> Iterator[AudioClip]:
        for number, part in enumerate(parts, start=1):
            clip = self._clip(part)
            yield without_last_silence(clip) if cue and number == len(parts) else clip
        if cue:
            yield tone(Earcon.LISTENING, RATE_HZ)

    def earcon(self, earcon: Earcon) -> None:
        """Play a short tone."""
        self._player.play([tone(earcon, RATE_HZ)])

    def prefetch(self, texts: Iterable[str]) -> None:
        """Make these ready in the background, in this order, so that they begin at once."""
        for text in texts:
            self._make_ahead(sentences(spoken(text)), _LATER)

    def make_ready(self, text: str) -> None:
        """Make it now, so that it begins at once; raises SynthesisError if that cannot be done."""
        for part in sentences(spoken(text)):
            self._clip(part)

    def hush(self) -> None:
        """Fall silent at once; from another thread."""
        self._player.abort()

    def set_rate(self, words_per_minute: int) -> None:
        self._rate = max(SLOWEST_RATE_WPM, min(FASTEST_RATE_WPM, words_per_minute))

    @property
    def rate(self) -> int:
        """Words a minute, within 110 to 300."""
        return self._rate

    def close(self) -> None:
        self.hush()
        if self._helper:
            self._ahead.put((_FIRST, 0, ""))
            self._helper.join()
            self._helper = None

    def _clip(self, sentence: str) -> AudioClip:
        key = (sentence, self._rate)
        with self._making:
            clip = self._made.pop(key, None)
            if clip is None:
                clip = self._renderer.render(sentence, rate=self._rate)
            self._made[key] = clip  # the latest used are the last to go
            while sum(len(made.pcm) for made in self._made.values()) > _CACHE_BYTES:
                self._made.popitem(last=False)
            return clip

    def _make_ahead(self, parts: Iterable[str], urgency: int) -> None:
        for part in parts:
            self._ahead.put((urgency, next(self._order), part))
            if self._helper is None:
                self._helper = threading.Thread(target=self._help, name="speech-ahead", daemon=True)
                self._helper.start()

    def _help(self) -> None:
        while part := self._ahead.get()[2]:
            try:
                self._clip(part)
            except SynthesisError as error:
                log.warning("a sentence could not be made ahead: %s", error)


_FIRST, _SOON, _LATER = range(3)
"""Urgency of work ahead: stop, the rest of what is being said, what may be said some time."""
