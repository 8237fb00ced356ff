#!/usr/bin/env python3
"""Makes vectors.json and snippets.json: what the reference makes of every chat template in the cache, and of each line
of snippets.txt (in which \\n between tags stands for a newline).

    python3 make_vectors.py $CARTULARY_CACHE/templates/public-1

The reference is Jinja2 (3.1.6 was used), set up as `apply_chat_template` of Hugging Face's transformers does: an
ImmutableSandboxedEnvironment with trim_blocks, lstrip_blocks and loop controls, the functions `raise_exception` and
`strftime_now`, a filter `tojson` that is plain `json.dumps`, and a tag `generation` that writes its body. The
templates themselves are not here: they belong to the models' makers. A vector names its template by SHA-256.
"""

import ast
import datetime
import hashlib
import json
import pathlib
import re
import sys

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime.datetime(2026, 11, 22, 9, 5, 7)
BOS, EOS = "<s>", "</s>"
# The whole rendering is kept of these, so that a difference can be read; of the others its hash.
FAMILIES = re.compile(
    r"Qwen2\.5-7B|Qwen3-0\.6B|Qwen3\.5|Llama-3\.[13]|llama3:8b|llama4|Mistral-Nemo|Mistral-Small|mistral:7b|gemma2|"
    r"gemma3:1b|gemma-4-31B-it$|phi3:|Phi-3\.5|phi4|DeepSeek-R1-Distill-Q|DeepSeek-V3\.[12]|GLM-4\.[67]|glm4|"
    r"granite-3\.3|granite-4\.[01]|gpt-oss|SmolLM3|smollm2|falcon|tinyllama"
)


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def automap(text):
    """Templates in a TypeScript table, one string literal a line; they are Python literals too, but for the braces."""
    model = None
    for line in text.splitlines():
        field = re.fullmatch(r"\s*(model|gguf): (\".*\"|'.*'),", line)
        if field and field[1] == "model":
            model = ast.literal_eval(field[2]).removeprefix("library/")
        elif field:
            yield model, ast.literal_eval(field[2])


def templates(cache):
    for file in sorted((cache / "llama.cpp").glob("*.jinja")):
        yield file.stem, file.read_text(encoding="utf-8")
    yield from automap((cache / "ollama-utils" / "chat-template-automap.ts").read_text(encoding="utf-8"))


def rendering(template, case):
    try:
        text = template.render(
            messages=case["messages"],
            tools=case.get("tools"),
            documents=None,
            add_generation_prompt=case["add_generation_prompt"],
            enable_thinking=False,
            bos_token=BOS,
            eos_token=EOS,
        )
    except jinja2.exceptions.TemplateError as refusal:
        return {"refused": str(refusal)}
    except Exception as fault:
        return {"fault": type(fault).__name__}
    return {"text": text}


def vector(name, text, cases):
    out = {"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "renderings": {}}
    template = environment().from_string(text)
    for case in cases:
        made = rendering(template, case)
        if "text" in made and not FAMILIES.search(name):
            made = {"sha256": hashlib.sha256(made["text"].encode()).hexdigest()}
        out["renderings"][case["name"]] = made
    return out


def snippet(line):
    # Inside quotes an escape is the template's own; between tags it is ours.
    parts = re.split(r"(\{\{.*?\}\}+|\{%.*?%\})", line)
    text = "".join(p if p.startswith("{") else p.replace("\\n", "\n") for p in parts)
    try:
        return {"template": text, "text": environment().from_string(text).render()}
    except Exception as refusal:
        return {"template": text, "refused": type(refusal).__name__}


def write_snippets(here):
    lines = (here / "snippets.txt").read_text(encoding="utf-8").splitlines()
    rows = ",\n".join(json.dumps(snippet(line), ensure_ascii=False) for line in lines)
    (here / "snippets.json").write_text("[\n" + rows + "\n]\n", encoding="utf-8")


def main():
    here = pathlib.Path(__file__).parent
    write_snippets(here)
    cases = json.loads((here / "cases.json").read_text(encoding="utf-8"))
    vectors, seen = [], set()
    for name, text in templates(pathlib.Path(sys.argv[1])):
        if text not in seen:
            seen.add(text)
            vectors.append(vector(name, text, cases))
    lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in vectors)
    (here / "vectors.json").write_text('{"jinja2": "%s", "now": "%s", "bos": "%s", "eos": "%s", "vectors": [\n%s\n]}'
          % (jinja2.__version__, NOW.isoformat(), BOS, EOS, lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
