// withGlobalTauri is off, as in the real window
window.__TAURI_INTERNALS__.invoke("answer").then((answer) => {
  document.body.append(answer);
});
