"""Sound through QtMultimedia; import it by way of `sound_output` alone, since it may be missing."""

from __future__ import annotations

from PyQt6.QtMultimedia import (
    QAudio,
    QAudioDevice,
    QAudioFormat,
    QAudioSink,
    QMediaDevices,
)

BUFFER_MS = 160
BYTES = 2  # of a 16-bit sample
MILLION = 1_000_000


class QtSink:
    """One device, taking signed 16-bit samples."""

    def __init__(self, device: QAudioDevice, layout: QAudioFormat) -> None:
        self.rate = layout.sampleRate()
        self.channels = layout.channelCount()
        self._sink = QAudioSink(device, layout)
        self._sink.setBufferSize(self.rate * self.channels * BYTES * BUFFER_MS // 1000)
        self._device = self._sink.start()
        self._started = True

    def start(self) -> None:
        """Begin anew; the count of samples heard is 0."""
        self._sink.stop()
        self._device = self._sink.start()
        self._started = True

    def stop(self) -> None:
        """Fall silent at once, dropping what was not yet heard."""
        self._started = False
        self._sink.reset()
        self._sink.stop()

    def room(self) -> int:
        """Tell how many bytes it takes now."""
        return self._sink.bytesFree()

    def write(self, sound: bytes) -> int:
        """Give it bytes; tells how many it took."""
        return max(self._device.write(sound), 0) if self._device is not None else 0

    def heard(self) -> int:
        """Tell how many samples a channel were heard since `start`."""
        return self._sink.processedUSecs() * self.rate // MILLION

    def is_lost(self) -> bool:
        """Tell whether the device has gone."""
        failed = self._sink.error() in {QAudio.Error.IOError, QAudio.Error.FatalError}
        stopped = self._sink.state() == QAudio.State.StoppedState
        return self._started and (failed or stopped)

    def set_volume(self, volume: float) -> None:
        """Set the loudness, from 0 to 1, as the ear judges it."""
        self._sink.setVolume(volume**3)  # half the slider is about half as loud


def list_outputs() -> list[tuple[str, str]]:
    """List the outputs that are connected, each with its id and its name."""
    return [(_id(device), device.description()) for device in QMediaDevices.audioOutputs()]


def open_sink(rate: int, channels: int, device_id: str = "") -> QtSink | None:
    """Open an output as near to the rate and channels as it goes; None without one.

    The default one is opened where the one asked for is not connected.
    """
    device = QMediaDevices.defaultAudioOutput()
    if device_id:
        device = next(
            (one for one in QMediaDevices.audioOutputs() if _id(one) == device_id), device
        )
    if device.isNull():
        return None
    layout = QAudioFormat()
    layout.setSampleRate(rate)
    layout.setChannelCount(min(channels, 2))
    layout.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if not device.isFormatSupported(layout):
        preferred = device.preferredFormat()
        layout.setSampleRate(preferred.sampleRate())
        layout.setChannelCount(min(preferred.channelCount(), 2))
    return QtSink(device, layout)


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")
