// The text of a workflow in Monaco where there is room for it; the text field below it stays what is sent, and what narrow screens have.
(() => {
  "use strict";
  const text = document.querySelector("[data-editor]"), host = document.querySelector("[data-monaco]");
  const choice = document.querySelector("[data-editor-choice]"), plain = document.querySelector("[data-plain]");
  const checked = document.getElementById("checked"), field = text.closest(".source");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let editor = null;

  if (!matchMedia("(min-width: 60.01rem)").matches) return;
  choice.hidden = false;
  plain.checked = localStorage.getItem("voltwright-plain") === "1";
  plain.addEventListener("change", () => {
    localStorage.setItem("voltwright-plain", plain.checked ? "1" : "0");
    show();
  });
  show();

  function show() {
    if (!plain.checked && !editor) { load(); return; }
    host.hidden = plain.checked;
    field.hidden = !plain.checked;
    if (editor && !plain.checked && editor.getValue() !== text.value) editor.setValue(text.value);
    if (plain.checked) text.dispatchEvent(new Event("input"));
  }

  // After the page is there and can be used: the editor is larger than all pages together.
  function load() {
    const script = document.createElement("script");
    script.src = host.dataset.monaco + "/vs/loader.js";
    script.onload = () => {
      const german = document.documentElement.lang === "de";
      require.config({ paths: { vs: host.dataset.monaco + "/vs" }, preferScriptTags: true, "vs/nls": german ? { availableLanguages: { "*": "de" } } : {} });
      require(["vs/editor/editor.main"], start);
    };
    document.head.append(script);
  }

  function start() {
    host.hidden = false;
    field.hidden = true;
    monaco.editor.setTheme(theme());
    dark.addEventListener("change", () => monaco.editor.setTheme(theme()));
    editor = monaco.editor.create(host, {
      value: text.value, language: "yaml", automaticLayout: true, minimap: { enabled: false }, scrollBeyondLastLine: false, fontSize: 14, tabSize: 2,
      ariaLabel: text.getAttribute("aria-label"), wordBasedSuggestions: false, quickSuggestions: { other: true, strings: true }, fixedOverflowWidgets: true,
    });
    editor.onDidChangeModelContent(() => {
      text.value = editor.getValue();
      text.dispatchEvent(new Event("input"));
    });
    let leaving = false;
    editor.onKeyDown(e => {
      if (e.keyCode === monaco.KeyCode.Tab && leaving) {
        e.preventDefault();
        e.stopPropagation();
        (e.shiftKey ? plain : text.form.querySelector(".acts button, summary"))?.focus();
      }
      leaving = e.keyCode === monaco.KeyCode.Escape;
    });
    monaco.languages.registerCompletionItemProvider("yaml", { triggerCharacters: [" "], provideCompletionItems: complete });
    new MutationObserver(mark).observe(checked, { childList: true, subtree: true });
    mark();
    checked.addEventListener("click", e => {
      const line = e.target.closest("[data-line]");
      if (!line || plain.checked) return;
      const at = { lineNumber: Number(line.dataset.line), column: Number(line.dataset.column) || 1 };
      editor.setPosition(at);
      editor.revealPositionInCenter(at);
      editor.focus();
    });
    host.dataset.ready = "";
  }

  function theme() {
    const chosen = document.documentElement.dataset.theme;
    return chosen === "dark" || (chosen === "auto" && dark.matches) ? "vs-dark" : "vs";
  }

  // What the checker says stands in the text too, under the words that it is about.
  function mark() {
    const model = editor.getModel(), severities = { error: 8, warning: 4, info: 2 };
    monaco.editor.setModelMarkers(model, "checker", [...checked.querySelectorAll(".findings li")].map(finding => {
      const { line, column, message } = finding.querySelector("[data-line]").dataset;
      const at = { lineNumber: Math.min(Math.max(1, Number(line)), model.getLineCount()), column: Math.max(1, Number(column)) };
      const word = model.getWordAtPosition(at);
      return {
        severity: severities[finding.className] ?? 2, message, startLineNumber: at.lineNumber, endLineNumber: at.lineNumber,
        startColumn: at.column, endColumn: word ? word.endColumn : model.getLineMaxColumn(at.lineNumber),
      };
    }));
  }

  async function complete(model, position) {
    const form = new FormData(text.form);
    form.set("source", model.getValue());
    form.set("line", position.lineNumber);
    form.set("column", position.column);
    const response = await fetch("/workflows/complete", { method: "POST", body: new URLSearchParams(form) });
    const word = model.getWordUntilPosition(position), isValue = /:\s/.test(model.getLineContent(position.lineNumber).slice(0, position.column - 1));
    const range = { startLineNumber: position.lineNumber, endLineNumber: position.lineNumber, startColumn: word.startColumn, endColumn: word.endColumn };
    return {
      suggestions: (response.ok ? await response.json() : []).map((name, i) => ({
        label: name, kind: isValue ? 15 : 9, insertText: isValue ? name : name + ": ", range, sortText: String(i).padStart(3, "0"),
      })),
    };
  }
})();
