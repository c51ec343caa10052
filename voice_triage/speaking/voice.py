"""The voice: says texts aloud, the next sentence being made while one is heard."""

from __future__ import annotations

import logging
import queue
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence

from voice_triage.conversation.state import DEFAULT_RATE_WPM, FASTEST_RATE_WPM, SLOWEST_RATE_WPM
from voice_triage.errors import SynthesisError
from voice_triage.sound.audio import AudioClip, without_last_silence
from voice_triage.sound.earcons import Earcon, tone
from voice_triage.sound.player import Player
from voice_triage.speaking.alarm import Recorded, numbers_in, recorded
from voice_triage.speaking.renderer import Renderer

log = logging.getLogger(__name__)

RATE_HZ = 22050
"""Sampling rate of the synthesiser, for sounds of our own between its sentences."""
_CACHE_BYTES = 12_000_000
"""About 4.5 minutes of speech: the prompts of one session, little enough for a Raspberry Pi."""


class SpeakingVoice:
    """Implements ports.Voice. Remembers what it made by (sentence, rate)."""

    def __init__(
        self,
        renderer: Renderer,
        player: Player,
        *,
        emergency_number: str,
        rate: int = DEFAULT_RATE_WPM,
    ) -> None:
        """``rate`` in words a minute. Neither renderer nor player is closed with the voice."""
        self._renderer = renderer
        self._player = player
        self._number = emergency_number
        self._made: OrderedDict[tuple[str, int], AudioClip] = OrderedDict()
        self._making = threading.Lock()
        self._ahead: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._helper: threading.Thread | None = None
        self._mute = False
        """Said already that no speech can be made."""
        self.set_rate(rate)

    def say(self, sentences: Sequence[str], *, cue: bool = False, alarm: bool = False) -> None:
        """Say them and return when they have been heard, or ``hush`` was called.

        ``cue``: end with a short tone instead of the synthesiser's own silence, since the ear
        opens next and people answer at once.

        Raises SynthesisError when no speech can be made; an alarm is then played from recordings,
        and before anything else, once, that the voice is lost.
        """
        parts = [self._spelled(sentence) for sentence in sentences]
        self._make_ahead(parts[1:])
        try:
            self._player.play(self._sounds(parts, cue))
            self._mute = False
        except SynthesisError:
            if alarm:
                log.error("no speech synthesis: the emergency prompt is played from a recording")
                self._play_recorded(Recorded.ALARM)
                return
            if not self._mute:
                self._mute = True
                self._play_recorded(Recorded.MUTE)
            raise

    def _play_recorded(self, sentence: Recorded) -> None:
        self._player.play([tone(Earcon.EMERGENCY, RATE_HZ), recorded(sentence, self._number)])

    def _spelled(self, sentence: str) -> str:
        """Emergency numbers digit by digit: “9 1 1”, not “nine hundred and eleven”."""
        numbers = "|".join(numbers_in(self._number)) or "(?!)"  # none: matches nothing
        return re.sub(rf"\b(?:{numbers})\b", lambda found: " ".join(found[0]), sentence)

    def _sounds(self, parts: Sequence[str], cue: bool) -> Iterator[AudioClip]:
        for number, part in enumerate(parts, start=1):
            clip = self._clip(part)
            yield without_last_silence(clip) if cue and number == len(parts) else clip
        if cue:
            yield tone(Earcon.LISTENING, RATE_HZ)

    def make_ready(self, sentences: Sequence[str]) -> None:
        """Make them now, so that they begin at once; raises SynthesisError if it cannot be done."""
        for sentence in sentences:
            self._clip(self._spelled(sentence))

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
            self._ahead.put("")
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

    def _make_ahead(self, parts: Iterable[str]) -> None:
        for part in parts:
            self._ahead.put(part)
            if self._helper is None:
                self._helper = threading.Thread(target=self._help, name="speech-ahead", daemon=True)
                self._helper.start()

    def _help(self) -> None:
        while part := self._ahead.get():
            try:
                self._clip(part)
            except SynthesisError as error:
                log.warning("a sentence could not be made ahead: %s", error)
