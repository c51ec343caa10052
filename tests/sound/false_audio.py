"""A sound library that behaves as told, in place of PortAudio."""

from __future__ import annotations

from types import SimpleNamespace


class PortAudioError(Exception):
    pass


class FalseAudio:
    """A sound library with one microphone whose streams behave as told, one word per stream."""

    PortAudioError = PortAudioError

    def __init__(self, *behaviour, rate=16000):
        self.behaviour = list(behaviour)
        self.rate = rate
        self.default = SimpleNamespace(device=(0, -1))
        self.open = 0
        self.restarts = 0

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        inputs = {"max_input_channels": 1, "max_output_channels": 0}
        return [{"name": "Desk Mic", "default_samplerate": self.rate, "hostapi": 0, **inputs}]

    def RawInputStream(self, *, callback, blocksize, device, latency, **format):
        assert format == {"samplerate": self.rate, "channels": 1, "dtype": "int16"}
        behaviour = self.behaviour.pop(0)
        if behaviour == "busy":
            raise PortAudioError("Device unavailable [PaErrorCode -9985]")
        return FalseStream(self, callback, blocksize, behaviour)

    def _terminate(self):
        assert self.open == 0, "restarting kills open streams"
        self.restarts += 1

    def _initialize(self):
        pass


class FalseStream:
    def __init__(self, audio, callback, blocksize, behaviour):
        self.audio, self.callback, self.behaviour = audio, callback, behaviour
        self.block = memoryview(bytes([behaviour == "speaks"]) * 2 * blocksize)

    def start(self):
        self.audio.open += 1
        chunks = {"dead": 0, "dies": 5, "speaks": 20, "overflows": 5, "floods": 200}[self.behaviour]
        for _ in range(chunks):
            status = SimpleNamespace(input_overflow=self.behaviour == "overflows")
            self.callback(self.block, len(self.block) // 2, None, status)

    def abort(self):
        self.audio.open -= 1

    def close(self):
        pass
