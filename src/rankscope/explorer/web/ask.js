// Questions to the server that the page came from; its answers arrive line by line.

const tokenOf = () => new URLSearchParams(location.search).get("token") ?? "";

const sent = (path, body, signal) => fetch(path, {
  method: "POST", signal, cache: "no-store", credentials: "omit",
  headers: { "content-type": "application/json", "x-rankscope-token": tokenOf() },
  body: JSON.stringify(body),
});

const linesOf = async (response, each) => {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) each(JSON.parse(line));
    if (done) return;
  }
};

// Ask; `each` gets every answer, a last one with `done`, or a `problem` in words.
export const asking = (question, body, each) => {
  const control = new AbortController();
  const run = async () => {
    const response = await sent(`ask/${encodeURIComponent(question)}`, body, control.signal);
    if (!response.ok) { each({ problem: (await response.text()).slice(0, 500) }); return; }
    await linesOf(response, each);
    each({ done: true });
  };
  run().catch((failed) => {
    if (failed.name !== "AbortError") each({ problem: "The server does not answer. Is `rankscope explore` still running?" });
  });
  return { cancel: () => control.abort() };
};

// A file that only the server can make.
export const fetched = async (path, body) => {
  const response = await sent(path, body);
  if (!response.ok) throw new Error((await response.text()).slice(0, 500));
  return response.blob();
};

// The question that a page asks by itself: how firm are the ranks of these weights?
// A quick answer comes first; a change of weights ends what is under way.
export const firmnessOf = (app, shown) => {
  let asked = "";
  let running = null;
  let waiting = 0;
  const begin = (weights) => {
    running = asking("firmness", { weights }, (answer) => {
      if (answer.problem) { app.firmness = { problem: answer.problem, low: [], best: [] }; running = null; }
      if (answer.firmness) app.firmness = answer.firmness;
      if (answer.done) running = null;
      app.firming = running && answer.progress < 1 ? answer.progress : null;
      shown();
    });
  };
  return {
    update(state, passing) {
      const now = JSON.stringify(state.weights);
      if (passing || now === asked) return;
      asked = now;
      this.cancel();
      app.firmness = null;
      app.firming = 0;
      waiting = setTimeout(() => begin(state.weights), 250);
    },
    cancel() {
      clearTimeout(waiting);
      running?.cancel();
      running = null;
      app.firming = null;
    },
  };
};
