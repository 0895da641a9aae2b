"""The trained modules as ONNX graphs for onnxruntime.

The encoder's matrices are int8, one scale for each column; its activations are made 8-bit as it
runs, over one window at a time, so that a window's result never depends on its neighbours. The
graph reads one window without padding: no mask. Embeddings are int8 with one scale for each row.
Weights of the heads are kept as float16 and computed with in float32.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from encoder.network import LABELS, AttributionHeads, Encoder, Layer

OPSET = 20
MICROSOFT = "com.microsoft"


class Graph:
    """A graph in the making: names for its values, one line for each operator."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def const(self, value: Any, dtype: Any = np.float32) -> str:
        if isinstance(value, Tensor):
            value = value.detach().cpu().numpy()
        name = self.name()
        self.weights.append(numpy_helper.from_array(np.asarray(value, dtype=dtype), name))
        return name

    def half(self, value: Tensor) -> str:
        """A weight stored as float16; onnxruntime widens it once, on loading."""
        name: str = self.op("Cast", self.const(value, np.float16), to=TensorProto.FLOAT)
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **kw: Any) -> Any:
        names = [self.name() for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **kw))
        return names[0] if outputs == 1 else names

    def model(self, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "onrecord", inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        made = helper.make_model(graph, opset_imports=opsets, producer_name="onrecord")
        made.ir_version = 10
        return made


def columns(weight: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """A matrix (in, out) as int8 with a scale for each column, symmetric."""
    array = weight.detach().numpy().T.astype(np.float32)
    scale = np.maximum(np.abs(array).max(axis=0), 1e-8) / 127
    return np.clip(np.rint(array / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def linear(graph: Graph, x: str, module: nn.Linear) -> str:
    weight, scale = columns(module.weight)
    zero = np.zeros(len(scale), dtype=np.int8)
    args = (graph.const(weight, np.int8), graph.const(scale), graph.const(zero, np.int8))
    name: str = graph.op(
        "DynamicQuantizeMatMul", x, *args, graph.const(module.bias), domain=MICROSOFT
    )
    return name


def embedding(graph: Graph, ids: str, table: Tensor) -> str:
    array = table.detach().numpy().astype(np.float32)
    scale = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-8) / 127
    packed = np.clip(np.rint(array / scale), -127, 127)
    rows = graph.op("Gather", graph.const(packed, np.int8), ids)
    wide = graph.op("Cast", rows, to=TensorProto.FLOAT)
    name: str = graph.op("Mul", wide, graph.op("Gather", graph.const(scale), ids))
    return name


def encoder_graph(encoder: Encoder) -> onnx.ModelProto:
    """``ids``, ``shapes`` (1, pieces) to ``hidden`` (1, pieces, width)."""
    g = Graph()
    length = g.op("Shape", "ids", start=1, end=2)
    places = g.op("Slice", g.const(encoder.positions.weight), g.const([0], np.int64), length)
    x = g.op("Add", embedding(g, "ids", encoder.pieces.weight), places)
    x = g.op("Add", x, g.op("Gather", g.const(encoder.shapes.weight), "shapes"))
    gamma, beta = g.const(encoder.norm.weight), g.const(encoder.norm.bias)
    x = g.op("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-12)
    for layer in encoder.layers:
        assert isinstance(layer, Layer)
        qkv = linear(g, x, layer.qkv)
        q, k, v = g.op("Split", qkv, outputs=3, axis=-1, num_outputs=3)
        a = g.op("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=layer.heads)
        x = _norm(g, linear(g, a, layer.out), x, layer.norm1)
        up = g.op("Gelu", linear(g, x, layer.up), domain=MICROSOFT)
        x = _norm(g, linear(g, up, layer.down), x, layer.norm2)
    g.op("Identity", x)
    g.nodes[-1].output[0] = "hidden"
    width = encoder.pieces.weight.shape[1]
    whole = [
        helper.make_tensor_value_info(n, TensorProto.INT64, [1, "pieces"])
        for n in ("ids", "shapes")
    ]
    hidden = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "pieces", width])
    return g.model(whole, [hidden])


def _norm(g: Graph, x: str, skip: str, norm: nn.LayerNorm) -> str:
    # Not onnxruntime's fused SkipLayerNormalization: on a CPU that is the slower.
    gamma, beta = g.const(norm.weight), g.const(norm.bias)
    both = g.op("Add", x, skip)
    name: str = g.op("LayerNormalization", both, gamma, beta, axis=-1, epsilon=1e-12)
    return name


def tags_graph(heads: AttributionHeads) -> onnx.ModelProto:
    """``words`` (words, width) to ``tags`` (words, 9)."""
    g = Graph()
    x = g.op("MatMul", "words", g.half(heads.tags.weight.T))
    g.op("Add", x, g.const(heads.tags.bias))
    g.nodes[-1].output[0] = "tags"
    width = heads.tags.weight.shape[1]
    words = helper.make_tensor_value_info("words", TensorProto.FLOAT, ["words", width])
    tags = helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["words", 9])
    return g.model([words], [tags])


def link_graph(heads: AttributionHeads) -> onnx.ModelProto:
    """Scores of every word for every cue.

    ``words`` (words, width), ``content`` (words, 3) from the tags, ``cues`` (cues, 3 * width),
    ``distance`` (cues, words) to ``scores`` (cues, words, 5) and ``none`` (cues, 2).
    """
    g = Graph()

    def dense(x: str, module: nn.Linear) -> str:
        y = g.op("MatMul", x, g.half(module.weight.T))
        name: str = g.op("Add", y, g.const(module.bias))
        return name

    def gelu(x: str) -> str:
        name: str = g.op("Gelu", x, domain=MICROSOFT)
        return name

    bound = dense("cues", heads.cue)
    each = g.op("Unsqueeze", bound, g.const([1], np.int64))
    near = g.op("Gather", g.half(heads.distance.weight), "distance")
    pair = gelu(g.op("Add", g.op("Add", dense("words", heads.word), each), near))
    turned = g.op("Transpose", pair, perm=[0, 2, 1])
    kernel, bias = g.half(heads.conv.weight), g.const(heads.conv.bias)
    conv = g.op("Conv", turned, kernel, bias, pads=[1, 1], kernel_shape=[3])
    pair = gelu(g.op("Transpose", conv, perm=[0, 2, 1]))
    scores = dense(pair, heads.label)
    shape = g.const([-1, LABELS, heads.bilinear], np.int64)
    right = g.op("Reshape", dense("cues", heads.right), shape)
    right = g.op("Transpose", right, perm=[0, 2, 1])
    both = g.op("MatMul", dense("words", heads.left), right)
    scores = g.op("Add", scores, g.op("Mul", both, g.const(np.float32(heads.bilinear**-0.5))))
    wide = g.op("Pad", "content", g.const([0, 0, 0, 2], np.int64))
    g.op("Add", scores, wide)
    g.nodes[-1].output[0] = "scores"
    dense(gelu(bound), heads.none)
    g.nodes[-1].output[0] = "none"
    width = heads.tags.weight.shape[1]
    value = helper.make_tensor_value_info
    inputs = [
        value("words", TensorProto.FLOAT, ["words", width]),
        value("content", TensorProto.FLOAT, ["words", 3]),
        value("cues", TensorProto.FLOAT, ["cues", 3 * width]),
        value("distance", TensorProto.INT64, ["cues", "words"]),
    ]
    outputs = [
        value("scores", TensorProto.FLOAT, ["cues", "words", LABELS]),
        value("none", TensorProto.FLOAT, ["cues", 2]),
    ]
    return g.model(inputs, outputs)


def save(model: onnx.ModelProto, path: Any) -> None:
    onnx.checker.check_model(model)
    onnx.save(model, path)


@torch.no_grad()
def check(encoder: Encoder, path: str) -> float:
    """Mean cosine between the quantised hidden states and the torch ones, over random pieces."""
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    ids = random.integers(1000, encoder.pieces.weight.shape[0], (1, 100))
    shapes = np.zeros_like(ids)
    (got,) = session.run(["hidden"], {"ids": ids, "shapes": shapes})
    mask = torch.ones(ids.shape, dtype=torch.bool)
    want = encoder.eval()(torch.from_numpy(ids), torch.from_numpy(shapes), mask).numpy()
    cosine = (got * want).sum(-1) / np.linalg.norm(got, axis=-1) / np.linalg.norm(want, axis=-1)
    return float(cosine.mean())
